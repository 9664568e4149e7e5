// Positions of transformed code → original positions. All positions are 1-based.

import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { AnyMap, LEAST_UPPER_BOUND, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping'
import { packageFolderOf } from '../collect/tool-packages.js'
import { getOrMake } from '../profile/columns.js'
import { BoundedMap } from './source-texts.js'

export interface OriginalPosition {
  /** Absolute path with `/`, or a URL that the map names. */
  file: string
  line: number
  column: number
}

/** The source map of a script: a file, referred to by the script itself, or none. */
export type MapSource = { kind: 'file'; path: string } | { kind: 'shipped' } | { kind: 'none' }

// A decoded map takes ten times the memory of its text. This many are enough for the modules of one test file.
const DECODED_MAPS = 300

export class SourceMaps {
  readonly #decoded = new BoundedMap<string, TraceMap>(DECODED_MAPS)
  /** By map and place, because test files share most functions. */
  readonly #positions = new Map<string, Map<string, OriginalPosition | undefined>>()
  /** By map, its source file if it has only one. */
  readonly #files = new Map<string, string | undefined>()
  /** Readable maps, decoded or not. */
  readonly #present = new Set<string>()
  /** Missing maps, so that none is read twice. */
  readonly #withoutMap = new Map<string, 'none' | 'unreadable'>()

  /** Undefined if there is no map, or no credible original for that position. */
  original(script: string, source: MapSource, { line, column }: Omit<OriginalPosition, 'file'>) {
    if (source.kind === 'none' || line < 1 || column < 1) return undefined
    return this.#once(keyOf(script, source), `${line}:${column}`, () => {
      const map = this.#mapOf(script, source)
      return map && believed(script, toPosition(originalPositionFor(map, { line, column: column - 1 })))
    })
  }

  /** The original position of the first mapping on a generated line; undefined if there is none. */
  originalLine(script: string, source: MapSource, line: number): OriginalPosition | undefined {
    if (source.kind === 'none' || line < 1) return undefined
    return this.#once(keyOf(script, source), `${line}`, () => {
      const map = this.#mapOf(script, source)
      const found = map && originalPositionFor(map, { line, column: 0, bias: LEAST_UPPER_BOUND })
      return found && believed(script, toPosition(found))
    })
  }

  /** The only source of a script; undefined if there are none or several. */
  originalFile(script: string, source: MapSource): string | undefined {
    if (source.kind === 'none') return undefined
    const key = keyOf(script, source)
    if (!this.#files.has(key)) {
      const sources = this.#mapOf(script, source)?.resolvedSources ?? []
      const [only] = sources
      const file = sources.length === 1 && only != null ? toFile(only) : undefined
      this.#files.set(key, file !== undefined && mayComeFrom(script, file) ? file : undefined)
    }
    return this.#files.get(key)
  }

  /** Whether a script has or refers to a map, even if that cannot be read. */
  promised(script: string, source: MapSource): boolean {
    if (source.kind === 'none') return false
    return this.#present.has(keyOf(script, source)) || this.#find(script, source) !== 'none'
  }

  isReadable(script: string, source: MapSource): boolean {
    return (
      source.kind !== 'none' &&
      (this.#present.has(keyOf(script, source)) || this.#mapOf(script, source) !== undefined)
    )
  }

  #once(map: string, place: string, find: () => OriginalPosition | undefined): OriginalPosition | undefined {
    const known = getOrMake(this.#positions, map, () => new Map())
    if (known.has(place)) return known.get(place)
    const position = find()
    known.set(place, position)
    return position
  }

  #mapOf(script: string, source: MapSource): TraceMap | undefined {
    const found = source.kind === 'none' ? 'none' : this.#find(script, source)
    return typeof found === 'string' ? undefined : found
  }

  #find(script: string, source: Exclude<MapSource, { kind: 'none' }>): FoundMap {
    const key = keyOf(script, source)
    const known = this.#withoutMap.get(key) ?? this.#decoded.get(key)
    if (known !== undefined) return known
    const found =
      source.kind === 'file' ? (decode(readText(source.path), script) ?? 'unreadable') : shippedMap(script)
    if (typeof found === 'string') this.#withoutMap.set(key, found)
    else {
      this.#decoded.set(key, found)
      this.#present.add(key)
    }
    return found
  }
}

function believed(script: string, position: OriginalPosition | undefined): OriginalPosition | undefined {
  return position !== undefined && mayComeFrom(script, position.file) ? position : undefined
}

// Packages are built elsewhere: `../../../src/index.ts` was correct in their repository, but may be a file of the
// project where they are installed.
function mayComeFrom(script: string, file: string): boolean {
  const folder = packageFolderOf(script)
  return folder === undefined || file.startsWith(folder)
}

// Projects may transform a script in different ways, so the path of the map is the key.
function keyOf(script: string, source: Exclude<MapSource, { kind: 'none' }>): string {
  return source.kind === 'file' ? source.path : script
}

type FoundMap = TraceMap | 'none' | 'unreadable'

// The last such comment counts: https://tc39.es/ecma426/#sec-linking-generated-code
const MAP_COMMENT = /^[ \t]*(?:\/\/|\/\*)[#@][ \t]*sourceMappingURL=([^\s*]+)/gm

function shippedMap(script: string): FoundMap {
  const code = readText(script)
  if (code === undefined || !code.includes('sourceMappingURL=')) return 'none'
  const reference = [...code.matchAll(MAP_COMMENT)].at(-1)?.[1]
  if (reference === undefined) return 'none'
  const inline = /^data:application\/json(?:;charset=[^;,]+)?(;base64)?,(.*)$/s.exec(reference)
  if (inline !== null) {
    const [, base64, data = ''] = inline
    const text = base64 ? Buffer.from(data, 'base64').toString() : safely(() => decodeURIComponent(data))
    return decode(text, script) ?? 'unreadable'
  }
  const path = resolve(dirname(script), safely(() => decodeURIComponent(reference)) ?? reference)
  return decode(readText(path), path) ?? 'unreadable'
}

// Sources are relative to the map, or to the script if it contains the map.
function decode(text: string | undefined, base: string): TraceMap | undefined {
  if (text === undefined) return undefined
  // The prefix prevents inclusion by other sites: https://tc39.es/ecma426/#json-over-http-transport
  return safely(() => new AnyMap(text.replace(/^\)\]\}'[^\n]*\n/, ''), pathToFileURL(base).href))
}

// A missing or damaged map counts as none: positions are marked as generated.
function readText(path: string): string | undefined {
  return safely(() => readFileSync(path, 'utf8'))
}

function safely<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}

function toPosition(found: ReturnType<typeof originalPositionFor>): OriginalPosition | undefined {
  if (found.source === null) return undefined
  return { file: toFile(found.source), line: found.line, column: found.column + 1 }
}

function toFile(source: string): string {
  if (!source.startsWith('file:')) return source
  return (safely(() => fileURLToPath(source)) ?? source).replaceAll('\\', '/')
}

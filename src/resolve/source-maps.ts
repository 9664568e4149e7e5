// Positions of transformed code back to the lines that were written. Every position in and out is 1-based.

import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { AnyMap, LEAST_UPPER_BOUND, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping'
import { packageFolderOf } from '../collect/tool-packages.js'
import { getOrMake } from '../profile/columns.js'
import { BoundedMap } from './bounded-map.js'

export interface OriginalPosition {
  /** Absolute path with `/`, or a URL that the map names. */
  file: string
  line: number
  column: number
}

/** Where a script's map is to be had: at a path, in the script itself, or nowhere. */
export type MapSource = { kind: 'file'; path: string } | { kind: 'shipped' } | { kind: 'none' }

// A decoded map takes some ten times its text. This many are enough for the files that one test file uses.
const DECODED_MAPS = 300

export class SourceMaps {
  readonly #decoded = new BoundedMap<string, TraceMap>(DECODED_MAPS)
  /** By map and place: test files have most functions in common, and their maps need not be decoded again. */
  readonly #positions = new Map<string, Map<string, OriginalPosition | undefined>>()
  /** By map: the one file that its script was made from. */
  readonly #files = new Map<string, string | undefined>()
  /** Maps that can be had, be they decoded at the moment or not. */
  readonly #present = new Set<string>()
  /** Why a map cannot be had, so that nothing is read twice. */
  readonly #withoutMap = new Map<string, 'none' | 'unreadable'>()

  /** Undefined where there is no map, none for that position, or one that is not believed. */
  original(
    script: string,
    source: MapSource,
    { line, column }: Omit<OriginalPosition, 'file'>,
  ): OriginalPosition | undefined {
    if (source.kind === 'none' || line < 1 || column < 1) return undefined
    return this.#once(keyOf(script, source), `${line}:${column}`, () => {
      const map = this.#mapOf(script, source)
      return map && believed(script, toPosition(originalPositionFor(map, { line, column: column - 1 })))
    })
  }

  /** The original of a whole generated line: that of the first thing on it. */
  originalLine(script: string, source: MapSource, line: number): OriginalPosition | undefined {
    if (source.kind === 'none' || line < 1) return undefined
    return this.#once(keyOf(script, source), `${line}`, () => {
      const map = this.#mapOf(script, source)
      const found = map && originalPositionFor(map, { line, column: 0, bias: LEAST_UPPER_BOUND })
      return found && believed(script, toPosition(found))
    })
  }

  /** The file that a script was made from, for the frame of the script's own body. */
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

  /** Whether a script is known to be made from others, be its map there or not. */
  promised(script: string, source: MapSource): boolean {
    if (source.kind === 'none') return false
    return this.#present.has(keyOf(script, source)) || this.#find(script, source) !== 'none'
  }

  /** Whether its map is there and can be read. */
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

// Packages are built elsewhere: `../../../src/index.ts` of a map was right in their repository, and is a file of the
// project's where they are installed.
function mayComeFrom(script: string, file: string): boolean {
  const folder = packageFolderOf(script)
  return folder === undefined || file.startsWith(folder)
}

// Projects may transform one script in different ways: a map is known by its own path.
function keyOf(script: string, source: Exclude<MapSource, { kind: 'none' }>): string {
  return source.kind === 'file' ? source.path : script
}

type FoundMap = TraceMap | 'none' | 'unreadable'

// https://tc39.es/ecma426/#sec-linking-generated-code: the last such comment counts.
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

// Relative sources are relative to the map, or to the script that it came with.
function decode(text: string | undefined, base: string): TraceMap | undefined {
  if (text === undefined) return undefined
  // Some servers' guard against inclusion: https://tc39.es/ecma426/#json-over-http-transport
  return safely(() => new AnyMap(text.replace(/^\)\]\}'[^\n]*\n/, ''), pathToFileURL(base).href))
}

// A map that is gone or damaged is no map: its positions are marked as generated.
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

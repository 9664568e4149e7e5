// Generated positions → original ones: functions, places of calls, and lines of samples. 1-based.

import { at } from '../profile/columns.js'
import { ANONYMOUS } from '../profile/frame.js'
import { isAbsolutePath } from '../profile/paths.js'
import type { Recording, Script } from '../recording/recording.js'
import type { AddedCode, PlacedCode } from './added-functions.js'
import { isTool } from './categories.js'
import { type CodeMaker, MADE } from './made-code.js'
import type { MapSource, OriginalPosition, SourceMaps } from './source-maps.js'

export type PlacedScript = Script & { maps: MapSource }
/** `added`: the package that a transformer has taken it from. */
export type FunctionPosition = OriginalPosition & {
  name: string
  generated: boolean
  isUnmapped: boolean
  added?: string
  /** The file whose code made it at run time. */
  madeIn?: string
}

// Jest keeps the maps of what it transformed; everything else may have come with one. Those of Babel and its like are
// many, and lead to sources that are not installed.
export function mapSource({ url, transformed, sourceMap }: Script): MapSource {
  if (sourceMap !== null) return { kind: 'file', path: sourceMap }
  return transformed || !isAbsolutePath(url) || isTool(url) ? { kind: 'none' } : { kind: 'shipped' }
}

export function functionPositions(
  recording: Recording,
  scripts: PlacedScript[],
  maps: SourceMaps,
): FunctionPosition[] {
  const { name, script, line, column } = recording.functions
  return name.map((functionName, index) => {
    const { url, wrapped, transformed, maps: source } = at(scripts, at(script, index))
    const wrapper = wrapped ? recording.header.wrapperLength : 0
    const generated = generatedPosition(at(line, index), at(column, index), wrapper)
    const shown = {
      name: functionName || ANONYMOUS,
      file: url,
      ...generated,
      generated: false,
      isUnmapped: false,
    }
    if (!isAbsolutePath(url)) return shown
    if (isModuleBody(functionName, at(line, index), at(column, index), wrapper)) {
      const file = maps.originalFile(url, source) ?? url
      return { ...shown, name: '(module)', file, line: 1, column: 1 }
    }
    const original = maps.original(url, source, generated)
    if (original !== undefined) return { ...shown, ...original }
    const isUnmapped = maps.isReadable(url, source)
    return { ...shown, generated: transformed || maps.promised(url, source), isUnmapped }
  })
}

/** Made at run time: at the place that made it, if that is known. */
export function withMaker(
  position: FunctionPosition,
  { recording, index, maker }: { recording: Recording; index: number; maker: CodeMaker | undefined },
): FunctionPosition {
  const { functions, scripts } = recording
  const isMade = at(scripts, at(functions.script, index)).url === '' && at(functions.line, index) >= 0
  if (!isMade) return position
  const { line } = position
  const own =
    position.name === ANONYMOUS || position.name === 'anonymous' ? `(${MADE})` : `${position.name} (${MADE})`
  if (maker === undefined) return { ...position, name: own, line: 0, column: 0 }
  // Functions of one text differ by their lines in it.
  const name = line > 1 ? `${own}:${line}` : own
  return { ...position, ...maker, name, madeIn: maker.file }
}

export function withAdded(
  positions: readonly FunctionPosition[],
  { functions }: Recording,
  added: AddedCode,
): FunctionPosition[] {
  const packages = added.packagesOf(
    positions.map((position, index) => ({
      ...position,
      script: at(functions.script, index),
      generatedLine: at(functions.line, index),
    })),
  )
  return positions.map((position, index) => {
    const name = packages[index]
    return name === undefined ? position : { ...position, added: name }
  })
}

/** 1-based. In Jest 29 the first line of a CommonJS module is shifted by twice the length of its wrapper. */
function generatedPosition(line: number, column: number, wrapperLength: number) {
  if (line < 0) return { line: 0, column: 0 }
  const shift = line === 0 && column >= 2 * wrapperLength ? 2 * wrapperLength : 0
  return { line: line + 1, column: column - shift + 1 }
}

// Jest 29 calls a CommonJS module's body `Object.<anonymous>` and starts it within its wrapper; Jest 30 and ES
// modules leave it nameless at the very start.
function isModuleBody(name: string, line: number, column: number, wrapperLength: number): boolean {
  if (line !== 0) return false
  if (name === '') return column === 0
  return name === 'Object.<anonymous>' && (wrapperLength === 0 ? column === 0 : column <= 2 * wrapperLength)
}

export function placedSites(
  { sites, header }: Recording,
  scripts: PlacedScript[],
  maps: SourceMaps,
): PlacedCode[] {
  return sites.name.map((name, index) => {
    const { url, wrapped, maps: source } = at(scripts, at(sites.script, index))
    const wrapper = wrapped ? header.wrapperLength : 0
    const generated = generatedPosition(at(sites.line, index), at(sites.column, index), wrapper)
    const original = isAbsolutePath(url) ? maps.original(url, source, generated) : undefined
    const isBody = name === '' || name === 'Object.<anonymous>'
    return {
      name: isBody ? ANONYMOUS : name,
      file: url,
      ...(original ?? generated),
      script: at(sites.script, index),
      generatedLine: at(sites.line, index),
      isUnmapped: original === undefined && isAbsolutePath(url) && maps.isReadable(url, source),
    }
  })
}

export function originalTicks(
  recording: Recording,
  scripts: PlacedScript[],
  maps: SourceMaps,
): Recording['ticks'] {
  const { node, line, count } = recording.ticks
  const originalLine = node.map((index, tick) => {
    const { url, maps: source } = at(
      scripts,
      at(recording.functions.script, at(recording.nodes.function, index)),
    )
    const generatedLine = at(line, tick)
    return maps.originalLine(url, source, generatedLine)?.line ?? generatedLine
  })
  return { node, line: originalLine, count }
}

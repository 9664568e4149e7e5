// Generated positions → original ones: functions, places of calls, and lines of samples. 1-based.

import { generatedPosition, isBodyName, isModuleBody } from '../jest/frames.js'
import { at } from '../profile/columns.js'
import { ANONYMOUS } from '../profile/frame.js'
import { isAbsolutePath, toSlashes } from '../profile/paths.js'
import type { CallSites, Recording, Script } from '../recording/recording.js'
import type { AddedCode, PlacedCode } from './added-functions.js'
import { isTool } from './categories.js'
import { type FindMaker, isMade, MADE, makersOf } from './made-code.js'
import type { MapSource, OriginalPosition, SourceMaps } from './source-maps.js'

export type FunctionPosition = OriginalPosition & {
  name: string
  generated: boolean
  isUnmapped: boolean
  /** The package of a function that a transformer added. */
  added?: string
  /** The file whose code made the function at run time. */
  madeIn?: string
}

export class OriginalPositions {
  /** With `/` in their URLs. */
  readonly scripts: readonly (Script & { readonly maps: MapSource })[]
  readonly #recording: Recording
  readonly #maps: SourceMaps

  constructor(recording: Recording, maps: SourceMaps) {
    this.#recording = recording
    this.#maps = maps
    this.scripts = recording.scripts.map(script => ({
      ...script,
      url: toSlashes(script.url),
      maps: mapSource(script),
    }))
  }

  /** One for each function of the recording. */
  functions(added: AddedCode, makerIn: FindMaker): FunctionPosition[] {
    const { functions } = this.#recording
    const makers = makersOf(this.#recording, makerIn)
    const positions = functions.name.map((_, index): FunctionPosition => {
      const position = this.#function(index)
      if (!isMade(this.#recording, index)) return position
      const { name, line } = position
      const own = name === ANONYMOUS || name === 'anonymous' ? `(${MADE})` : `${name} (${MADE})`
      const maker = makers[index]
      if (maker === undefined) return { ...position, name: own, line: 0, column: 0 }
      // The line in the text that was evaluated, because it may have several functions.
      return { ...position, ...maker, name: line > 1 ? `${own}:${line}` : own, madeIn: maker.file }
    })
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

  #function(index: number): FunctionPosition {
    const { script, place, generated } = this.#place(this.#recording.functions, index)
    const { url, transformed, maps: source } = script
    const name = place.name || ANONYMOUS
    const shown = { name, file: url, ...generated, generated: false, isUnmapped: false }
    if (!isAbsolutePath(url)) return shown
    if (isModuleBody(place)) {
      const file = this.#maps.originalFile(url, source) ?? url
      return { ...shown, name: '(module)', file, line: 1, column: 1 }
    }
    const original = this.#maps.original(url, source, generated)
    if (original !== undefined) return { ...shown, ...original }
    const isUnmapped = this.#maps.isReadable(url, source)
    return { ...shown, generated: transformed || this.#maps.promised(url, source), isUnmapped }
  }

  /** Places of the calls in captured stacks. */
  sites(): PlacedCode[] {
    const { sites } = this.#recording
    return sites.name.map((name, index) => {
      const { script, generated } = this.#place(sites, index)
      const { url, maps: source } = script
      const original = isAbsolutePath(url) ? this.#maps.original(url, source, generated) : undefined
      return {
        name: isBodyName(name) ? ANONYMOUS : name,
        file: url,
        ...(original ?? generated),
        script: at(sites.script, index),
        generatedLine: at(sites.line, index),
        isUnmapped: original === undefined && isAbsolutePath(url) && this.#maps.isReadable(url, source),
      }
    })
  }

  #place({ name, line, column, script: scripts }: CallSites, index: number) {
    const script = at(this.scripts, at(scripts, index))
    const wrapperLength = script.wrapped ? this.#recording.header.wrapperLength : 0
    const place = { name: at(name, index), line: at(line, index), column: at(column, index), wrapperLength }
    return { script, place, generated: generatedPosition(place) }
  }

  ticks(): Recording['ticks'] {
    const { functions, nodes, ticks } = this.#recording
    const line = ticks.node.map((node, tick) => {
      const { url, maps: source } = at(this.scripts, at(functions.script, at(nodes.function, node)))
      const generatedLine = at(ticks.line, tick)
      return this.#maps.originalLine(url, source, generatedLine)?.line ?? generatedLine
    })
    return { node: ticks.node, line, count: ticks.count }
  }
}

// Jest keeps the maps of code that it transformed; other code may come with its own. Maps of Babel and other tools are
// ignored: they are many, and lead to sources that are not installed.
function mapSource({ url, transformed, sourceMap }: Script): MapSource {
  if (sourceMap !== null) return { kind: 'file', path: sourceMap }
  return transformed || !isAbsolutePath(url) || isTool(url) ? { kind: 'none' } : { kind: 'shipped' }
}

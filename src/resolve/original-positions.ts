// Generated positions → original ones: functions, places of calls, and lines of samples. 1-based.

import { generatedPosition, isBodyName, isModuleBody } from '../jest/frames.js'
import { at } from '../profile/columns.js'
import { ANONYMOUS } from '../profile/frame.js'
import { isAbsolutePath } from '../profile/paths.js'
import type { CallSites, Recording } from '../recording/recording.js'
import type { AddedCode, PlacedCode } from './added-functions.js'
import { packageOf } from './categories.js'
import { type FindMaker, isMade, MADE, makersOf } from './made-code.js'
import { PlacedFunction, type RunScript } from './run-scripts.js'
import type { SourceMaps } from './source-maps.js'

export class OriginalPositions {
  readonly #recording: Recording
  readonly #scripts: readonly RunScript[]
  readonly #maps: SourceMaps

  /** `scripts`: those of the recording. */
  constructor(recording: Recording, scripts: readonly RunScript[], maps: SourceMaps) {
    this.#recording = recording
    this.#scripts = scripts
    this.#maps = maps
  }

  /** One for each function of the recording. */
  functions(added: AddedCode, makerIn: FindMaker): PlacedFunction[] {
    const { functions } = this.#recording
    const makers = makersOf(this.#recording, makerIn)
    const placed = functions.name.map((_, index): PlacedFunction => {
      const found = this.#function(index)
      if (!isMade(this.#recording, index)) return found
      const { name, line } = found.position
      const own = name === ANONYMOUS || name === 'anonymous' ? `(${MADE})` : `${name} (${MADE})`
      const maker = makers[index]
      if (maker === undefined)
        return new PlacedFunction({ ...found.position, name: own, line: 0, column: 0 }, found.owner)
      // The line in the text that was evaluated, because it may have several functions.
      return new PlacedFunction(
        { ...found.position, ...maker, name: line > 1 ? `${own}:${line}` : own },
        { package: packageOf(maker.file), isAdded: false, madeIn: maker.file },
      )
    })
    const packages = added.packagesOf(
      // Spelled out: spread objects take several times as long, and a recording has hundreds of functions.
      placed.map(({ position: { name, file, line, column, isUnmapped } }, index) => ({
        name,
        file,
        line,
        column,
        isUnmapped,
        script: at(functions.script, index),
        generatedLine: at(functions.line, index),
      })),
    )
    return placed.map((found, index) => {
      const name = packages[index]
      if (name === undefined) return found
      return new PlacedFunction(found.position, { ...found.owner, package: name, isAdded: true })
    })
  }

  #function(index: number): PlacedFunction {
    const { script, place } = this.#place(this.#recording.functions, index)
    return script.functionAt(place, () => this.#positionOf(script, place))
  }

  #positionOf(script: RunScript, place: Parameters<typeof isModuleBody>[0]): PlacedFunction['position'] {
    const { url, transformed, maps: source } = script
    const generated = generatedPosition(place)
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
      const { script, place } = this.#place(sites, index)
      const { url, maps: source } = script
      const generated = generatedPosition(place)
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
    const script = at(this.#scripts, at(scripts, index))
    const { wrapperLength } = script
    const place = { name: at(name, index), line: at(line, index), column: at(column, index), wrapperLength }
    return { script, place }
  }

  ticks(): Recording['ticks'] {
    const { functions, nodes, ticks } = this.#recording
    const line = ticks.node.map((node, tick) => {
      const { url, maps: source } = at(this.#scripts, at(functions.script, at(nodes.function, node)))
      const generatedLine = at(ticks.line, tick)
      return this.#maps.originalLine(url, source, generatedLine)?.line ?? generatedLine
    })
    return { node: ticks.node, line, count: ticks.count }
  }
}

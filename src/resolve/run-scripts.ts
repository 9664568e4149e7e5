// The scripts of a run, each once, with the functions that were found in them: the test files of a run load mostly the same ones.

import type { SandboxPlace } from '../jest/frames.js'
import { getOrMake } from '../profile/columns.js'
import { isAbsolutePath, toSlashes } from '../profile/paths.js'
import type { Category, Frame } from '../profile/profile.js'
import type { Recording, Script } from '../recording/recording.js'
import { isTool, packageOf } from './categories.js'
import type { MapSource } from './source-maps.js'

/** The original position of a function. */
interface FunctionPosition {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly column: number
  /** Whether the script is transformed code without a map for this position. */
  readonly generated: boolean
  readonly isUnmapped: boolean
}

interface FunctionOwner {
  /** The package of the function; undefined: the project's own. */
  readonly package: string | undefined
  /** Whether a transformer added the function. */
  readonly isAdded: boolean
  /** The file whose code made the function at run time. */
  readonly madeIn: string | undefined
}

export class PlacedFunction {
  readonly position: FunctionPosition
  readonly owner: FunctionOwner
  /** By category. Recordings share them, so that a profile need not compare their fields. */
  readonly #frames = new Map<Category, Frame>()

  constructor(position: FunctionPosition, owner: FunctionOwner) {
    this.position = position
    this.owner = owner
  }

  frameIn(category: Category): Frame {
    return getOrMake(this.#frames, category, () => {
      const { name, file, line, column, generated } = this.position
      return { name, file, line, column, generated, category, package: this.owner.package }
    })
  }
}

/** Columns are below this, so that line and column fit in one exact double. */
const COLUMN_SPAN = 2 ** 26

export class RunScript {
  /** With `/`. */
  readonly url: string
  readonly transformed: boolean
  readonly tool: Script['tool']
  readonly maps: MapSource
  readonly package: string | undefined
  /** Of Jest 29's wrapper around the module; 0: there is none. */
  readonly wrapperLength: number
  /** By generated position, then by the name that V8 reports. */
  readonly #functions = new Map<number, Map<string, PlacedFunction>>()

  constructor(script: Script, wrapperLength: number) {
    this.url = toSlashes(script.url)
    this.transformed = script.transformed
    this.tool = script.tool
    this.wrapperLength = wrapperLength
    this.maps = mapSource(script)
    this.package = packageOf(this.url)
  }

  /** `line` and `column`: as V8 reports them; -1: unknown. */
  functionAt(
    { name, line, column }: Omit<SandboxPlace, 'wrapperLength'>,
    place: () => FunctionPosition,
  ): PlacedFunction {
    const named = getOrMake(this.#functions, (line + 1) * COLUMN_SPAN + column + 1, () => new Map())
    return getOrMake(
      named,
      name,
      () => new PlacedFunction(place(), { package: this.package, isAdded: false, madeIn: undefined }),
    )
  }
}

export class RunScripts {
  readonly #scripts = new Map<string, RunScript>()

  /** A script by its URL, with `/`; if projects transform it differently, one of them. */
  find(url: string): RunScript | undefined {
    return [...this.#scripts.values()].find(script => script.url === url)
  }

  /** The scripts of a recording, in its order. */
  of({ scripts, header }: Recording): RunScript[] {
    return scripts.map(script => {
      const { url, sourceMap, transformed, wrapped, tool } = script
      const wrapperLength = wrapped ? header.wrapperLength : 0
      // Projects may transform a script in different ways.
      const key = `${url}\0${sourceMap}\0${transformed}${wrapperLength}${tool}`
      return getOrMake(this.#scripts, key, () => new RunScript(script, wrapperLength))
    })
  }
}

// Jest keeps the maps of code that it transformed; other code may come with its own. Maps of Babel and other tools are
// ignored: they are many, and lead to sources that are not installed.
function mapSource({ url, transformed, sourceMap }: Script): MapSource {
  if (sourceMap !== null) return { kind: 'file', path: sourceMap }
  return transformed || !isAbsolutePath(url) || isTool(url) ? { kind: 'none' } : { kind: 'shipped' }
}

// The tables that all threads of a Firefox profile share: strings, sources, packages, functions, frames and stacks.
// https://github.com/firefox-devtools/profiler/blob/main/src/types/profile.ts

import { Interner } from '../../profile/columns.js'
import type { Frame } from '../../profile/profile.js'
import { placeName } from './scope-labels.js'

/** `ResourceType.Library`: by it the viewer can fold a package into one row. */
const LIBRARY = 1
/** V8 gives no address; the format wants one. */
const NO_ADDRESS = -1

export class FirefoxTables {
  readonly #prefix: string
  readonly #strings = new Interner<string>()
  readonly #sources = new Interner<string>()
  readonly #packages = new Interner<string>()
  readonly #frames = new Map<Frame, number>()
  readonly #frameCategory: number[] = []
  readonly #stackFrame: number[] = []
  readonly #stackPrefix: (number | null)[] = []

  /** Files are named relative to that folder. */
  constructor(displayRoot: string) {
    this.#prefix = `${displayRoot.replace(/\/$/, '')}/`
  }

  string(text: string): number {
    return this.#strings.add(text)
  }

  /** Adds a stack; `caller` is negative for an outermost one. */
  stack(frame: Frame, { caller, category }: { caller: number; category: number }): number {
    const index = this.#frames.get(frame) ?? this.#frames.size
    this.#frames.set(frame, index)
    this.#frameCategory[index] = category
    this.#stackPrefix.push(caller < 0 ? null : caller)
    return this.#stackFrame.push(index) - 1
  }

  /** `path:line:column`, as far as it is known. */
  position(frame: Frame): string {
    return placeName({ ...frame, file: this.#path(frame.file) })
  }

  toJson() {
    // Rows refer to sources, packages and strings, which they make as they go.
    const funcTable = this.#functions()
    const resourceTable = this.#resources()
    const sources = this.#sourceTable()
    return {
      stackTable: { frame: this.#stackFrame, prefix: this.#stackPrefix, length: this.#stackFrame.length },
      frameTable: this.#frameTable(),
      funcTable,
      resourceTable,
      nativeSymbols: { libIndex: [], address: [], name: [], functionSize: [], length: 0 },
      sources,
      stringArray: this.#strings.all,
    }
  }

  #path(file: string): string {
    return file.startsWith(this.#prefix) ? file.slice(this.#prefix.length) : file
  }

  // Positions are those of functions: V8 does not tell where in a function a sample was.
  #functions() {
    const frames = [...this.#frames.keys()]
    const isScript = frames.map(({ file }) => file !== '')
    return {
      name: frames.map(({ name }) => this.string(name === '' ? '(anonymous)' : name)),
      isJS: isScript,
      relevantForJS: isScript.map(() => false),
      resource: frames.map(frame => (frame.package === undefined ? -1 : this.#packages.add(frame.package))),
      source: frames.map(({ file }) => (file === '' ? null : this.#sources.add(this.#path(file)))),
      lineNumber: frames.map(({ line }) => line || null),
      columnNumber: frames.map(({ column }) => column || null),
      length: frames.length,
    }
  }

  #frameTable() {
    const frames = [...this.#frames.keys()]
    const all = <T>(value: T): T[] => frames.map(() => value)
    return {
      address: all(NO_ADDRESS),
      inlineDepth: all(0),
      category: this.#frameCategory,
      subcategory: all(0),
      func: frames.map((_frame, index) => index),
      nativeSymbol: all(null),
      innerWindowID: all(null),
      line: all(null),
      column: all(null),
      length: frames.length,
    }
  }

  #resources() {
    const packages = this.#packages.all
    return {
      lib: packages.map(() => null),
      name: packages.map(name => this.string(name)),
      host: packages.map(() => null),
      type: packages.map(() => LIBRARY),
      length: packages.length,
    }
  }

  #sourceTable() {
    const files = this.#sources.all
    return {
      id: files.map(() => null),
      filename: files.map(file => this.string(file)),
      startLine: files.map(() => 1),
      startColumn: files.map(() => 1),
      sourceMapURL: files.map(() => null),
      length: files.length,
    }
  }
}

// The tables shared by all threads of a Firefox profile: strings, sources, packages, functions, frames and stacks.
// https://github.com/firefox-devtools/profiler/blob/main/src/types/profile.ts

import { Interner } from '../../profile/columns.js'
import type { Frame } from '../../profile/profile.js'
import { placeName } from './scope-labels.js'

/** `ResourceType.Library`, so that the viewer can collapse a package. */
const LIBRARY = 1
/** The format requires an address, which V8 does not report. */
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

  constructor(displayRoot: string) {
    this.#prefix = `${displayRoot.replace(/\/$/, '')}/`
  }

  string(text: string): number {
    return this.#strings.add(text)
  }

  /** Adds a stack and returns its index. `caller` is negative for an outermost frame. */
  stack(frame: Frame, { caller, category }: { caller: number; category: number }): number {
    const index = this.#frames.get(frame) ?? this.#frames.size
    this.#frames.set(frame, index)
    this.#frameCategory[index] = category
    this.#stackPrefix.push(caller < 0 ? null : caller)
    return this.#stackFrame.push(index) - 1
  }

  /** `path:line:column`, or the path if the position is unknown. */
  position(frame: Frame): string {
    return placeName({ ...frame, file: this.#path(frame.file) })
  }

  toJson() {
    const frames = [...this.#frames.keys()]
    const isScript = frames.map(({ file }) => file !== '')
    // Rows add the sources, packages and strings that they refer to, so these tables come after.
    const funcTable = {
      name: frames.map(({ name }) => this.string(name === '' ? '(anonymous)' : name)),
      isJS: isScript,
      relevantForJS: filled(frames, false),
      resource: frames.map(frame => (frame.package === undefined ? -1 : this.#packages.add(frame.package))),
      source: frames.map(({ file }) => (file === '' ? null : this.#sources.add(this.#path(file)))),
      // Positions of functions: V8 does not report where in a function a sample was.
      lineNumber: frames.map(({ line }) => line || null),
      columnNumber: frames.map(({ column }) => column || null),
      length: frames.length,
    }
    const frameTable = {
      address: filled(frames, NO_ADDRESS),
      inlineDepth: filled(frames, 0),
      category: this.#frameCategory,
      subcategory: filled(frames, 0),
      func: [...frames.keys()],
      nativeSymbol: filled(frames, null),
      innerWindowID: filled(frames, null),
      line: filled(frames, null),
      column: filled(frames, null),
      length: frames.length,
    }
    const packages = this.#packages.all
    const resourceTable = {
      lib: filled(packages, null),
      name: packages.map(name => this.string(name)),
      host: filled(packages, null),
      type: filled(packages, LIBRARY),
      length: packages.length,
    }
    const files = this.#sources.all
    const sources = {
      id: filled(files, null),
      filename: files.map(file => this.string(file)),
      startLine: filled(files, 1),
      startColumn: filled(files, 1),
      sourceMapURL: filled(files, null),
      length: files.length,
    }
    return {
      stackTable: { frame: this.#stackFrame, prefix: this.#stackPrefix, length: this.#stackFrame.length },
      frameTable,
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
}

function filled<T>(rows: readonly unknown[], value: T): T[] {
  return rows.map(() => value)
}

// Stacks as structured call sites, of the code that ran: neither Jest's source-map support nor a test's own
// `Error.prepareStackTrace` has a say in them.

import { fileURLToPath } from 'node:url'
import type { CallSites } from './recording.js'

/** A stack that V8 keeps until someone reads it; reading is what costs. */
export interface CapturedStack {
  stack?: unknown
}

const { captureStackTrace } = Error

/**
 * Frames of a definition that are kept: describe blocks take four each, a rule tester and its like a dozen more. Jest
 * itself keeps 100 of each test: https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-runner/src/runTest.ts
 */
export const DEFINITION_DEPTH = 64

/** The innermost `depth` frames below the function `above`. */
export function captureStack(above: (...args: never[]) => unknown, depth: number): CapturedStack {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = depth
  const captured: CapturedStack = {}
  captureStackTrace(captured, above)
  Error.stackTraceLimit = stackTraceLimit
  return captured
}

/** Innermost first. */
export function callSitesOf(captured: CapturedStack): NodeJS.CallSite[] {
  const { prepareStackTrace } = Error
  Error.prepareStackTrace = (_error, sites) => sites
  try {
    const { stack } = captured
    return Array.isArray(stack) ? stack : []
  } finally {
    if (prepareStackTrace === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace')
    else Error.prepareStackTrace = prepareStackTrace
  }
}

/** Absolute path, `node:` name, other URL, or `''`. */
export function fileOfSite(site: NodeJS.CallSite): string {
  const file = site.getFileName() ?? ''
  return file.startsWith('file:') ? fileURLToPath(file) : file
}

/** All of this package's code: what launches Jest stands in stacks, too. With a separator at its end. */
const OWN_FOLDER = fileURLToPath(new URL('../', import.meta.url))
const JESTS =
  /[/\\]node_modules[/\\](?:@jest[/\\]|jest-(?:circus|each|runner|runtime|worker|util|mock|jasmine2|environment-node)[/\\])/

/** Whether a frame is neither Node's nor Jest's nor ours. */
export function isUsersFile(file: string): boolean {
  return file !== '' && !file.startsWith('node:') && !JESTS.test(file) && !file.startsWith(OWN_FOLDER)
}

const LOADS_MODULES = /[/\\]node_modules[/\\]jest-runtime[/\\]/

function isPackageFile(file: string): boolean {
  return /[/\\]node_modules[/\\]/.test(file)
}

/** Call sites of one recording, each kept once. */
export class SiteTable {
  readonly #sites: { name: string; file: string; line: number; column: number }[] = []
  readonly #indexByKey = new Map<string, number>()

  add(site: NodeJS.CallSite): number {
    const name = site.getFunctionName() ?? ''
    const file = fileOfSite(site)
    const line = (site.getLineNumber() ?? 0) - 1
    const column = (site.getColumnNumber() ?? 0) - 1
    const key = `${file}\0${line}\0${column}\0${name}`
    const known = this.#indexByKey.get(key)
    if (known !== undefined) return known
    const index = this.#sites.push({ name, file, line, column }) - 1
    this.#indexByKey.set(key, index)
    return index
  }

  /**
   * Where the user's code defined something: the innermost frame of `file`, if it is in the stack, else of the project's
   * own code, such as a helper, else of a package's. What loaded the module that defines it is not the project's code
   * that does. -1 where nothing of the user's is in the stack.
   */
  definition(captured: CapturedStack, file?: string): number {
    let [innermost, ofProject]: (NodeJS.CallSite | undefined)[] = []
    let isLoading = false
    // A frame's file is expensive to ask for, and what is looked for is mostly far inside.
    for (const site of callSitesOf(captured)) {
      const own = fileOfSite(site)
      if (own === file) return this.add(site)
      if (isUsersFile(own)) {
        innermost ??= site
        if (!isLoading && !isPackageFile(own)) ofProject ??= site
        if (file === undefined && ofProject !== undefined) break
      } else if (innermost !== undefined && LOADS_MODULES.test(own)) {
        isLoading = true
        if (file === undefined) break
      }
    }
    const found = ofProject ?? innermost
    return found === undefined ? -1 : this.add(found)
  }

  /** `scriptOf` gives the position of a file in the recording's scripts. */
  columns(scriptOf: (file: string) => number): CallSites {
    return {
      name: this.#sites.map(({ name }) => name),
      script: this.#sites.map(({ file }) => scriptOf(file)),
      line: this.#sites.map(({ line }) => line),
      column: this.#sites.map(({ column }) => column),
    }
  }
}

// Stacks as structured call sites, of the code that ran: neither Jest's source-map support nor a test's own
// `Error.prepareStackTrace` has a say in them.

import { fileURLToPath } from 'node:url'
import { isJestFile, isModuleLoader } from '../jest/packages.js'
import type { CallSites } from '../recording/recording.js'

/** A stack that V8 keeps until someone reads it; reading is what costs. */
export interface CapturedStack {
  stack?: unknown
}

const { captureStackTrace } = Error

/**
 * Frames of a definition that are kept, of which Jest and we take up to ten. Reading takes microseconds for each frame, and a
 * rule tester makes thousands of tests: what lies beyond is looked for in the stack of the describe block.
 */
export const DEFINITION_DEPTH = 32
/** Those of a describe block, and of what is defined outside of any. Jest itself keeps 100 of each test. */
export const OUTERMOST_DEPTH = 64

/** The innermost `depth` frames below the function `above`. */
export function captureStack(above: (...args: never[]) => unknown, depth: number): CapturedStack {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = depth
  const captured: CapturedStack = {}
  try {
    captureStackTrace(captured, above)
  } finally {
    // Also where the stack overflows, in a test with endless recursion.
    Error.stackTraceLimit = stackTraceLimit
  }
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

/** What transformers and Angular put between any two functions: in a stack it takes the place of those that called it. */
const BETWEEN =
  /[/\\]node_modules[/\\](?:@babel[/\\]runtime|@swc[/\\]helpers|tslib|regenerator-runtime|zone\.js)[/\\]/

/** Whether a frame is neither Node's nor Jest's nor ours, and does not only stand between others. */
export function isUsersFile(file: string): boolean {
  const isOurs = file.startsWith('node:') || isJestFile(file) || file.startsWith(OWN_FOLDER)
  return file !== '' && !isOurs && !BETWEEN.test(file)
}

interface SiteFile {
  readonly path: string
  readonly isUsers: boolean
  readonly isOfPackage: boolean
  /** Jest's runtime. */
  readonly loadsModules: boolean
}

/** Call sites of one recording, each kept once. */
export class SiteTable {
  readonly #sites: { name: string; file: string; line: number; column: number }[] = []
  readonly #indexByKey = new Map<string, number>()
  readonly #files = new Map<string, SiteFile>()

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
   * Where the user's code defined something: the innermost frame of `file`, if it is in the stack, else what `around` has
   * found in the stack of what it is defined in, else the innermost frame of the project's own code, such as a helper,
   * else of a package's. What loads the module that defines it does not define it. -1: none of these.
   */
  definition(captured: CapturedStack, file?: string, around: () => number = () => -1): number {
    let [innermost, ofProject]: (NodeJS.CallSite | undefined)[] = []
    let isLoading = false
    for (const site of callSitesOf(captured)) {
      const own = this.#fileAt(site)
      if (own.path === file) return this.add(site)
      if (own.isUsers) {
        innermost ??= site
        if (!isLoading && !own.isOfPackage) ofProject ??= site
      } else if (innermost !== undefined && own.loadsModules) isLoading = true
      if (file === undefined && (isLoading || ofProject !== undefined)) break
    }
    const outer = around()
    const found = ofProject ?? innermost
    return outer >= 0 || found === undefined ? outer : this.add(found)
  }

  /** The innermost frame of `file`; -1: it is not in the stack. */
  siteIn(file: string, captured: CapturedStack): number {
    const site = callSitesOf(captured).find(site => this.#fileAt(site).path === file)
    return site === undefined ? -1 : this.add(site)
  }

  /** Stacks are of a few files, and there may be a hundred thousand frames. */
  #fileAt(site: NodeJS.CallSite): SiteFile {
    const name = site.getFileName() ?? ''
    const known = this.#files.get(name)
    if (known !== undefined) return known
    const path = fileOfSite(site)
    const added = {
      path,
      isUsers: isUsersFile(path),
      isOfPackage: /[/\\]node_modules[/\\]/.test(path),
      loadsModules: isModuleLoader(path),
    }
    this.#files.set(name, added)
    return added
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

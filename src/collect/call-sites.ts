// Stacks as generated call sites, unaffected by Jest's source-map support and by tests that set `Error.prepareStackTrace`.

import { fileURLToPath } from 'node:url'
import { isJestFile, isModuleLoader } from '../jest/packages.js'
import { OWN_FOLDER } from '../own-files.js'
import { Interner, once } from '../profile/columns.js'
import type { CallSites } from '../recording/recording.js'

/** A captured stack. Capturing is cheap; V8 builds the call sites when `stack` is first read, which is expensive. */
export interface CapturedStack {
  stack?: unknown
}

const { captureStackTrace } = Error

/**
 * Frames kept of a test's definition, up to ten of them Jest's and ours. Each takes microseconds to read, for thousands of tests:
 * frames farther out are found in the stack of the describe block.
 */
export const DEFINITION_DEPTH = 32
/** Frames kept of describe blocks, and of definitions outside of any. Jest itself keeps 100 frames of each test. */
export const OUTERMOST_DEPTH = 64

/** Captures the `depth` frames that called `above`. */
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

/** Returns the call sites, innermost first. */
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

/** Returns an absolute path, a `node:` name, another URL, or `''`. */
export function fileOfSite(site: NodeJS.CallSite): string {
  return toFile(site.getFileName() ?? '')
}

/** As `fileOfSite`, for a name of a script as V8 has it. */
export function toFile(name: string): string {
  return name.startsWith('file:') ? fileURLToPath(name) : name
}

/** The folder of this package's code, with a separator at its end: the code that launches Jest is in stacks, too. */

/** Packages whose frames transformers and Angular insert between other functions. */
const BETWEEN =
  /[/\\]node_modules[/\\](?:@babel[/\\]runtime|@swc[/\\]helpers|tslib|regenerator-runtime|zone\.js)[/\\]/

/** Whether a file is the user's or a dependency's, and not Node's, Jest's, ours or one of those inserted by tools. */
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

/** The call sites of one recording, each once. */
export class SiteTable {
  readonly #sites = new Interner<{ name: string; file: string; line: number; column: number }>()
  /** Stacks are of a few files, and may have a hundred thousand frames. */
  readonly #fileNamed = once((name: string): SiteFile => {
    const path = toFile(name)
    return {
      path,
      isUsers: isUsersFile(path),
      isOfPackage: /[/\\]node_modules[/\\]/.test(path),
      loadsModules: isModuleLoader(path),
    }
  })

  add(site: NodeJS.CallSite): number {
    const name = site.getFunctionName() ?? ''
    const file = fileOfSite(site)
    const line = (site.getLineNumber() ?? 0) - 1
    const column = (site.getColumnNumber() ?? 0) - 1
    return this.#sites.add({ name, file, line, column }, `${file}\0${line}\0${column}\0${name}`)
  }

  /** What was added at a position: 1-based, of the code that ran. */
  placeOf(position: number): { function: string; file: string; line: number; column: number } | undefined {
    const site = this.#sites.all[position]
    return site && { function: site.name, file: site.file, line: site.line + 1, column: site.column + 1 }
  }

  /**
   * Returns where the user's code defined something, or -1: the innermost frame of `file`; else what `around` finds in the stack of
   * the enclosing definition; else the innermost frame of the project, such as a helper; else that of a package. Frames that load the
   * defining module do not count.
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

  /** Returns the innermost frame of `file`; -1 if it is not in the stack. */
  siteIn(file: string, captured: CapturedStack): number {
    const site = callSitesOf(captured).find(site => this.#fileAt(site).path === file)
    return site === undefined ? -1 : this.add(site)
  }

  #fileAt(site: NodeJS.CallSite): SiteFile {
    return this.#fileNamed(site.getFileName() ?? '')
  }

  /** `scriptOf` returns the position of a file in the recording's scripts. */
  columns(scriptOf: (file: string) => number): CallSites {
    const sites = this.#sites.all
    return {
      name: sites.map(({ name }) => name),
      script: sites.map(({ file }) => scriptOf(file)),
      line: sites.map(({ line }) => line),
      column: sites.map(({ column }) => column),
    }
  }
}

// What Jest does in a frame, by the name and package of its function, and where it puts the code of a module.
//
// Known: 29.7 and 30.0 to 30.5; `loadModule` from 30.4 on, `_loadModule` until then.
// https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-runtime/src/index.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-runtime/src
// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-core/src/collectHandles.ts
// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-message-util/src/index.ts
// Functions with other names count as Jest's in general; the report says if a Jest is newer than these versions.

interface NamedFrame {
  readonly name: string
  readonly package: string | undefined
}

/** A function or a call as V8 reports it: 0-based; -1: unknown. */
export interface SandboxPlace {
  readonly name: string
  readonly line: number
  readonly column: number
  /** The length of Jest 29's wrapper around the CommonJS module; 0: there is none. */
  readonly wrapperLength: number
}

/** Returns the 1-based position in the module, 0 if unknown. Jest 29 shifts the first line by twice the length of its wrapper. */
export function generatedPosition({ line, column, wrapperLength }: Omit<SandboxPlace, 'name'>) {
  if (line < 0) return { line: 0, column: 0 }
  const shift = line === 0 && column >= 2 * wrapperLength ? 2 * wrapperLength : 0
  return { line: line + 1, column: column - shift + 1 }
}

/** Whether the bodies of modules have this name: none in Jest 30 and for ES modules, that of a method in Jest 29. */
export function isBodyName(name: string): boolean {
  return name === '' || name === 'Object.<anonymous>'
}

/** Whether a function is the body of a module: it starts at the very beginning or, in Jest 29, within the wrapper. */
export function isModuleBody({ name, line, column, wrapperLength }: SandboxPlace): boolean {
  return line === 0 && isBodyName(name) && column <= (name === '' ? 0 : 2 * wrapperLength)
}

/** The package that calls the user's transformers. */
export const TRANSFORMS = '@jest/transform'

/** Whether Jest calls a transformer in a frame. Loading one of the user's modules for Jest, such as an environment, does not count. */
export function callsTransformer({ name, package: owner }: NamedFrame): boolean {
  return owner === TRANSFORMS && name !== 'requireAndTranspileModule'
}

const STACK_PACKAGES = new Set(['@jest/source-map', 'source-map-support', 'callsites'])
const STACK_FUNCTIONS: Readonly<Record<string, RegExp>> = {
  'jest-util': /^ErrorWithStack$/,
  'jest-message-util': /^(?:formatStackTrace|getStackTraceLines|getTopFrame|separateMessageFromStack)$/,
}

/** Whether Jest captures a stack in a frame, as for each console message, or formats one. */
export function handlesStacks({ name, package: owner }: NamedFrame): boolean {
  return owner !== undefined && (STACK_PACKAGES.has(owner) || STACK_FUNCTIONS[owner]?.test(name) === true)
}

/** The kind of an extension in the user's config that a package of Jest calls; undefined: none. */
export function extensionCalledBy(owner: string | undefined): 'resolver' | 'serializer' | undefined {
  if (owner === 'jest-resolve') return 'resolver'
  return owner === 'pretty-format' ? 'serializer' : undefined
}

/** Whether Jest loads a module for another one in a frame. */
export function loadsModule({ name, package: owner }: NamedFrame): boolean {
  return owner === 'jest-runtime' && /^(?:_?loadModule|requireModule(?:OrMock)?)$/.test(name)
}

/**
 * What is done for the graph of ES modules in a frame: `compile` a module's text, `resolve` a request or anything else for one module,
 * or `join` all of its modules at once; undefined: nothing. `file` is the frame's.
 * https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-runtime/src/index.ts (loadEsmModule, resolveModule)
 * https://github.com/nodejs/node/blob/v24.0.0/lib/internal/vm/module.js
 */
export function linksModules(
  frame: NamedFrame & { readonly file: string },
): 'compile' | 'resolve' | 'join' | undefined {
  const { name, package: owner, file } = frame
  if (file === 'node:internal/vm/module') {
    if (JOINS.test(name)) return 'join'
    return COMPILES.test(name) ? 'compile' : undefined
  }
  return LOADING_PACKAGES.has(owner ?? '') && LINKS.test(name) ? 'resolve' : undefined
}

const COMPILES = /^(?:Module|SourceTextModule|ModuleWrap)$/
const JOINS = /^(?:link|linkRequests|instantiate|evaluate)$/
const LOADING_PACKAGES = new Set(['jest-runtime', 'jest-resolve'])
const LINKS =
  /^(?:loadEsmModule|resolveModule|resolveEsm(?:Async)?|resolveModule(?:FromDirIfExists)?Async|_resolveModule|tryLoadGraphSync|walkGraphSync)$/

/** What Jest's runtime does for coverage in a frame, after a test file; undefined: nothing. */
export function coverageWork({ name, package: owner }: NamedFrame): 'copying' | 'v8' | undefined {
  if (owner !== 'jest-runtime') return undefined
  if (name === 'getAllCoverageInfoCopy') return 'copying'
  return /^(?:collectV8Coverage|stopCollectingV8Coverage|getAllV8CoverageInfoCopy)$/.test(name)
    ? 'v8'
    : undefined
}

/** Whether Jest tracks handles in a frame, for `--detectOpenHandles`. */
export function followsHandles({ name, package: owner }: NamedFrame): boolean {
  return owner === '@jest/core' && /^(?:initHook|stackIsFromUser|destroy)$/.test(name)
}

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

/** Whether Jest loads a module for another one in a frame. */
export function loadsModule({ name, package: owner }: NamedFrame): boolean {
  return owner === 'jest-runtime' && /^(?:_?loadModule|requireModule(?:OrMock)?)$/.test(name)
}

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

type ScriptPlace = Readonly<Record<'line' | 'column', number>>

/**
 * 1-based, for a 0-based place as V8 reports it; 0 if that is negative. Jest 29 shifts the first line of a CommonJS module by twice
 * the length of its wrapper.
 */
export function generatedPosition({ line, column }: ScriptPlace, wrapperLength: number): ScriptPlace {
  if (line < 0) return { line: 0, column: 0 }
  const shift = line === 0 && column >= 2 * wrapperLength ? 2 * wrapperLength : 0
  return { line: line + 1, column: column - shift + 1 }
}

/**
 * Whether a function, with its 0-based place, is the body of a module. In Jest 29 that of a CommonJS module is called
 * `Object.<anonymous>` and starts within its wrapper. In Jest 30 and in ES modules it has no name and starts at the very beginning.
 */
export function isModuleBody(
  { name, line, column }: ScriptPlace & { readonly name: string },
  wrapperLength: number,
): boolean {
  if (line !== 0) return false
  if (name === '') return column === 0
  return name === 'Object.<anonymous>' && (wrapperLength === 0 ? column === 0 : column <= 2 * wrapperLength)
}

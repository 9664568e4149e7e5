// Functions of Jest by which profiles are read: what a frame does, from its name and its package.
//
// Known: 29.7 and 30.0 to 30.5; `loadModule` from 30.4 on, `_loadModule` until then.
// https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-runtime/src/index.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-runtime/src
// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-core/src/collectHandles.ts
// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-message-util/src/index.ts
// A function with another name is time of Jest's like any other; a Jest newer than these versions is said to be so in the report.

interface NamedFrame {
  readonly name: string
  readonly package: string | undefined
}

/** Calls the user's transformers, or passes on what they have returned. */
export const TRANSFORMS = '@jest/transform'

/** Whether Jest calls a transformer there; reading a module of the user's on Jest's behalf, such as an environment, is none. */
export function callsTransformer({ name, package: owner }: NamedFrame): boolean {
  return owner === TRANSFORMS && name !== 'requireAndTranspileModule'
}

const STACK_PACKAGES = new Set(['@jest/source-map', 'source-map-support', 'callsites'])
const STACK_FUNCTIONS: Readonly<Record<string, RegExp>> = {
  'jest-util': /^ErrorWithStack$/,
  'jest-message-util': /^(?:formatStackTrace|getStackTraceLines|getTopFrame|separateMessageFromStack)$/,
}

/** Whether Jest captures a stack there, as for each message of a console, or makes lines of one for a person. */
export function handlesStacks({ name, package: owner }: NamedFrame): boolean {
  return owner !== undefined && (STACK_PACKAGES.has(owner) || STACK_FUNCTIONS[owner]?.test(name) === true)
}

/** Whether Jest loads a module for another one there. */
export function loadsModule({ name, package: owner }: NamedFrame): boolean {
  return owner === 'jest-runtime' && /^(?:_?loadModule|requireModule(?:OrMock)?)$/.test(name)
}

/** What Jest's runtime does there for coverage, when jest-runner asks for it after a test file; undefined: nothing. */
export function coverageWork({ name, package: owner }: NamedFrame): 'copying' | 'v8' | undefined {
  if (owner !== 'jest-runtime') return undefined
  if (name === 'getAllCoverageInfoCopy') return 'copying'
  return /^(?:collectV8Coverage|stopCollectingV8Coverage|getAllV8CoverageInfoCopy)$/.test(name)
    ? 'v8'
    : undefined
}

/** Whether Jest follows handles there, for `--detectOpenHandles`. */
export function followsHandles({ name, package: owner }: NamedFrame): boolean {
  return owner === '@jest/core' && /^(?:initHook|stackIsFromUser|destroy)$/.test(name)
}

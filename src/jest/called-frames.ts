// What Jest does for the code that calls it, by the frames of its packages: which matcher, mock or part of the `jest` object a call is.
//
// Known: 29.7 and 30.0 to 30.5. https://github.com/jestjs/jest/blob/v29.7.0/packages/expect/src/index.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-mock/src/index.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-runtime/src/index.ts (_createJestObjectFor)
// Functions with other names count as a call of their package.

interface JestFrame {
  readonly name: string
  readonly package: string | undefined
}

export interface JestCall {
  readonly kind: 'matcher' | 'snapshot' | 'mock' | 'console' | 'module' | 'other'
  /** As it is written, such as `toEqual`, `require` or `jest.resetModules`. */
  readonly function: string
  /** Whether frames below may tell more, such as the name of the matcher. */
  readonly isOpen: boolean
}

const EXPECT = new Set(['expect', '@jest/expect', '@jest/expect-utils'])
/** They print values, for matchers and for whoever else asks them. */
const PRINTERS = new Set(['jest-matcher-utils', 'jest-diff', 'pretty-format'])
const CONSOLE = new Set(['@jest/console', 'jest-message-util'])

/** Matchers of Jest and of other packages begin with `to`. */
const MATCHER = /^to[A-Z]/
const MODULE = /^(?:_?require\w*|_?load\w*|moduleRequire|_?execModule|_?resolve\w*|import\w*|link\w*)$/
const AUTOMOCK = /^(?:requireMock|_?generateMock|generateFromMetadata|getMetadata)$/
const RESET = /^(?:resetModules|isolateModules(?:Async)?)$/
const DEFINES =
  /^(?:test|it|describe|fit|xit|xtest|fdescribe|xdescribe|_?dispatchDescribe|_addTest|_addHook|each|install|bind)\w*$/

/** The matcher is not on the stack by its name, as while its message is made: the caller's source may tell which one it is. */
export const UNNAMED_MATCHER = 'matcher'
export const MATCHER_MESSAGE = 'message of a matcher'

/** The call of a frame that code of the project called. */
export function jestCallOf({ name, package: owner = '' }: JestFrame): JestCall {
  if (EXPECT.has(owner) && name === 'expect') return { kind: 'matcher', function: name, isOpen: false }
  if (EXPECT.has(owner))
    return matcherNamed(name) ?? { kind: 'matcher', function: UNNAMED_MATCHER, isOpen: true }
  if (PRINTERS.has(owner)) return { kind: 'matcher', function: name, isOpen: false }
  if (owner === 'jest-snapshot') return snapshotCall(name)
  if (owner === 'jest-mock') return mockCall(name)
  if (CONSOLE.has(owner)) return { kind: 'console', function: `console.${name}`, isOpen: false }
  if (owner === 'jest-runtime') return runtimeCall(name)
  if (owner === 'jest-circus' && DEFINES.test(name))
    return { kind: 'other', function: 'test and describe', isOpen: false }
  return { kind: 'other', function: name, isOpen: false }
}

/** What a frame below tells of a call that is open; undefined: nothing. */
export function narrowedCall(
  call: { readonly kind: string },
  { name, package: owner = '' }: JestFrame,
): JestCall | undefined {
  if (call.kind === 'module') return AUTOMOCK.test(name) ? AUTOMOCKED : undefined
  if (call.kind !== 'matcher') return undefined
  if (owner === 'expect' && name === 'getMessage')
    return { kind: 'matcher', function: MATCHER_MESSAGE, isOpen: false }
  return owner === 'jest-snapshot' && MATCHER.test(name) ? snapshotCall(name) : matcherNamed(name)
}

function matcherNamed(name: string): JestCall | undefined {
  return MATCHER.test(name) ? { kind: 'matcher', function: name, isOpen: false } : undefined
}

function snapshotCall(name: string): JestCall {
  return { kind: 'snapshot', function: MATCHER.test(name) ? name : 'snapshot', isOpen: false }
}

function mockCall(name: string): JestCall {
  const isCall = /^(?:mockConstructor|mockImpl|finalReturnValue|\(anonymous\))$/.test(name)
  return { kind: 'mock', function: isCall ? 'mock function' : `jest.${name}`, isOpen: false }
}

const AUTOMOCKED: JestCall = { kind: 'module', function: 'jest.mock without a factory', isOpen: false }

function runtimeCall(name: string): JestCall {
  if (AUTOMOCK.test(name)) return AUTOMOCKED
  if (RESET.test(name)) return { kind: 'module', function: `jest.${name}`, isOpen: false }
  if (MODULE.test(name) || name === '(anonymous)')
    return { kind: 'module', function: 'require', isOpen: true }
  return {
    kind: /^(?:fn|spyOn|\w+AllMocks|mock\w*)$/.test(name) ? 'mock' : 'other',
    function: `jest.${name}`,
    isOpen: false,
  }
}

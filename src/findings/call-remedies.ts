// What is known to make expensive calls cheaper: data, one entry per kind of call. Each states what of the call it spares, so that
// the finding has a measured cost; without `part`, the whole call is an upper bound.

import type { CallKind } from '../attribution/calls.js'

export interface CallRemedy {
  readonly kinds: readonly CallKind[]
  /** Undefined: any. */
  readonly package?: RegExp
  readonly function: RegExp
  /** The functions below the call that the remedy spares. */
  readonly part?: { readonly package: RegExp; readonly function: RegExp; readonly does: string }
  readonly remedy: string
  /** Code to paste. */
  readonly patch?: string
  /** How the doctor tries it for all tests. */
  readonly trial?: {
    readonly name: string
    readonly title: string
    /** The text of a set-up file after the environment, CommonJS. `folder`: the absolute path of the called package. */
    setUp(folder: string): string
  }
}

/** What component tests are about, that they render, takes no advice; hooks of promises have a finding of their own. */
export const EXPECTED_CALLS: readonly Pick<CallRemedy, 'package' | 'function'>[] = [
  { package: /^node:async_hooks$/, function: /./ },
  {
    package:
      /^(?:@testing-library\/(?:react|react-native|vue|svelte|angular|preact)|@vue\/test-utils|enzyme|react-test-renderer)$/,
    function: /^(?:render|renderHook|renderWithAct|mount|shallowMount|shallow|create)/,
  },
]

export const CHILD_PROCESS_REMEDY =
  'Starting a process takes tens of milliseconds, and what it loads comes on top. Call the code in the test itself, start the process once ' +
  'for all files in `globalSetup`, or keep its output where it never changes.'

export const CALL_REMEDIES: readonly CallRemedy[] = [
  {
    // https://testing-library.com/docs/queries/byrole/#hidden
    kinds: ['library'],
    package: /^@testing-library\/dom$/,
    function: /ByRole$/,
    part: {
      package: /^@testing-library\/dom$/,
      function: /^(?:isInaccessible|isSubtreeInaccessible|cachedIsSubtreeInaccessible)$/,
      does: 'checks of visibility',
    },
    remedy:
      'Call `configure({ defaultHidden: true })` of Testing Library in a set-up file, or pass `{ hidden: true }`: elements are then not checked for visibility. Queries by label or by text are cheaper, too.',
    patch:
      "// in a file of setupFilesAfterEnv\nimport { configure } from '@testing-library/dom'\n\nconfigure({ defaultHidden: true })",
    trial: {
      name: 'default-hidden',
      title: 'defaultHidden of Testing Library',
      setUp: folder => `require(${JSON.stringify(folder)}).configure({ defaultHidden: true })\n`,
    },
  },
  {
    // https://testing-library.com/docs/queries/byrole/#performance
    kinds: ['library'],
    package: /^@testing-library\/dom$/,
    function: /ByRole$/,
    remedy:
      'A query by role computes the role and the name of each element in its container. Search a smaller part, `within(element)`, or query by label, by text or by test id where the role is not the question.',
  },
  {
    // https://testing-library.com/docs/user-event/utility/#type
    kinds: ['library'],
    package: /^@testing-library\/user-event$/,
    function: /^(?:type|keyboard|asyncWrapper|asAsync)/,
    remedy:
      'Every key sends five events and renders again. Where the keys themselves are not what a test is about, use `user.paste()` or `fireEvent.change()`, and shorter texts.',
    patch: '// where the tests set it up\nconst user = userEvent.setup({ delay: null })',
    trial: {
      name: 'user-event-delay',
      title: 'user-event without a delay between keys',
      setUp: folder =>
        `const userEvent = require(${JSON.stringify(folder)}).default\n` +
        'const { setup } = userEvent\n' +
        'userEvent.setup = options => setup.call(userEvent, { delay: null, ...options })\n',
    },
  },
  {
    kinds: ['library'],
    package: /^@testing-library\/dom$/,
    function: /^(?:waitFor|findBy|findAllBy)/,
    remedy:
      'The function is called again every 50 ms and at each change of the document. Query cheaply within it, and assert one thing in it.',
  },
  {
    // https://github.com/testing-library/jest-dom#tobevisible
    kinds: ['matcher'],
    function: /^toBeVisible$/,
    remedy:
      'It computes the style of the element and of all its ancestors. Use `toBeInTheDocument()` where visibility is not the question.',
  },
  {
    kinds: ['library', 'node', 'native'],
    package: /^(?:bcrypt|bcryptjs|bcrypt-nodejs|argon2|@node-rs\/(?:bcrypt|argon2)|scrypt-js|node:crypto)$/,
    function: /^(?:hash|compare|genSalt|encode|verify|pbkdf2|scrypt|argon2)/i,
    remedy:
      'It is slow on purpose. Read the number of rounds or iterations from the configuration, and set the lowest one in tests.',
    patch: '// where it is called\nconst ROUNDS = process.env.NODE_ENV === "test" ? 4 : 12',
    trial: {
      name: 'fewer-rounds',
      title: 'four rounds of bcrypt',
      setUp: folder =>
        `const library = require(${JSON.stringify(folder)})\n` +
        "for (const name of ['hash', 'hashSync', 'genSalt', 'genSaltSync']) {\n" +
        '  const original = library[name]\n' +
        "  if (typeof original === 'function')\n" +
        "    library[name] = (...args) => original.apply(library, args.map(value => (typeof value === 'number' ? Math.min(value, 4) : value)))\n" +
        '}\n',
    },
  },
  {
    kinds: ['node'],
    package: /^node:child_process$/,
    function: /^(?:exec|spawn|fork)/,
    remedy: CHILD_PROCESS_REMEDY,
  },
  {
    kinds: ['console'],
    function: /./,
    remedy:
      'Jest captures and maps a stack for each message. Mock the method where the message is expected, as in `jest.spyOn(console, "error").mockImplementation(() => {})`, or run with `--silent`.',
  },
  {
    kinds: ['snapshot'],
    function: /./,
    remedy:
      'Printing and comparing takes as long as the value is large. Take the snapshot of the part that the test is about.',
  },
  {
    kinds: ['matcher'],
    function: /^(?:message of a matcher$|print|diff|stringify|format|matcherHint)/,
    remedy:
      'A message is printed for each failure, which takes as long as the values are large. Compare the part that the test is about, such as ids; a matcher of your own should print only within `message: () => …`, which is not called when it passes.',
  },
  {
    // https://jestjs.io/docs/mock-functions#mock-property
    kinds: ['matcher'],
    function: /^to(?:HaveBeen|HaveNth|HaveLast|HaveReturned)/,
    remedy:
      'It compares with every call of the mock, so it takes long where there are many. Ask for the call that is meant, with `toHaveBeenLastCalledWith(…)` or `toHaveBeenNthCalledWith(n, …)`, which are stricter, or clear the mock before what the test is about if earlier calls do not matter.',
  },
  {
    kinds: ['matcher'],
    function: /^(?:matcher$|to(?:Equal|StrictEqual|MatchObject|Contain))/,
    remedy:
      'Comparing takes as long as the values are large: compare the part that the test is about, such as an id.',
  },
  {
    kinds: ['stack'],
    function: /./,
    remedy:
      'Each frame of a stack is mapped through source maps when `error.stack` is read, and Jest raises the limit of frames from 10 to 100. Lower it in these tests, read the stack only where it is needed, or create fewer errors.',
    patch: '// in these tests, whose failures then show as many frames\nError.stackTraceLimit = 3',
  },
  {
    // https://jestjs.io/docs/jest-object#jestsetsystemtimenow-number--date
    kinds: ['other'],
    function: /^jest\.(?:advanceTimers|run(?:All|Only))/,
    remedy:
      'Each timer that is due in that time runs, one after the other: an interval of 10 ms runs 360,000 times in an hour. Advance by less, stop intervals that the test is not about, or set the clock with `jest.setSystemTime()`, which runs none.',
  },
  {
    kinds: ['module'],
    function: /^jest\.mock without a factory$/,
    remedy:
      'To make a mock, Jest loads the module and walks all that it exports. Give a factory: `jest.mock("./module", () => ({ … }))`, which returns what the tests use of it.',
  },
]

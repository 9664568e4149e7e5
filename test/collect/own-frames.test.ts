// Uses real errors of another realm, as in a sandbox, in which functions of the user, of Node and of the profiler call each other.

import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { hideOwnFrames } from '../../src/collect/own-frames.js'

/** The folder of the profiler's own files. */
const OWN = new URL('../../src/', import.meta.url).href
const OWN_PATH = fileURLToPath(OWN)

const { prepareStackTrace, stackTraceLimit } = Error

beforeEach(() => {
  delete (Error as Partial<typeof Error>).prepareStackTrace
  Error.stackTraceLimit = 10
})

afterEach(() => {
  Error.prepareStackTrace = prepareStackTrace as NonNullable<typeof prepareStackTrace>
  Error.stackTraceLimit = stackTraceLimit
})

type Step = readonly [name: string, file: string]
type Call = (rest: readonly Call[]) => string[]

const user = (name: string): Step => [name, `/project/src/${name}.js`]
const nodes = (name: string): Step => [name, 'node:internal/process/task_queues']
const ours = (name: string): Step => [name, `${OWN}collect/modules/${name}.js`]

/** A realm that formats stacks as names and files. */
function sandbox({ formats = true, limit = 10 } = {}) {
  const context = createContext({})
  const realm = runInContext('Error', context) as ErrorConstructor
  realm.stackTraceLimit = limit
  if (formats)
    realm.prepareStackTrace = (_error, sites) =>
      sites.map(site => `${site.getFunctionName()} ${site.getFileName()}`)
  const compile = ([name, filename]: Step) =>
    runInContext(
      `(function ${name}([next, ...rest]) { return next === undefined ? new Error('failed').stack : next(rest) })`,
      context,
      { filename },
    ) as Call
  return {
    realm,
    /** The stack of an error below these calls, innermost call first, with this file last. */
    stack(...innermostFirst: Step[]): string[] {
      const [outermost, ...rest] = innermostFirst.toReversed().map(compile)
      return outermost?.(rest) ?? []
    },
  }
}

/** The stacks of the same calls, without and with the profiler. */
function both(
  steps: readonly Step[],
  limit?: number,
  visible = steps.filter(([, file]) => !file.startsWith(OWN)),
) {
  const [plain, hidden] = [sandbox({ limit }), sandbox({ limit })]
  hideOwnFrames(hidden.realm)
  return { without: plain.stack(...visible), withUs: hidden.stack(...steps) }
}

describe('hideOwnFrames: stacks', () => {
  test('omit the profiler’s calls and keep all others, as without the profiler', () => {
    const steps = [user('deep'), ours('around'), user('helper'), ours('value'), ours('wrapper'), user('test')]
    const { without, withUs } = both(steps)
    expect(withUs).toEqual(without)
    expect(withUs).toHaveLength(10)
    expect(withUs.slice(0, 3)).toEqual([
      'deep /project/src/deep.js',
      'helper /project/src/helper.js',
      'test /project/src/test.js',
    ])
  })

  test.each([1, 2, 3, 5, 50])('with a limit of %d have as many calls as without the profiler', limit => {
    const users = Array.from({ length: 30 }, (_, index) => user(`step${index}`))
    // The profiler's calls are among the first that V8 keeps, and as many as there can be.
    const steps = [
      ...users.slice(0, 1),
      ...Array.from({ length: 16 }, () => ours('around')),
      ...users.slice(1),
    ]
    const { without, withUs } = both(steps, limit)
    expect(withUs).toEqual(without)
    expect(withUs.length).toBeGreaterThanOrEqual(Math.min(limit, 30))
  })

  test('have all calls without a limit, and none with a limit of 0', () => {
    const steps = [user('deep'), ours('around'), user('test')]
    const all = both(steps, Number.POSITIVE_INFINITY)
    expect(all.withUs).toEqual(all.without)
    const none = both(steps, 0)
    expect([none.withUs, none.without]).toEqual([[], []])
  })

  test('omit Node’s calls between two calls of the profiler, and keep Node’s other calls', () => {
    const steps = [nodes('first'), user('deep'), ours('value'), nodes('then'), nodes('run'), ours('around')]
    const visible = [nodes('first'), user('deep')]
    const above = [...steps, nodes('timer'), user('test'), nodes('last')]
    const { without, withUs } = both(above, 20, [...visible, nodes('timer'), user('test'), nodes('last')])
    expect(withUs).toEqual(without)
  })

  test('omit calls in the profiler’s folder, by URL and by path, but not in similarly named folders', () => {
    const files = [`${OWN}collect/a.js`, `${OWN_PATH}report/b.js`]
    const others = [
      OWN.replace(/\/$/, '-of-others/a.js'),
      `${OWN_PATH.slice(0, -1)}.js`,
      `/elsewhere${OWN_PATH}a.js`,
    ]
    const { realm, stack } = sandbox()
    hideOwnFrames(realm)
    const steps = [...files, ...others].map((file): Step => ['call', file])
    const told = stack(...steps).filter(line => line.startsWith('call '))
    expect(told).toEqual(others.map(file => `call ${file}`))
  })
})

describe('hideOwnFrames: stackTraceLimit', () => {
  test('a limit that is set later applies, including frames of the profiler', () => {
    const { realm, stack } = sandbox()
    hideOwnFrames(realm)
    realm.stackTraceLimit = 3
    const steps = [user('deep'), ours('around'), user('helper'), user('test')]
    expect(stack(...steps)).toEqual(['deep /project/src/deep.js', 'helper /project/src/helper.js'])
  })

  test('a limit is raised once per realm, and again after it is set to another value', () => {
    const { realm, stack } = sandbox({ limit: 2 })
    hideOwnFrames(realm)
    const raised = realm.stackTraceLimit
    hideOwnFrames(realm)
    expect(realm.stackTraceLimit).toBe(raised)
    realm.stackTraceLimit = 1
    hideOwnFrames(realm)
    expect(realm.stackTraceLimit).toBe(raised - 1)
    expect(stack(user('deep'), ours('around'), user('test'))).toEqual(['deep /project/src/deep.js'])
  })

  test('a limit that is not a number is left unchanged', () => {
    const { realm } = sandbox()
    Object.assign(realm, { stackTraceLimit: 'all' })
    hideOwnFrames(realm)
    expect(realm.stackTraceLimit).toBe('all')
  })
})

describe('hideOwnFrames: prepareStackTrace', () => {
  test('a formatter is wrapped once, and a new formatter as well', () => {
    const { realm } = sandbox()
    const { prepareStackTrace: first } = realm
    hideOwnFrames(realm)
    const { prepareStackTrace: wrapped } = realm
    expect(wrapped).not.toBe(first)
    hideOwnFrames(realm)
    expect(realm.prepareStackTrace).toBe(wrapped)
    realm.prepareStackTrace = () => 'new'
    hideOwnFrames(realm)
    expect(realm.prepareStackTrace).not.toBe(wrapped)
    expect(new realm('failed').stack).toBe('new')
  })

  test('the formatter of Jest’s realm gets a sandbox’s errors without the profiler’s frames, with the sandbox’s limit', () => {
    const { realm, stack } = sandbox({ formats: false, limit: 2 })
    Error.prepareStackTrace = (_error, sites) => sites.map(site => site.getFunctionName())
    hideOwnFrames(realm)
    const { prepareStackTrace: formatter } = Error
    // Node calls it like this for a realm without a formatter.
    realm.prepareStackTrace = (error, sites) => formatter?.(error, sites)
    expect(stack(user('deep'), ours('around'), user('helper'), user('test'))).toEqual(['deep', 'helper'])
  })
})

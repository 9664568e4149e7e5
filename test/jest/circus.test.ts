// Uses jest-circus of real Jest versions, which runs tests and emits its events.

import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import {
  blockNames,
  type CircusEvent,
  type CircusState,
  reportEvent,
  type TestObserver,
  wrapFunction,
} from '../../src/jest/circus.js'
import { JESTS, type JestOfTests } from '../support/jests.js'

type Define = (name: string, fn: (...args: never[]) => unknown, timeout?: number) => void

interface CircusModule {
  describe: Define
  test: Define & { skip: Define; todo(name: string): void; concurrent: Define }
  beforeEach(fn: () => unknown): void
  afterAll(fn: () => unknown): void
  run(): Promise<unknown>
  addEventHandler?(handler: EventHandler): void
}

type EventHandler = (event: CircusEvent, state: CircusState) => void

/** Adds a listener to all events, for which Jest 29 has no public method. */
function listen(jest: JestOfTests, circus: CircusModule, handler: EventHandler): void {
  if (circus.addEventHandler !== undefined) circus.addEventHandler(handler)
  else {
    const state = join(jest.folder('jest-circus'), 'build/state.js')
    jest.require<{ addEventHandler(handler: EventHandler): void }>(state).addEventHandler(handler)
  }
}

function listener() {
  const lines: string[] = []
  // The default time limit is that of the Jest that runs this file.
  const shown = (limit: number | undefined) => (limit === 70 || limit === undefined ? limit : 'default')
  const nameOf = ({ name }: { name: unknown }) => String(name)
  const told: TestObserver = {
    frameworkLoaded: () => lines.push('framework loaded'),
    blockDefined: block => lines.push(`block ${blockNames(block).join(' › ')}`),
    testDefined: entry => lines.push(`defined ${nameOf(entry)} in ${blockNames(entry.parent).join(' › ')}`),
    hookDefined: ({ type }) => lines.push(`defined ${type}`),
    testsBegin: tests => lines.push(`tests ${tests.map(nameOf).join(', ')}`),
    hookBegins: ({ type }, limit) => lines.push(`${type} begins, ${shown(limit)}`),
    hookEnds: ({ type }) => lines.push(`${type} ends`),
    testBegins: entry => lines.push(`${nameOf(entry)} begins`),
    functionBegins: (entry, limit) => lines.push(`${nameOf(entry)} calls, ${shown(limit)}`),
    functionEnds: entry => lines.push(`${nameOf(entry)} returns`),
    testEnds: (entry, outcome) => lines.push(`${nameOf(entry)} ${outcome}`),
  }
  return { lines, told }
}

describe.each(JESTS)('reportEvent with jest-circus of Jest %s', (_version, jest) => {
  test('reports definitions as they are made, and hooks and tests as they run', async () => {
    const circus = jest.require<CircusModule>('jest-circus')
    const { lines, told } = listener()
    listen(jest, circus, (event, state) => reportEvent(event, state, told))
    circus.describe('outer', () => {
      circus.beforeEach(() => undefined)
      circus.test('passes', () => undefined, 70)
      circus.test('fails', () => {
        throw new Error('no')
      })
      circus.test.skip('skipped', () => undefined)
      circus.test.todo('later')
    })
    circus.afterAll(() => undefined)
    await circus.run()
    expect(lines).toEqual([
      ...['block outer', 'defined beforeEach', 'defined passes in outer', 'defined fails in outer'],
      ...['defined skipped in outer', 'defined later in outer', 'defined afterAll'],
      'tests passes, fails, skipped, later',
      ...['passes begins', 'beforeEach begins, default', 'beforeEach ends'],
      ...['passes calls, 70', 'passes returns', 'passes passed'],
      ...['fails begins', 'beforeEach begins, default', 'beforeEach ends'],
      ...['fails calls, default', 'fails returns', 'fails failed'],
      ...['skipped begins', 'skipped skipped', 'later begins', 'later todo'],
      ...['afterAll begins, default', 'afterAll ends'],
    ])
  })
})

describe('reportEvent with an unknown jest-circus', () => {
  test('ignores unknown events, and events without the known properties', () => {
    const { lines, told } = listener()
    for (const event of [
      { name: 'test_begins', test: { name: 'a' } },
      { name: 'test_start' },
      { name: 'hook_start' },
      { name: 'add_test' },
      { name: 'add_hook' },
      { name: 'start_describe_definition' },
    ])
      reportEvent(event, {}, told)
    expect(lines).toEqual([])
    reportEvent({ name: 'run_start' }, {}, told)
    expect(lines).toEqual(['tests '])
  })
})

describe('wrapFunction', () => {
  test('calls the function within the wrapper, with its receiver, arguments and result', () => {
    const calls: string[] = []
    function fn(this: string, ...args: number[]) {
      calls.push('fn')
      return `${this}: ${args.join()}`
    }
    const wrapped = wrapFunction(fn, call => {
      calls.push('before')
      try {
        return call()
      } finally {
        calls.push('after')
      }
    })
    expect(wrapped.call('me', 1, 2)).toBe('me: 1,2')
    expect(calls).toEqual(['before', 'fn', 'after'])
  })

  test('passes the function’s error through', () => {
    const error = new Error('no')
    const wrapped = wrapFunction(
      () => {
        throw error
      },
      call => call(),
    )
    expect(wrapped).toThrow(error)
  })

  test('keeps the function’s length and name', () => {
    const fn = function waits(_done: () => void) {}
    const { length, name } = wrapFunction(fn, call => call())
    expect([length, name]).toEqual([1, 'waits'])
    expect(
      wrapFunction(
        async () => undefined,
        call => call(),
      ),
    ).toHaveLength(0)
  })

  test('returns generators and non-functions unchanged', () => {
    const generator = function* () {}
    for (const given of [generator, undefined, null]) expect(wrapFunction(given, call => call())).toBe(given)
  })
})

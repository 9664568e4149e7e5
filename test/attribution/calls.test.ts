// Calls with which the project's own code leaves it.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { callsOf, forEachCaller } from '../../src/attribution/calls.js'
import { foldRecording } from '../../src/attribution/fold-recording.js'
import { isOwnCode } from '../../src/profile/own-code.js'
import { type Profile, samplesOf, TIMES } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { anyRecording } from '../support/any-recording.js'
import { profileFromText } from '../support/profile-from-text.js'

function shown(profile: Profile): string[] {
  return callsOf(profile)
    .calls.filter(({ total }) => total > 0)
    .map(({ caller, callee: { kind, function: name, package: owner }, self, total }) =>
      [profile.frames[caller]?.name, kind, owner, name, self, total]
        .filter(part => part !== undefined)
        .join(' '),
    )
}

const drawn = (text: string) => shown(profileFromText(text))

describe('callsOf', () => {
  test('books everything below own code for the innermost own function and the call that leaves it', () => {
    const calls = drawn(`
      t1                  t1                  t1                  t1
      A                   A                   A                   A
      get[dependency:dom] get[dependency:dom] get[dependency:dom] B
      q[dependency:query] q[dependency:query] C
                          r[node:fs]
    `)
    expect(calls).toEqual(['A library dom get 0 2'])
  })

  test('names a call of a package by its first function that has a name', () => {
    const calls = drawn(`
      t1                          t1                          t1
      A                           A                           A
      (anonymous)[dependency:dom] (anonymous)[dependency:dom] (anonymous)[dependency:dom]
      query[dependency:dom]       x[dependency:other]
    `)
    expect(calls).toEqual(['A library dom (anonymous) 1 2', 'A library dom query 1 1'])
  })

  test('leaves out what V8 adds to names of exports', () => {
    const name = 'process.env.NODE_ENV.exports.createElement'
    expect(drawn(`t1\nA\n${name}[dependency:react]`)).toEqual(['A library react createElement 1 1'])
  })

  test.each([
    [
      ['throwingMatcher[jest:expect]', 'toEqual[jest:expect]', 'equals[jest:@jest/expect-utils]'],
      'matcher expect toEqual',
    ],
    [['throwingMatcher[jest:expect]', 'toBeVisible[dependency:jest-dom]'], 'matcher jest-dom toBeVisible'],
    [['expect[jest:expect]'], 'matcher expect expect'],
    [['throwingMatcher[jest:expect]'], 'matcher expect matcher'],
    [['throwingMatcher[jest:expect]', 'getMessage[jest:expect]'], 'matcher expect message of a matcher'],
    [['printReceived[jest:jest-matcher-utils]'], 'matcher jest-matcher-utils printReceived'],
    [
      ['throwingMatcher[jest:expect]', 'toMatchSnapshot[jest:jest-snapshot]'],
      'snapshot expect toMatchSnapshot',
    ],
    [['mockConstructor[jest:jest-mock]'], 'mock jest-mock mock function'],
    [['spyOn[jest:jest-mock]'], 'mock jest-mock jest.spyOn'],
    [['log[jest:@jest/console]'], 'console @jest/console console.log'],
    [['requireModuleOrMock[jest:jest-runtime]', 'compileFunction[compile]'], 'module jest-runtime require'],
    [
      ['requireModuleOrMock[jest:jest-runtime]', '_generateMock[jest:jest-runtime]'],
      'module jest-runtime jest.mock without a factory',
    ],
    [['resetModules[jest:jest-runtime]'], 'module jest-runtime jest.resetModules'],
    [['get.stack[stacks]'], 'stack error stack'],
    [['parse[native]'], 'native parse'],
    [['test[jest:jest-circus]'], 'other jest-circus test and describe'],
  ])('recognizes %j', (frames, call) => {
    const profile = profileFromText(['t1', 'A', ...frames].join('\n'))
    expect(shown(profile).map(text => text.replace(/ \d+ \d+$/, ''))).toEqual([`A ${call}`])
  })

  test('names the module of Node, whatever internal file the function is in', () => {
    const profile = profileFromText('t1\nA\nreadFileSync[node:fs]')
    expect(shown(profile)).toEqual(['A node node:fs readFileSync 1 1'])
  })

  test('garbage collections and the profiler’s own functions are part of what runs around them', () => {
    const calls = drawn(`
      t1  t1                  t1
      A   A                   A
      gc  get[dependency:dom] p[profiler]
          gc                  get[dependency:dom]
    `)
    expect(calls).toEqual(['A library dom get 1 2'])
  })

  test('what a package does after an await is a call without a caller, until own code runs', () => {
    const calls = drawn(`
      t1                    t1                    t1                    t1
      tasks[node:internal]  type[dependency:user] type[dependency:user] load[jest:jest-runtime]
      type[dependency:user] key[dependency:dom]   A                     x[dependency:user]
                                                  get[dependency:dom]
    `)
    expect(calls).toEqual(['library user (after await) 1 2', 'A library dom get 1 1'])
  })

  test('own time and calls add up to the time of all stacks with own code, and so do the calls of all owners', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const builder = new ProfileBuilder()
        foldRecording(builder, recording)
        const profile = builder.build()
        const { frames, stacks } = profile
        const columns = callsOf(profile)
        const hasOwn = new Map<number, boolean>()
        for (let stack = 0; stack < stacks.frame.length; stack++) {
          const frame = frames[stacks.frame[stack] ?? -1]
          const caller = stacks.caller[stack] ?? -1
          hasOwn.set(stack, (frame !== undefined && isOwnCode(frame)) || hasOwn.get(caller) === true)
        }
        let [own, called] = [0, 0]
        for (const samples of [samplesOf(profile, TIMES.cpu), samplesOf(profile, TIMES.blocked)])
          samples.stack.forEach((leaf, row) => {
            const isIdle = frames[stacks.frame[leaf] ?? -1]?.category === 'idle'
            const stack = isIdle ? (stacks.caller[leaf] ?? -1) : leaf
            if (stack < 0) return
            // Resumed work of a package has no own code on its stack.
            if (columns.callOf[stack] === -1 && hasOwn.get(stack) !== true) return
            if (columns.callOf[stack] === -1) own += samples.weight[row] ?? 0
            else called += samples.weight[row] ?? 0
          })
        const total = columns.calls.reduce((sum, call) => sum + call.total, 0)
        expect(total).toBe(called)
        expect(own).toBeGreaterThanOrEqual(0)
        let byOwner = 0
        forEachCaller(
          profile,
          columns,
          ({ file, test: index }) => `${file} ${index}`,
          (_owner, _call, part) => {
            byOwner += part
          },
        )
        expect(byOwner).toBe(called)
      }),
    )
  })
})

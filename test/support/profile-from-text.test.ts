import { expect, test } from '@jest/globals'
import { samplesOf, TIMES } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { violationsOf } from './check-profile.js'
import { columnsOfText, profileFromText } from './profile-from-text.js'

test('columnsOfText assigns a name to the column above it, not to the next free column', () => {
  expect(
    columnsOfText(`
      t1  t1  t2
      A   A   A
      B       C
    `),
  ).toEqual([
    { head: 't1', names: ['A', 'B'] },
    { head: 't1', names: ['A'] },
    { head: 't2', names: ['A', 'C'] },
  ])
})

test('profileFromText refuses a name below no head, an unknown category and an unknown scope', () => {
  expect(() => profileFromText('t1\n  A')).toThrow('"A" begins below no head')
  expect(() => profileFromText('t1\nA[dog]')).toThrow('"dog" is no category')
  expect(() => profileFromText('test\nA')).toThrow('"test" is no scope')
  expect(() => profileFromText('t1  t2\nA')).toThrow('the column "t2" names no frame')
})

test('violationsOf finds callees before their callers, indexes out of range and duplicate rows', () => {
  const sound = profileFromText(`
    t1  t2
    A   A
    B   B
  `)
  const { stacks } = sound
  const samples = samplesOf(sound, TIMES.cpu)
  expect(violationsOf(sound)).toEqual([])
  expect(violationsOf(new ProfileBuilder().build())).toEqual([])
  const reversed = { frame: [...stacks.frame].toReversed(), caller: [...stacks.caller].toReversed() }
  expect(violationsOf({ ...sound, stacks: reversed })).toEqual(['stack 0 stands before caller 0'])
  expect(violationsOf({ ...sound, frames: [] })).toEqual(['stack 0 is of no frame', 'stack 1 is of no frame'])
  expect(violationsOf({ ...sound, values: [{ ...samples, scope: [...samples.scope].slice(1) }] })).toContain(
    'cpu: columns of different lengths',
  )
  const first = [...samples.scope].slice(0, 1).flatMap(scope => [scope, scope])
  expect(violationsOf({ ...sound, values: [{ ...samples, scope: first }] })).toEqual(['row twice: "1 0"'])
})

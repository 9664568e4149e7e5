import { describe, expect, test } from '@jest/globals'
import { at } from '../../../src/profile/columns.js'
import type { Frame } from '../../../src/profile/profile.js'
import { allSamples } from '../../support/all-samples.js'
import { violationsOf } from '../../support/check-profile.js'
import { type DrawnSides, drawnComparison } from '../../support/drawn-comparison.js'

/** Each stack as its frames, the position of the innermost, and its milliseconds in base and in head. */
function stacksOf(sides: DrawnSides): string[] {
  const { profile, runs } = drawnComparison(sides).calls
  const { stacks, frames, scopes } = profile
  const samples = allSamples(profile)
  const times = Array.from(stacks.frame, () => ({ base: 0, head: 0 }))
  samples.stack.forEach((stack, row) => {
    const { worker } = at(scopes, at(samples.scope, row))
    at(times, stack)[worker < runs.base ? 'base' : 'head'] += at(samples.weight, row) / 1000
  })
  const names = (stack: number): string[] =>
    stack < 0 ? [] : [...names(at(stacks.caller, stack)), at(frames, at(stacks.frame, stack)).name]
  return Array.from(stacks.frame, (frame, stack) => {
    const { file, line } = at(frames, frame)
    const { base, head } = at(times, stack)
    return `${names(stack).join('>')} ${file}:${line} ${base} ${head}`
  })
}

const moved = (frame: Frame): Frame => ({ ...frame, line: frame.line + 7 })

describe('comparedCalls', () => {
  test('merges equal calls of both sides and keeps the time of each side', () => {
    const stacks = stacksOf({ base: { text: 't0 t0\nA  A\nB' }, head: { text: 't0\nA\nC' }, runs: 1 })
    expect(stacks.toSorted()).toEqual(['A src/A.js:1 100 0', 'A>B src/B.js:1 100 0', 'A>C src/C.js:1 0 100'])
  })

  test('merges a function whose lines were shifted and uses its position in head', () => {
    const text = 't0\nA\nB'
    const stacks = stacksOf({ base: { text }, head: { text, frame: moved }, runs: 1 })
    expect(stacks.toSorted()).toEqual(['A src/A.js:8 0 0', 'A>B src/B.js:8 100 100'])
  })

  test('keeps functions that cannot be matched apart, even at the same position', () => {
    const list = (lines: Record<string, number>) => (frame: Frame) => {
      const [name = ''] = frame.name.split('_')
      const line = lines[frame.name] ?? 1
      return {
        ...frame,
        name: name === 'nameless' ? '(anonymous)' : name,
        file: '/project/src/list.js',
        line,
      }
    }
    const sides = {
      base: {
        text: 't0 t0 t0\nbefore nameless_1 after'.replace('t0 t0 t0', 't0     t0         t0'),
        frame: list({ before: 1, nameless_1: 5, after: 20 }),
      },
      head: {
        text: 't0     t0         t0\nbefore nameless_1 after',
        frame: list({ before: 1, nameless_1: 5, after: 23 }),
      },
      runs: 1,
    }
    expect(stacksOf(sides)).toEqual(
      expect.arrayContaining([
        '(anonymous) src/list.js (base):5 100 0',
        '(anonymous) src/list.js:5 0 100',
        'after src/list.js:23 100 100',
      ]),
    )
    const { profile, uncertain } = drawnComparison(sides).calls
    expect([...uncertain].map(frame => at(profile.frames, frame).file).toSorted()).toEqual([
      'src/list.js',
      'src/list.js (base)',
    ])
  })

  test('puts the scopes of base first and keeps their phases', () => {
    const { profile, runs } = drawnComparison({
      base: { text: 't0 -\nA  A' },
      head: { text: 't0\nA' },
      runs: 2,
    }).calls
    expect(violationsOf(profile)).toEqual([])
    expect(runs).toEqual({ base: 2, head: 2 })
    expect(profile.scopes.map(({ worker, phase }) => `${worker} ${phase}`).toSorted()).toEqual([
      ...['0 other', '0 tests', '1 other', '1 tests'],
      ...['2 tests', '3 tests'],
    ])
  })
})

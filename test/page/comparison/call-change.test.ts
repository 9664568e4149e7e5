import { describe, expect, test } from '@jest/globals'
import { changeOf } from '../../../src/page/comparison/call-change.js'
import {
  colourLegend,
  colourOfChange,
  NOISE_COLOUR,
  shortChange,
} from '../../../src/page/comparison/change-look.js'
import type { ComparedCall } from '../../../src/page/comparison/compared-trees.js'

const FLOOR = { unit: 'microseconds', intervalMicros: 10_000, allowance: 0.05 } as const

/** Times in milliseconds. */
function call(base: number[], head: number[], isUnmatched = false): ComparedCall {
  const micros = (times: number[]) => Float64Array.from(times, ms => ms * 1000)
  return {
    ...{ id: 1, frame: 0, label: 'f', caller: undefined, base: undefined, head: undefined, isUnmatched },
    ...{ ofBase: micros(base), ofHead: micros(head) },
  }
}

const many = (ms: number) => [ms - 20, ms, ms, ms + 10, ms + 10]

describe('changeOf', () => {
  test.each([
    ['a call that is slower by more than noise', many(500), many(900), 'slower'],
    ['a call that is faster by more than noise', many(900), many(500), 'faster'],
    ['a call only in head as new', many(0).map(() => 0), many(500), 'new'],
    ['a call only in base as gone', many(500), many(0).map(() => 0), 'gone'],
    ['an unchanged call as noise', many(500), many(500), 'noise'],
    [
      'a difference within the spread of the runs as noise',
      [100, 900, 200, 800],
      [300, 1200, 400, 900],
      'noise',
    ],
    ['a single sample on one side as noise', [10, 0, 0, 0], [0, 0, 0, 0], 'noise'],
    ['steady runs of one or two samples as noise', [10, 10, 10, 10], [20, 20, 20, 20], 'noise'],
    ['a change within the allowance for the machine as noise', many(50_000), many(52_000), 'noise'],
    ['one run per side, beyond sampling error, as slower', [1000], [2000], 'slower'],
    ['one run per side, within sampling error, as noise', [100], [130], 'noise'],
    ['two runs per side that overlap as noise', [1000, 1010], [1009, 2000], 'noise'],
    ['two runs per side that do not overlap as slower', [1000, 1010], [1990, 2000], 'slower'],
  ])('classifies %s', (_what, base, head, kind) => {
    expect(changeOf(call(base, head), FLOOR).kind).toBe(kind)
  })

  test('gives a call that cannot be matched no text and the colour of noise', () => {
    const change = changeOf(call(many(500), many(900), true), FLOOR)
    expect([change.kind, shortChange(change), colourOfChange(change)]).toEqual([
      'unmatched',
      '',
      NOISE_COLOUR,
    ])
  })
})

describe('Colours of change', () => {
  const luminance = (colour: string) => {
    const channels = [1, 3, 5].map(start => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
    const [red = 0, green = 0, blue = 0] = channels.map(channel =>
      channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }

  test('have enough contrast with dark text', () => {
    for (const { colour } of colourLegend())
      expect((luminance(colour) + 0.05) / (luminance('#1b1a18') + 0.05)).toBeGreaterThan(6)
  })

  test('range from gone to new, with half and double at the same distance from the middle', () => {
    const legend = colourLegend().map(({ colour }) => colour)
    expect(new Set(legend).size).toBe(9)
    const place = (share: number) =>
      legend.indexOf(colourOfChange({ kind: share > 0 ? 'slower' : 'faster', share })) - 4
    expect([-1, -0.5, -0.4, -0.2, -0.01].map(place)).toEqual([-4, -4, -3, -2, -1])
    expect([0.01, 0.2, 0.7, 1, Number.POSITIVE_INFINITY].map(place)).toEqual([1, 2, 3, 4, 4])
  })

  test('are labelled with their percentages in the legend', () => {
    expect(colourLegend().map(({ text }) => text)).toEqual([
      '−50 % or more, gone',
      '−33 % … −50 %',
      '−9.1 % … −33 %',
      'up to −9.1 %',
      'within noise or not matched',
      'up to +10 %',
      '+10 % … +50 %',
      '+50 % … +100 %',
      '+100 % or more, new',
    ])
  })
})

import { expect, test } from '@jest/globals'
import { longestWaits, waitKey, waitSums } from '../../src/attribution/wait-sums.js'
import { resolvedFromText } from '../support/recording.js'
import { withWaits } from '../support/waits.js'

test('the longest span of each wait is found by its kind and stack', () => {
  const recording = withWaits(resolvedFromText('100  200   500  600   800\nA    idle  A    idle  A'), {
    resources: [{ stack: ['A'] }, { stack: ['A'], kind: 'socket' }, { stack: ['A'], test: 0 }, { stack: [] }],
    wakes: [
      [300, 0],
      [499, 2],
      [650, 1],
      [790, 0],
    ],
  })
  const longest = longestWaits(recording)
  const shown = waitSums(recording).map(sum => `${sum.kind} ${longest.get(waitKey(sum))} of ${sum.total}`)
  expect(shown).toEqual(['timer 200 of 250', 'timer 200 of 200', 'socket 50 of 50'])
  expect(longest.size).toBe(2)
})

test('a recording without waits has no longest waits', () => {
  expect(longestWaits(resolvedFromText('0 100\nA idle')).size).toBe(0)
})

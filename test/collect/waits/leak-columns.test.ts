import { expect, test } from '@jest/globals'
import { LeakColumns } from '../../../src/collect/waits/wake-columns.js'

const shown = (leaks: LeakColumns<string>) =>
  leaks
    .ordered()
    .map(({ entry, during, time, count, micros }) => `${entry} in ${during} at ${time} ×${count} ${micros}`)

test('LeakColumns keeps each callback, in order of wake-up', () => {
  const leaks = new LeakColumns<string>()
  leaks.add({ entry: 'outer', during: 1, time: 20, micros: 9 })
  leaks.add({ entry: 'inner', during: 1, time: 10, micros: 5 })
  expect(shown(leaks)).toEqual(['inner in 1 at 10 ×1 5', 'outer in 1 at 20 ×1 9'])
})

test('LeakColumns adds callbacks beyond its limit to the last one in the same test', () => {
  const leaks = new LeakColumns<string>(2)
  for (let call = 0; call < 5; call++)
    leaks.add({ entry: `call ${call}`, during: call < 4 ? 1 : 2, time: call, micros: 10 })
  expect(shown(leaks)).toEqual(['call 0 in 1 at 0 ×1 10', 'call 1 in 1 at 1 ×3 30', 'call 4 in 2 at 4 ×1 10'])
})

import { describe, expect, test } from '@jest/globals'
import { busyMachineText, ownMs, shownReadyMs } from '../../src/report/views/busy-machine.js'

describe('a machine is short of cores', () => {
  const isShort = (fileWallMs: number, readyMs: number | null) =>
    busyMachineText({ fileWallMs, readyMs }) !== ''

  test('where more than a fifth of the files’ time was without one', () => {
    expect([isShort(1000, 200), isShort(1000, 201), isShort(1000, 1000)]).toEqual([false, true, true])
  })

  test('and not where that is too little to be shown from the steps of a clock', () => {
    expect([isShort(120, 99), isShort(120, 100)]).toEqual([false, true])
  })

  test('and not where nobody knows', () => {
    expect(isShort(1000, null)).toBe(false)
  })

  test('and then a sentence says by how much', () => {
    expect(busyMachineText({ fileWallMs: 2000, readyMs: 500 })).toBe(
      'CPU contention: threads were runnable but not scheduled for 500 ms (25 %): wall times are too long; slow tests are ranked without this time',
    )
    expect([400, 0, null].map(readyMs => busyMachineText({ fileWallMs: 2000, readyMs }))).toEqual([
      '',
      '',
      '',
    ])
  })
})

test('time without a core is a figure on top from a hundredth of the files’ time on', () => {
  const shown = [0, 9, 10, 500, null].map(readyMs => shownReadyMs({ fileWallMs: 1000, readyMs }))
  expect(shown).toEqual([null, null, 10, 500, null])
  expect(shownReadyMs({ fileWallMs: 0, readyMs: 0 })).toBe(null)
})

test('of a wall time all is one’s own but the time without a core, as far as that is known', () => {
  expect(ownMs({ wallMs: 100, readyMs: 30 })).toBe(70)
  expect(ownMs({ wallMs: 100, readyMs: null })).toBe(100)
})

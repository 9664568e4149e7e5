import { describe, expect, test } from '@jest/globals'
import { busyMachineText, ownMs, shownReadyMs } from '../../src/report/views/busy-machine.js'

describe('busyMachineText', () => {
  const isShort = (fileWallMs: number, readyMs: number | null) =>
    busyMachineText({ fileWallMs, readyMs }) !== ''

  test('reports contention if more than 20 % of the files’ time was without a core', () => {
    expect([isShort(1000, 200), isShort(1000, 201), isShort(1000, 1000)]).toEqual([false, true, true])
  })

  test('reports no contention below the resolution of the clocks', () => {
    expect([isShort(120, 99), isShort(120, 100)]).toEqual([false, true])
  })

  test('reports no contention if the time without a core is unknown', () => {
    expect(isShort(1000, null)).toBe(false)
  })

  test('states the time without a core and its share', () => {
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

test('shownReadyMs returns time without a core from 1 % of the files’ time', () => {
  const shown = [0, 9, 10, 500, null].map(readyMs => shownReadyMs({ fileWallMs: 1000, readyMs }))
  expect(shown).toEqual([null, null, 10, 500, null])
  expect(shownReadyMs({ fileWallMs: 0, readyMs: 0 })).toBe(null)
})

test('ownMs returns wall time without the time without a core, if that is known', () => {
  expect(ownMs({ wallMs: 100, readyMs: 30 })).toBe(70)
  expect(ownMs({ wallMs: 100, readyMs: null })).toBe(100)
})

import { describe, expect, test } from '@jest/globals'
import {
  isFirstCall,
  setUps,
  type TransformCall,
  type TransformedFile,
  TransformLog,
} from '../../../src/collect/modules/transform-log.js'

const SWC = '/project/node_modules/@swc/jest/index.js'

function transformed(path: string, given: Partial<TransformedFile>): TransformedFile {
  const nothing = {
    missed: false,
    start: 0,
    micros: 0,
    size: 10,
    isFirst: false,
    isCached: true,
    loadMicros: 0,
  }
  return { path, transformer: SWC, ...nothing, ...given }
}

const NOTHING = { misses: 0, missMicros: 0, loadMicros: 0, missLoadMicros: 0, uncached: 0 }

describe('TransformLog', () => {
  test('adds up transforms by transformer and extension, and cache misses separately', () => {
    const log = new TransformLog()
    log.add(transformed('/p/a.ts', { missed: true, micros: 100, loadMicros: 30 }))
    log.add(transformed('/p/b.ts', { micros: 10 }))
    log.add(transformed('/p/c.tsx', { micros: 1, loadMicros: 5 }))
    log.add(transformed('/p/d.ts', { transformer: null, micros: 2, missed: true, isCached: false }))
    expect(log.totals()).toEqual([
      {
        ...{ transformer: SWC, extension: '.ts', files: 2, misses: 1, micros: 110, missMicros: 100 },
        ...{ loadMicros: 30, missLoadMicros: 30, uncached: 0 },
      },
      { ...NOTHING, transformer: SWC, extension: '.tsx', files: 1, micros: 1, loadMicros: 5 },
      {
        ...{ ...NOTHING, transformer: null, extension: '.ts', files: 1, micros: 2 },
        ...{ misses: 1, uncached: 1, missMicros: 2 },
      },
    ])
  })

  test('moves the extra time of the first call from the transform to the load of the transformer', () => {
    const log = new TransformLog()
    log.add(transformed('/p/setup.ts', { missed: true, micros: 900, isFirst: true }))
    log.add(transformed('/p/a.test.tsx', { missed: true, micros: 100 }))
    expect(log.totals()).toEqual([
      {
        ...{ transformer: SWC, extension: '.ts', files: 1, misses: 1, micros: 100, missMicros: 100 },
        ...{ loadMicros: 800, missLoadMicros: 800, uncached: 0 },
      },
      { ...NOTHING, transformer: SWC, extension: '.tsx', files: 1, misses: 1, micros: 100, missMicros: 100 },
    ])
  })

  test('has no totals without transforms', () => {
    expect(new TransformLog().totals()).toEqual([])
  })
})

interface Drawn {
  micros: number
  isFirst?: boolean
  missed?: boolean
  size?: number
  transformer?: string
}

/** Microseconds of set-up by path, for each call with a set-up. */
function setUpMicros(drawn: readonly Drawn[]): Record<string, number> {
  const calls = drawn.map(
    (call, index): TransformCall => ({
      ...{ path: `/p/${index}.ts`, transformer: '/p/t.js', missed: true, start: 0, size: 10, isFirst: false },
      ...{ isCached: true, loadMicros: 0 },
      ...call,
    }),
  )
  return Object.fromEntries(setUps(calls).map(({ call, micros }) => [call.path, micros]))
}

describe('setUps', () => {
  test('compares a first call with later calls', () => {
    expect(setUpMicros([{ micros: 1000, isFirst: true }, { micros: 40 }])).toEqual({ '/p/0.ts': 960 })
  })

  test('compares with the fastest of the later calls', () => {
    const later = [{ micros: 700 }, { micros: 300 }, { micros: 50 }, { micros: 60 }]
    expect(setUpMicros([{ micros: 1000, isFirst: true }, ...later])).toEqual({ '/p/0.ts': 940 })
  })

  test('allows a larger file proportionally more time', () => {
    expect(setUpMicros([{ micros: 1000, isFirst: true, size: 100 }, { micros: 40 }])).toEqual({
      '/p/0.ts': 600,
    })
    expect(setUpMicros([{ micros: 1000, isFirst: true, size: 1000 }, { micros: 40 }])).toEqual({})
  })

  test('finds no set-up without a later call of the same transformer and kind', () => {
    expect(setUpMicros([{ micros: 1000, isFirst: true }])).toEqual({})
    expect(
      setUpMicros([
        { micros: 1000, isFirst: true },
        { micros: 1, missed: false },
      ]),
    ).toEqual({})
    expect(
      setUpMicros([
        { micros: 1000, isFirst: true },
        { micros: 1, transformer: '/p/other.js' },
      ]),
    ).toEqual({})
    expect(setUpMicros([{ micros: 40 }, { micros: 1000, isFirst: true }])).toEqual({})
  })

  test('compares a first cache hit with later misses as well, but not a first miss with later hits', () => {
    const hit = { micros: 1000, isFirst: true, missed: false }
    expect(setUpMicros([hit, { micros: 200 }])).toEqual({ '/p/0.ts': 800 })
    expect(
      setUpMicros([
        { ...hit, missed: true },
        { micros: 20, missed: false },
      ]),
    ).toEqual({})
  })

  test('finds a second set-up at the first cache miss of the process', () => {
    const calls = [
      { micros: 500, isFirst: true, missed: false },
      { micros: 10, missed: false },
      { micros: 2000, isFirst: true },
      { micros: 100 },
    ]
    expect(setUpMicros(calls)).toEqual({ '/p/0.ts': 490, '/p/2.ts': 1900 })
  })

  test('finds no set-up when the first call took no longer', () => {
    expect(setUpMicros([{ micros: 40, isFirst: true }, { micros: 40 }])).toEqual({})
  })
})

describe('isFirstCall', () => {
  test('is true once per process for each project and transformer, separately for all calls and for misses', () => {
    const [one, other] = [{}, {}]
    const asked = (project: object | undefined, transformer: string, missed: boolean) =>
      isFirstCall(project, { transformer, missed })
    expect(asked(one, 't', false)).toBe(true)
    expect(asked(one, 't', false)).toBe(false)
    expect(asked(one, 't', true)).toBe(true)
    expect(asked(one, 't', true)).toBe(false)
    expect(asked(one, 'u', true)).toBe(true)
    expect(asked(one, 'u', false)).toBe(false)
    expect(asked(other, 't', true)).toBe(true)
    expect(asked(undefined, 't', true)).toBe(false)
  })
})

import { describe, expect, test } from '@jest/globals'
import { type TransformedFile, TransformLog } from '../../../src/collect/modules/transform-log.js'

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
  test('sums by transformer and extension, and apart what was not in Jest’s cache', () => {
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

  test('what the first call took on top of later ones is part of loading the transformer', () => {
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

  test('of nothing has nothing', () => {
    expect(new TransformLog().totals()).toEqual([])
  })
})

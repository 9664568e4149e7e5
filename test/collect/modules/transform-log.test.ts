import { describe, expect, test } from '@jest/globals'
import { TransformLog } from '../../../src/collect/modules/transform-log.js'

const SWC = '/project/node_modules/@swc/jest/index.js'

describe('TransformLog', () => {
  test('sums by transformer and extension, and apart what was not in Jest’s cache', () => {
    const log = new TransformLog()
    log.add({ path: '/p/a.ts', transformer: SWC, missed: true, micros: 100 })
    log.add({ path: '/p/b.ts', transformer: SWC, missed: false, micros: 10 })
    log.add({ path: '/p/c.tsx', transformer: SWC, missed: false, micros: 1 })
    log.add({ path: '/p/d.ts', transformer: null, missed: false, micros: 2 })
    expect(log.totals()).toEqual([
      { transformer: SWC, extension: '.ts', files: 2, misses: 1, micros: 110, missMicros: 100 },
      { transformer: SWC, extension: '.tsx', files: 1, misses: 0, micros: 1, missMicros: 0 },
      { transformer: null, extension: '.ts', files: 1, misses: 0, micros: 2, missMicros: 0 },
    ])
  })

  test('of nothing has nothing', () => {
    expect(new TransformLog().totals()).toEqual([])
  })
})

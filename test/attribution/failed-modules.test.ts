import { expect, test } from '@jest/globals'
import { FailedModules } from '../../src/attribution/failed-modules.js'
import type { FailedModule } from '../../src/recording/recording.js'

const failed = (given: Partial<FailedModule> = {}): FailedModule => ({
  ...{ module: '/p/canvas.js', isResolved: true, tries: 2, micros: 100, importers: ['/p/a.js'], error: 'no' },
  ...given,
})

test('failed modules are summed over test files, in any order of files', () => {
  const files = [
    [failed(), failed({ module: 'missing', isResolved: false })],
    [failed({ importers: ['/p/c.js', '/p/b.js'], error: 'later', tries: 5 })],
  ]
  const sumsOf = (all: FailedModule[][]) => {
    const sums = new FailedModules()
    for (const failedModules of all) sums.add({ failedModules })
    return sums.sums.toSorted((a, b) => (a.module < b.module ? -1 : 1))
  }
  const [canvas, missing] = sumsOf(files)
  expect(canvas).toMatchObject({ tries: 7, micros: 200, files: 2, error: 'later' })
  expect(canvas?.importers).toEqual(['/p/a.js', '/p/b.js', '/p/c.js'])
  expect(missing).toMatchObject({ module: 'missing', tries: 2, files: 1 })
  expect(sumsOf(files.toReversed())).toEqual([canvas, missing])
})

test('at most five importers of a module are kept', () => {
  const sums = new FailedModules()
  for (let index = 9; index >= 0; index--)
    sums.add({ failedModules: [failed({ importers: [`/p/${index}.js`] })] })
  expect(sums.sums[0]?.importers).toEqual([0, 1, 2, 3, 4].map(index => `/p/${index}.js`))
})

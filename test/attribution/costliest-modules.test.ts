import { describe, expect, test } from '@jest/globals'
import { costliestModules, MOST_MODULES } from '../../src/attribution/costliest-modules.js'
import { ALL_TIME } from '../../src/attribution/timeline.js'
import { esModule, modulesOf, script } from '../support/modules.js'
import { resolvedFromText } from '../support/recording.js'

const MS = 1000

function modulesIn(drawn: Parameters<typeof modulesOf>[0]) {
  const phases = [
    { phase: 'setupFiles' as const, start: 0 },
    { phase: 'imports' as const, start: 50 * MS },
  ]
  const header = { wallMicros: 1000 * MS }
  return costliestModules(resolvedFromText('0\nA', { modules: modulesOf(drawn), phases, header }), ALL_TIME)
}

const shown = (drawn: Parameters<typeof modulesOf>[0]) =>
  modulesIn(drawn).map(
    ({ path, importer, self, total, phase }) => `${path} of ${importer} ${self / MS}/${total / MS} ${phase}`,
  )

describe('costliestModules', () => {
  test('leaves out transformers', () => {
    const drawn = modulesOf([script('test', [0, 90 * MS], [script('transformer', [10 * MS, 80 * MS])])])
    const recording = (transformers: number[]) =>
      resolvedFromText('0\nA', { modules: { ...drawn, transformers }, header: { wallMicros: 100 * MS } })
    expect(costliestModules(recording([1]), ALL_TIME)).toEqual([])
    expect(costliestModules(recording([]), ALL_TIME)).toHaveLength(1)
  })

  test('ranks by total time, with importers, and leaves out the test file itself', () => {
    expect(
      shown([
        script('polyfill', [0, 20 * MS]),
        script(
          'test',
          [50 * MS, 250 * MS],
          [script('a', [60 * MS, 200 * MS], [script('b', [70 * MS, 100 * MS])])],
        ),
      ]),
    ).toEqual([
      '/project/src/a.js of /project/a.test.js 110/140 imports',
      '/project/src/b.js of /project/src/a.js 30/30 imports',
      '/project/src/polyfill.js of undefined 20/20 setupFiles',
    ])
  })

  test('lists only a package’s entry points that the project imports, and no module of Jest', () => {
    const library = script(
      '/project/node_modules/pdf/index.js',
      [60 * MS, 200 * MS],
      [script('/project/node_modules/pdf/fonts.js', [70 * MS, 190 * MS])],
    )
    const jest = script('/project/node_modules/@jest/globals/build/index.js', [210 * MS, 215 * MS])
    expect(shown([script('test', [50 * MS, 250 * MS], [library, jest])])).toEqual([
      '/project/node_modules/pdf/index.js of /project/a.test.js 20/140 imports',
    ])
  })

  test('returns at most MOST_MODULES modules', () => {
    const inner = Array.from({ length: MOST_MODULES + 5 }, (_, index) =>
      script(`m${index}`, [(60 + index) * MS, (61 + index) * MS]),
    )
    expect(modulesIn([script('test', [50 * MS, 250 * MS], inner)])).toHaveLength(MOST_MODULES)
  })

  test('marks the times of ES modules as sampled', () => {
    const drawn = [script('a', [60 * MS, 70 * MS]), esModule('b', 80 * MS, { transform: 5 * MS })]
    expect(modulesIn(drawn).map(({ isSampled }) => isSampled)).toEqual([false, true])
  })
})

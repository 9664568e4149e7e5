import { describe, expect, test } from '@jest/globals'
import type { HookDefinition } from '../../src/recording/recording.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { resolvedFromText } from '../support/recording.js'
import { reportOf } from '../support/run-record.js'
import { withWaits } from '../support/waits.js'

type Run = [definition: number, start: number, end: number]

/** A recording with hooks; site 0 is line 11 of setup.js, site 1 is line 12. */
function hooked(
  testPath: string,
  definitions: HookDefinition[],
  runs: Run[],
  text = '0\nA',
): ResolvedRecording {
  const recording = resolvedFromText(text, {
    header: { testPath },
    hooks: {
      definitions,
      runs: {
        definition: runs.map(([definition]) => definition),
        start: runs.map(([, start]) => start),
        end: runs.map(([, , end]) => end),
        test: runs.map(() => -1),
      },
    },
  })
  return withWaits(recording, { resources: [{ stack: ['setup', 'other'] }], wakes: [] })
}

const beforeEach: HookDefinition = { type: 'beforeEach', describe: ['outer'], site: 0 }
const afterAll: HookDefinition = { type: 'afterAll', describe: [], site: 1 }

const hooksOf = (...recordings: ResolvedRecording[]) => reportOf(recordings).hooks

describe('The hooks of a report', () => {
  test('have their position, the number of runs, and their times', () => {
    const text = `
      0  1000  3000  4000
      A  idle  gc    A
    `
    const runs: Run[] = [
      [0, 500, 1500],
      [0, 2500, 3500],
    ]
    expect(hooksOf(hooked('/project/a.test.js', [beforeEach], runs, text))).toEqual([
      {
        ...{ type: 'beforeEach', describe: ['outer'], file: 'src/setup.js', line: 11, column: 5 },
        ...{ count: 2, files: 1, wallMs: 2, cpuMs: 1, idleMs: 1, gcMs: 0.5, blockedMs: 0 },
        readyMs: null,
        uncertaintyMs: expect.closeTo(1.059, 3),
        gcUncertaintyMs: 1.96,
      },
    ])
  })

  test('are omitted if they never ran', () => {
    expect(hooksOf(hooked('/project/a.test.js', [beforeEach, afterAll], [[1, 0, 100]]))).toMatchObject([
      { type: 'afterAll', count: 1 },
    ])
  })

  test('defined at one position are one row for any number of files', () => {
    const files = ['a', 'b', 'c'].map((name, index) =>
      hooked(
        `/project/${name}.test.js`,
        [beforeEach],
        Array.from({ length: index + 1 }, (_, run) => [0, run * 10, run * 10 + 10]),
      ),
    )
    expect(hooksOf(...files)).toMatchObject([{ count: 6, files: 3, wallMs: 0.06, cpuMs: 0.06, idleMs: 0 }])
  })

  test('of other types, describe blocks or positions are separate rows, most expensive first', () => {
    const definitions: HookDefinition[] = [
      beforeEach,
      { ...beforeEach, type: 'afterEach' },
      { ...beforeEach, describe: ['outer', 'inner'] },
      { ...beforeEach, site: 1 },
    ]
    const runs = definitions.map((_, index): Run => [index, index * 1000, index * 1000 + 100 * (index + 1)])
    expect(
      hooksOf(hooked('/project/a.test.js', definitions, runs)).map(
        ({ type, describe: names, line, wallMs }) => `${type} ${names.join(' ')} ${line} ${wallMs}`,
      ),
    ).toEqual([
      'beforeEach outer 12 0.4',
      'beforeEach outer inner 11 0.3',
      'afterEach outer 11 0.2',
      'beforeEach outer 11 0.1',
    ])
  })

  test('have no position if it is unknown', () => {
    expect(hooksOf(hooked('/project/a.test.js', [{ ...beforeEach, site: -1 }], [[0, 0, 10]]))).toMatchObject([
      { file: '', line: 0, column: 0 },
    ])
  })

  test('defined twice at one position of one file count one file', () => {
    const twice = hooked(
      '/project/a.test.js',
      [beforeEach, { ...beforeEach }],
      [
        [0, 0, 10],
        [1, 10, 20],
      ],
    )
    expect(hooksOf(twice)).toMatchObject([{ count: 2, files: 1 }])
  })
})

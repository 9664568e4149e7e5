import { describe, expect, test } from '@jest/globals'
import { foldRecording } from '../../../src/attribution/fold-recording.js'
import { manyRows } from '../../../src/findings/rules/many-rows.js'
import { ProfileBuilder } from '../../../src/profile/profile-builder.js'
import { factsOf } from '../../support/facts.js'
import { resolvedFromText, span } from '../../support/recording.js'
import { recordedFile } from '../../support/run-record.js'

/** Findings of a file whose tests are defined at one place; columns of the text are 100 ms each. */
function found(tests: number, stacks: string[]) {
  const heads = [0, 100_000, 200_000, 300_000].map(head => String(head).padEnd(22)).join('')
  const line = stacks.map(frame => frame.padEnd(22)).join('')
  const recording = resolvedFromText(`${heads}\n${line}`, {
    header: { wallMicros: 400_000 },
    phases: [{ phase: 'tests', start: 0 }],
    tests: Array.from({ length: tests }, (_, index) => span({ index, start: 0, end: 0 })),
  })
  const builder = new ProfileBuilder()
  foldRecording(builder, recording)
  const file = recordedFile(recording)
  const placed = file.recording && {
    ...file.recording,
    tests: file.recording.tests.map(one => ({ ...one, file: '/project/rows.test.js', line: 2, column: 1 })),
  }
  return manyRows(factsOf({ profile: builder.build(), records: [{ ...file, recording: placed }] }))
}

const RUN = 'run[jest:jest-circus]'

describe('manyRows', () => {
  test('finds a place that defines 500 tests, with Jest\u2019s own work for each', () => {
    expect(found(500, [RUN, RUN, RUN, 'A'])).toMatchObject([
      {
        id: 'many-rows:rows.test.js:2',
        title: '500 tests are defined at rows.test.js:2',
        evidence:
          'What Jest itself does for them takes 300 ms, 0.6 ms each, 75 % of the CPU time of a.test.js.',
        costMs: 300,
        position: { file: 'rows.test.js', line: 2, column: 1 },
      },
    ])
  })

  test('ignores fewer tests, and tests that take longer than Jest', () => {
    expect(found(499, [RUN, RUN, RUN, 'A'])).toEqual([])
    expect(found(500, [RUN, 'A', 'A', 'A'])).toEqual([])
  })
})

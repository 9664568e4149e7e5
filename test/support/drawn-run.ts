// A run of two workers for the tests of formats with a time axis: sequential tests in the first worker, concurrent ones in
// the second.

import { foldRecording } from '../../src/attribution/fold-recording.js'
import type { Profile } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import type { Report } from '../../src/report/report.js'
import { resolvedFromText, span } from './recording.js'
import { RUN_START, reportOf } from './run-record.js'
import { withWaits } from './waits.js'

const MS = 1000

const cart = withWaits(
  resolvedFromText(
    `
    1000       10500 20000                  40000 60000
    load[jest] total total                  idle  price
                     add[dependency:lodash]
  `,
    {
      header: {
        ...{ wallMicros: 100 * MS, testPath: '/project/cart.test.js', startedAtMs: RUN_START + 10 },
        samplingIntervalMicros: 10 * MS,
      },
      phases: [
        { phase: 'environment', start: 0 },
        { phase: 'imports', start: 2 * MS },
        { phase: 'other', start: 9 * MS },
        { phase: 'teardown', start: 95 * MS },
      ],
      tests: [
        span({ index: 0, name: ['cart', 'adds up'], start: 10 * MS, end: 35 * MS }),
        span({ index: 1, name: ['cart', 'waits'], start: 36 * MS, end: 90 * MS, status: 'failed' }),
      ],
      hooks: {
        definitions: [{ type: 'beforeEach', describe: ['cart'], site: -1 }],
        runs: { definition: [0], start: [36 * MS], end: [38 * MS], test: [1] },
      },
    },
  ),
  { resources: [{ stack: ['sleep', 'price'] }], wakes: [[60 * MS, 0]] },
)

const api = resolvedFromText(
  `
  1000       10000 50000
  load[jest] send  idle
`,
  {
    header: { wallMicros: 80 * MS, testPath: '/project/api.test.js', startedAtMs: RUN_START + 30, worker: 2 },
    tests: [
      span({ index: 0, name: ['gets'], start: 10 * MS, end: 60 * MS, concurrent: true }),
      span({ index: 1, name: ['puts'], start: 15 * MS, end: 75 * MS, concurrent: true }),
    ],
  },
)

export function drawnRun(recordings: readonly ResolvedRecording[] = [cart, api]): {
  profile: Profile
  report: Report
} {
  const builder = new ProfileBuilder()
  for (const recording of recordings) foldRecording(builder, recording)
  return { profile: builder.build(), report: reportOf(recordings) }
}

import { expect, test } from '@jest/globals'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { buildHotspots, testIdentifier } from '../../src/report/build/hotspots.js'
import { TestNames } from '../../src/report/build/listed-tests.js'
import { drawnRun } from '../support/drawn-run.js'
import { resolvedFromText, span } from '../support/recording.js'
import { recordedFile } from '../support/run-record.js'

/** Concurrent tests that do not overlap: each is a separate group, with one sample of `burn`. */
function groupsOfOne(groups: number): ResolvedRecording {
  const columns = Array.from({ length: groups }, (_, group) => group)
  return resolvedFromText(
    [
      columns.map(group => String(10 * group).padEnd(8)).join(''),
      columns.map(() => 'burn'.padEnd(8)).join(''),
    ].join('\n'),
    {
      header: { wallMicros: 10 * groups },
      tests: columns.map(index => span({ index, start: 10 * index, end: 10 * index + 8, concurrent: true })),
    },
  )
}

test('buildHotspots takes linear time in the number of concurrent groups', () => {
  const [some, twice] = [100, 200].map(groups => {
    const recording = groupsOfOne(groups)
    const { recording: recorded, ...file } = recordedFile(recording)
    if (recorded === undefined) throw new Error('it is recorded')
    let reads = 0
    const tests = recorded.tests.map(({ concurrent, ...rest }) => ({
      ...rest,
      get concurrent() {
        reads++
        return concurrent
      },
    }))
    const { profile } = drawnRun([recording])
    const files = [{ ...file, recording: { ...recorded, tests } }]
    const toRelative = (path: string) => path
    const identify = testIdentifier(profile.scopes, files, { names: new TestNames(), toRelative })
    const { hotspots } = buildHotspots(profile, files, { toRelative, identify })
    expect(hotspots[0]?.tests.map(({ group }) => group)).toEqual([[0], [1], [2], [3], [4]])
    return reads
  })
  expect(twice).toBeLessThan(2.5 * (some ?? 0))
})

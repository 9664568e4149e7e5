import { describe, expect, test } from '@jest/globals'
import { foldRecording } from '../../../src/attribution/fold-recording.js'
import { timeOfTests } from '../../../src/attribution/timeline.js'
import { packProfile } from '../../../src/formats/html/html.js'
import { ProfileBuilder } from '../../../src/profile/profile-builder.js'
import { drawnRun } from '../../support/drawn-run.js'
import { resolvedFromText, span } from '../../support/recording.js'
import { reportOf } from '../../support/run-record.js'

describe('packProfile', () => {
  const long = resolvedFromText('0  10\nA  B', {
    header: { testPath: '/project/long.test.js', wallMicros: 90 },
  })
  const short = resolvedFromText('0\nA', { header: { testPath: '/project/short.test.js', wallMicros: 10 } })

  test('packs relative paths, relative callers, and scopes that refer to the files of the report', () => {
    const { profile, report } = drawnRun([long, short])
    const packed = packProfile(profile, report, { sources: {} })
    expect(packed.frames.file.map(index => packed.texts[index]).filter(Boolean)).toEqual([
      'src/A.js',
      'src/B.js',
    ])
    expect(packed.scopes.file.map(index => report.files[index]?.path)).toEqual([
      'long.test.js',
      'short.test.js',
    ])
    expect(packed.sequences.map(({ length }) => length)).toEqual([[10, 80], [10]])
    expect(packed.cuts).toEqual([])
  })

  test('packs only the samples and functions of a selected test, with one gap between its spans', () => {
    const recording = resolvedFromText('0  10  20  30  40  50\nA  B   C   D   C   E', {
      tests: [
        span({ index: 0, start: 20, end: 30 }),
        span({ index: 0, start: 40, end: 50, attempt: 2 }),
        span({ index: 1, start: 50, end: 60 }),
      ],
      header: { wallMicros: 90 },
    })
    const builder = new ProfileBuilder()
    foldRecording(builder, recording, timeOfTests(recording, new Set([0])))
    const { frames, texts, sequences, stacks } = packProfile(builder.build(), reportOf([recording]), {
      sources: {},
    })
    expect(frames.name.map(name => texts[name])).toEqual(['C'])
    expect([...stacks.frame]).toEqual([0])
    expect(sequences).toMatchObject([{ first: 0, stack: [-1, 0, -1, 0, -1], length: [20, 10, 10, 10, 40] }])
  })

  test('keeps chronological samples of the longest files above the limit, and reports the omitted files', () => {
    const { profile, report } = drawnRun([short, long])
    const packed = packProfile(profile, report, { sources: {}, mostOrderedSamples: 2 })
    expect(packed.sequences.map(({ file }) => report.files[file]?.path)).toEqual(['long.test.js'])
    expect(packed.cuts).toEqual([expect.stringContaining('1 test file is omitted')])
    const cut = { ...profile, sequences: profile.sequences.slice(1) }
    expect(packProfile(cut, report, { sources: {} }).cuts).toEqual(packed.cuts)
  })

  test('reports folded calls', () => {
    const { profile, report } = drawnRun([long, short])
    const packed = packProfile(profile, report, { sources: {}, bounds: { stacks: 1 } })
    expect(packed.cuts).toEqual([expect.stringContaining('“(other)”')])
  })

  test('packs lines only of embedded sources', () => {
    const recording = resolvedFromText('0\nA', {
      header: { wallMicros: 1000 },
      ticks: { node: [1], line: [3], count: [1] },
    })
    const { profile, report } = drawnRun([recording])
    expect(packProfile(profile, report, { sources: {} }).lines.line).toEqual([])
    expect(packProfile(profile, report, { sources: { 'src/A.js': '' } }).lines.line).toEqual([3])
  })
})

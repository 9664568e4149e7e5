import { expect, test } from '@jest/globals'
import type { UnobservedPart } from '../../src/recording/enums.js'
import type { ThreadClock } from '../../src/recording/recording.js'
import { describeLimitations } from '../../src/report/build/limitations.js'
import type { FileRecord } from '../../src/report/record/run-record.js'
import { drawnRun } from '../support/drawn-run.js'
import { resolvedFromText } from '../support/recording.js'
import { recordedFile } from '../support/run-record.js'

const NO_SAMPLES = { scopes: [], sequences: [] }

test('describeLimitations counts files whose threads have no clock', () => {
  const fileWith = (clock: ThreadClock | null) => recordedFile(resolvedFromText('0\nA', { clock }))
  const known = fileWith({ step: 4000, time: [0, 10_000], cpu: [0, 2000] })
  const unknown = [fileWith(null), fileWith({ step: 4000, time: [0], cpu: [0] })]
  const limits = (...files: FileRecord[]) =>
    describeLimitations(files, [], NO_SAMPLES).filter(sentence => sentence.includes('clock'))
  expect(limits(known, known)).toEqual([])
  expect(limits(known, ...unknown)).toEqual([
    expect.stringMatching(
      /^The thread's own clock could not be read in 2 test files: .* includes time without a core\. /,
    ),
  ])
})

test('describeLimitations counts files whose chronological samples were not kept', () => {
  const { profile } = drawnRun()
  const { scopes, sequences } = profile
  const limits = (kept: typeof sequences) => describeLimitations([], [], { scopes, sequences: kept })
  expect(sequences).toHaveLength(2)
  expect(limits(sequences)).toEqual([])
  expect(limits(sequences.slice(1))).toEqual([
    expect.stringMatching(
      /^A run keeps at most 4,000,000 samples in .* timelines show no samples for 1 test file\. /,
    ),
  ])
  expect(limits([])).toEqual([expect.stringContaining('show no samples for 2 test files')])
})

test('describeLimitations names each part of Jest that could not be observed once', () => {
  const fileWith = (...unobserved: UnobservedPart[]) =>
    recordedFile(resolvedFromText('0\nA', { header: { unobserved } }))
  const limits = (...files: FileRecord[]) =>
    describeLimitations(files, [], NO_SAMPLES)
      .filter(sentence => /^(Transforms|Source maps|Whether)/.test(sentence))
      .map(sentence => sentence.split(':', 1)[0])
  expect(limits(fileWith())).toEqual([])
  expect(limits(fileWith('transforms'), fileWith('transforms', 'source maps'))).toEqual([
    ...['Transforms are unknown', 'Source maps are unknown'],
  ])
  expect(limits(fileWith('cache keys'))).toEqual(["Whether Jest's transform cache is ever warm is unknown"])
})

import { expect, test } from '@jest/globals'
import type { CandidateAnswer, Confirmation, DoctorAnswer, TrialVerdict } from '../../../src/doctor/answer.js'
import { verdictSentence } from '../../../src/formats/doctor/sentences.js'

const candidate = (verdict: TrialVerdict, index: number): CandidateAnswer => ({
  name: `set:maxWorkers=${index}`,
  title: `maxWorkers: ${index}`,
  reason: 'asked for',
  verdict,
  mostMs: 1000,
  saved: null,
  rounds: 2,
  files: ['a.test.js'],
  measuredFiles: 1,
  forbiddenBy: [],
  patch: null,
  note: null,
})

const CONFIRMED: Confirmation = {
  wallMs: 1000,
  interval95Ms: [500, 1500],
  p: 0.001,
  cpuMs: 900,
  peakBytes: null,
  rounds: 3,
  isConfirmed: true,
  baseMs: 4000,
  changedMs: 3000,
  candidates: ['set:maxWorkers=0'],
}

function sentenceOf(verdicts: readonly TrialVerdict[], given: Partial<DoctorAnswer> = {}): string {
  return verdictSentence({
    schemaVersion: 1,
    runId: '2026-11-30T00-00-00-000Z-0000',
    suite: 'shop',
    jestVersion: '30.5.2',
    nodeVersion: 'v20.20.2',
    workers: 2,
    command: 'jest',
    base: { wallMs: 4000, cpuMs: 6000, peakBytes: null },
    budgetMs: 60_000,
    tookMs: 50_000,
    isInterrupted: false,
    candidates: verdicts.map(candidate),
    together: null,
    flaky: [],
    notes: [],
    ...given,
  })
}

test.each<[TrialVerdict[], Partial<DoctorAnswer>, string]>([
  [[], {}, 'No change was tried.'],
  [['not tried'], {}, 'No change was tried.'],
  [['no gain', 'not tried'], {}, 'The one change that was tried saves no time.'],
  [['no gain', 'undecided'], {}, 'None of the 2 changes that were tried saves time.'],
  [['gain'], {}, '1 change gains alone; together they were not confirmed.'],
  [
    ['pays', 'no gain'],
    { together: CONFIRMED },
    '1 change pays: 1.00 s of 4.00 s (25 %; 95 %: 500 ms to 1.50 s; 3 rounds of the whole suite).',
  ],
  [
    ['gain', 'gain'],
    { together: { ...CONFIRMED, isConfirmed: false, wallMs: -100, interval95Ms: [-200, 10] } },
    '2 changes gained alone, but the whole suite did not confirm it: −100 ms of 4.00 s (−3 %; 95 %: −200 ms to 10 ms; 3 rounds of the whole suite).',
  ],
  [
    ['no gain'],
    { isInterrupted: true },
    'The one change that was tried saves no time. Interrupted: what follows is what was known then.',
  ],
])('%j is told in a sentence', (verdicts, given, sentence) => {
  expect(sentenceOf(verdicts, given)).toBe(sentence)
})

// Whatever happened to a run's files, reading them throws a clear error, or gives a report that adds up and that every
// format can write.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ARTIFACT_FILES } from '../../src/artifacts/artifact-files.js'
import { comparedCalls, SideCallsBuilder } from '../../src/compare/calls.js'
import { compareRuns } from '../../src/compare/compare-runs.js'
import { matchedFunctions } from '../../src/compare/match/match-sides.js'
import { runFigures } from '../../src/compare/run-figures.js'
import { UserError } from '../../src/errors/user-error.js'
import { comparisonToJson } from '../../src/formats/comparison/formats.js'
import { comparisonToMarkdown } from '../../src/formats/comparison/markdown.js'
import { comparisonToTerminal } from '../../src/formats/comparison/terminal.js'
import { toComparisonHtml } from '../../src/formats/html/comparison-html.js'
import { toHtml } from '../../src/formats/html/html.js'
import { toFileCpuProfile } from '../../src/formats/profiles/cpuprofile.js'
import { toTableJson, toTableText } from '../../src/formats/shown-table.js'
import { toTerminal } from '../../src/formats/terminal/terminal.js'
import { parseOptions } from '../../src/options/options.js'
import { PHASES } from '../../src/profile/profile.js'
import { piecesOf } from '../../src/recording/recording-file.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { toSavedRun, type UnsavedRun } from '../../src/report/record/saved-run.js'
import { loadReport, type ReportedRun } from '../../src/saved-runs/load-run.js'
import { createRunFolder, openRunFolder } from '../../src/storage/run-folder.js'
import { RunStore } from '../../src/storage/run-store.js'
import { shownTable } from '../../src/tables/shown-table.js'
import { TABLE_NAMES } from '../../src/tables/table.js'
import { anyRecording } from '../support/any-recording.js'
import { violationsOf } from '../support/check-profile.js'
import { anyByteDamage, anyValueDamage } from '../support/damage.js'
import { recordedFile, runRecord } from '../support/run-record.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const OPTIONS = parseOptions({}, { base: '/project', where: 'a test' })
const ASSETS = { script: '', style: '' }
const MARKUP = '</script><script>'

/** A recording with all optional parts, and with tests whose names are hostile. */
const anyFullRecording: fc.Arbitrary<ResolvedRecording> = anyRecording.map(recording => ({
  ...recording,
  tests: recording.tests.map(test => ({ ...test, name: ['__proto__', `${MARKUP}${test.index}`] })),
  clock: recording.clock ?? { step: 4000, time: [0, 400], cpu: [0, 300] },
  heap: { time: [0, 400], usedBytes: [1e6, 2e6] },
  transforms: [
    {
      transformer: '/t.js',
      extension: '.ts',
      files: 2,
      misses: 1,
      micros: 300,
      missMicros: 200,
      loadMicros: 0,
      missLoadMicros: 0,
      uncached: 0,
    },
  ],
  ticks: { node: [0], line: [3], count: [1] },
}))

interface Written {
  readonly directory: string
  /** Paths of the run's files. */
  readonly paths: Readonly<Record<'recording' | 'run', string>>
}

function written(recording: ResolvedRecording): Written {
  const folder = createRunFolder(temporaryFolder(), 'run')
  const store = new RunStore(folder)
  const name = store.save(recording)
  const file = recordedFile(recording)
  const known: UnsavedRun = runRecord({
    files: [{ ...file, recording: file.recording && { ...file.recording, name } }],
  })
  store.saveRun(
    toSavedRun(known, [{ files: null, filePatterns: null, tests: 'a', limits: { testWallMs: 1 } }]),
  )
  const pathOf = (of: string) => join(folder.recordings, of)
  return { directory: folder.directory, paths: { recording: pathOf(name), run: pathOf('run.gz') } }
}

const textIn = (path: string) => gunzipSync(readFileSync(path)).toString()
const putText = (path: string, text: string) => writeFileSync(path, gzipSync(text, { level: 1 }))

/** The run, or undefined when reading it throws a UserError. */
async function readOrRefused(directory: string): Promise<ReportedRun | undefined> {
  try {
    return await loadReport(directory)
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    expect((error as Error).message).toMatch(/^jest-profiler: [^\n\p{Cc}]+\.$/u)
    return undefined
  }
}

function expectToAddUp({ report, profile }: ReportedRun): void {
  expect(violationsOf(profile)).toEqual([])
  const { totals, phases, files, categories } = report
  const sum = (amounts: readonly (number | null)[]) => amounts.reduce<number>((a, b) => a + (b ?? 0), 0)
  const of = PHASES.map(phase => phases[phase])
  expect(sum(of.map(({ wallMs }) => wallMs))).toBeCloseTo(totals.fileWallMs, 1)
  expect(sum(of.map(({ idleMs }) => idleMs))).toBeCloseTo(totals.idleMs, 1)
  const { cpuMs, readyMs, blockedMs, idleMs } = totals
  expect(sum([cpuMs, readyMs, blockedMs, idleMs])).toBeCloseTo(totals.fileWallMs, 1)
  expect(sum(Object.values(categories))).toBeLessThanOrEqual(cpuMs + 0.1)
  expect(sum(files.map(({ sampleCount }) => sampleCount))).toBe(totals.sampleCount)
  const { wallMs, restarts, restartMs } = phases.betweenFiles
  expect(wallMs).toBe(totals.betweenFilesMs)
  const all = [
    wallMs,
    restarts,
    restartMs,
    ...of.flatMap(part => Object.values(part)),
    ...Object.values(categories),
  ]
  expect(all.filter(amount => amount !== null && !(amount >= 0))).toEqual([])
}

function expectToBeWritten(run: ReportedRun): void {
  const { directory, report, profile, record } = run
  // The script of the page is not built here, so `toHtml` is called below.
  const { html: _page, ...others } = ARTIFACT_FILES
  for (const { content } of Object.values(others))
    expect([...piecesOf(content({ report, profile, options: OPTIONS }))]).not.toEqual([])
  const store = new RunStore(openRunFolder(directory))
  for (const { recording } of record.files)
    if (recording !== undefined) expect(toFileCpuProfile(store.read(recording.name))).toContain('"nodes"')
  const html = toHtml(profile, report, { assets: ASSETS, sources: {}, artifacts: {} })
  expect(html).not.toContain(MARKUP)
  const terminal = { topN: 10, columns: 100, colors: false, links: false, cwd: '/' }
  toTerminal(report, { ...terminal, reportPath: undefined, toShown: path => path })
  for (const by of TABLE_NAMES) {
    const table = shownTable(by, { report, profile })
    toTableJson(table, report, 10)
    toTableText(table, report, { top: 10, columns: 100, colors: false, next: [] })
  }
  const [figures, calls] = [runFigures(run), new SideCallsBuilder()]
  calls.add(run)
  const comparison = compareRuns([figures], [figures])
  comparisonToJson(comparison)
  comparisonToMarkdown(comparison, { topN: 10 })
  comparisonToTerminal(comparison, terminal)
  const compared = comparedCalls(calls.build(), calls.build(), matchedFunctions([figures], [figures]))
  expect(toComparisonHtml(comparison, { calls: compared, assets: ASSETS, title: MARKUP })).not.toContain(
    MARKUP,
  )
}

const anyFile = fc.constantFrom('recording', 'run')

test('an undamaged run can be read, adds up, and can be written in all formats', async () => {
  await fc.assert(
    fc.asyncProperty(anyFullRecording, async recording => {
      const run = await loadReport(written(recording).directory)
      expectToAddUp(run)
      expectToBeWritten(run)
    }),
    { numRuns: 15 },
  )
})

test('a file with damaged bytes causes a clear error, or is read completely', async () => {
  await fc.assert(
    fc.asyncProperty(anyFullRecording, anyFile, anyByteDamage, async (recording, of, damage) => {
      const { directory, paths } = written(recording)
      const before = textIn(paths[of])
      writeFileSync(paths[of], damage(readFileSync(paths[of])))
      // The time in the gzip header may have changed; a checksum covers the rest.
      if ((await readOrRefused(directory)) !== undefined) expect(textIn(paths[of])).toBe(before)
    }),
    { numRuns: 150 },
  )
})

test.each([
  ['text', anyByteDamage.map(damage => (text: string) => damage(Buffer.from(text)).toString()), 100],
  ['values', anyValueDamage, 300],
])(
  'a file with damaged %s causes a clear error, or gives a report that adds up',
  async (_of, anyDamage, numRuns) => {
    await fc.assert(
      fc.asyncProperty(anyFullRecording, anyFile, anyDamage, async (recording, of, damage) => {
        const { directory, paths } = written(recording)
        putText(paths[of], damage(textIn(paths[of])))
        const run = await readOrRefused(directory)
        if (run === undefined) return
        expectToAddUp(run)
        expectToBeWritten(run)
      }),
      { numRuns },
    )
  },
)

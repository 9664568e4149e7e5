import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { listRuns } from '../../src/cli/list-command.js'
import { UserError } from '../../src/errors/user-error.js'
import type { RunRecord } from '../../src/report/record/run-record.js'
import { toSavedRun, type UnsavedRun } from '../../src/report/record/saved-run.js'
import { makeRunFolder } from '../../src/storage/run-folder.js'
import { RunStore } from '../../src/storage/run-store.js'
import { fileRecord, RUN_START, runRecord } from '../support/run-record.js'
import { temporaryFolder } from '../support/temporary-folder.js'

let written = ''

beforeEach(() => {
  written = ''
  jest.spyOn(process.stdout, 'write').mockImplementation(text => {
    written += text
    return true
  })
})

afterEach(() => {
  jest.restoreAllMocks()
})

const RESULTS = [
  { name: ['a'], status: 'passed' as const, wallMs: 1 },
  { name: ['b'], status: 'failed' as const, wallMs: 1 },
  { name: ['c'], status: 'skipped' as const, wallMs: 0 },
]

function save(
  outputDir: string,
  id: string,
  { part, ...given }: Partial<Omit<UnsavedRun, 'run'>> & Pick<RunRecord['run'], 'part'> = {},
): void {
  const record = runRecord({ files: [fileRecord({ results: RESULTS })] })
  const run = { ...record.run, id, ...(part && { part }) }
  const folder = makeRunFolder(join(outputDir, id), id, part !== undefined)
  new RunStore(folder).saveRun(toSavedRun({ ...record, ...given, run }))
}

const context = (cwd: string) => ({ cwd, env: { COLUMNS: '200' } })

/** Two complete runs, a partial run between them, and a damaged one. */
function folderOfRuns() {
  const cwd = temporaryFolder()
  const outputDir = join(cwd, '.jest-profiler')
  mkdirSync(outputDir)
  save(outputDir, '2026-01')
  save(outputDir, '2026-02', {
    part: ['cart', '-t "adds"'],
    startedAtMs: RUN_START + 60_000,
    endedAtMs: RUN_START + 60_250,
  })
  save(outputDir, '2026-03', { endedAtMs: null })
  const damaged = makeRunFolder(join(outputDir, '2026-04'), '2026-04')
  writeFileSync(join(damaged.recordings, 'run.gz'), 'no such thing')
  return { cwd, outputDir }
}

describe('jest-profiler list', () => {
  test('shows the newest run first, with the name to show it by and the part of the suite that it ran', () => {
    const { cwd } = folderOfRuns()
    listRuns(undefined, {}, context(cwd))
    const [heading, ...rows] = written.trimEnd().split('\n')
    expect(heading).toMatch(/run +started \(UTC\) +wall +files +tests +id +what$/)
    expect(rows.map(row => row.trim().replace(/ {2,}/g, ' | '))).toEqual([
      'latest | – | – | 0 | 0 | 2026-04 | unreadable: damaged, or written by another release',
      'latest~1 | 2023-11-14 22:13 | – | 1 | 2 | 2026-03 | interrupted, or still running',
      'latest~2 | 2023-11-14 22:14 | 250 ms | 1 | 2 | 2026-02 | only cart -t "adds"',
      'latest~3 | 2023-11-14 22:13 | 1.00 s | 1 | 2 | 2026-01 | whole suite',
    ])
  })

  test('prints the same as JSON', () => {
    const { cwd, outputDir } = folderOfRuns()
    listRuns('.jest-profiler', { json: true }, context(cwd))
    const { folder, runs } = JSON.parse(written)
    expect(folder).toBe(outputDir)
    expect(runs).toHaveLength(4)
    expect(runs[2]).toEqual({
      ...{ name: 'latest~2', id: '2026-02', startedAt: new Date(RUN_START + 60_000).toISOString() },
      ...{ part: ['cart', '-t "adds"'], files: 1, tests: 2, wallMs: 250, command: 'jest', problem: null },
    })
    expect(runs[0]).toMatchObject({ startedAt: null, part: null, wallMs: null, problem: expect.any(String) })
  })

  test('removes control characters from the selection of a run', () => {
    const cwd = temporaryFolder()
    save(join(cwd, '.jest-profiler'), '2026-01', { part: ['-t "\u001b[31mred\n"'] })
    listRuns(undefined, {}, context(cwd))
    expect(written).not.toMatch(/[^\P{Cc}\n]/u)
    expect(written.trimEnd().split('\n')).toHaveLength(2)
  })

  test('explains what to do if there is no folder or no run', () => {
    const cwd = temporaryFolder()
    expect(() => listRuns('gone', {}, context(cwd))).toThrow(UserError)
    expect(() => listRuns('gone', {}, context(cwd))).toThrow(/there is no folder ".*gone"/)
    expect(() => listRuns(undefined, {}, context(cwd))).toThrow(/there is no \.jest-profiler in/)
    expect(() => listRuns('.', {}, context(cwd))).toThrow(/there is no run in .*Record one/)
    listRuns('.', { json: true }, context(cwd))
    expect(JSON.parse(written).runs).toEqual([])
  })
})

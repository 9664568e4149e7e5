import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { smallCosts } from '../../src/report/views/small-costs.js'
import { importReport } from '../support/account-rows.js'
import { ordinaryReport } from '../support/drawn-reports.js'
import { NO_TIMES } from '../support/facts.js'

/** A run of 100 s of CPU in which one phase is all. */
function reportOf(given: Partial<Report> = {}, totals: Partial<Report['totals']> = {}): Report {
  const report = ordinaryReport()
  return {
    ...report,
    hotspots: [],
    transforms: [],
    imports: [],
    phases: {
      ...(Object.fromEntries(
        Object.keys(report.phases).map(phase => [phase, { ...NO_TIMES, wallMs: 0 }]),
      ) as unknown as Report['phases']),
      tests: { ...NO_TIMES, wallMs: 100_000 },
      betweenFiles: report.phases.betweenFiles,
    },
    ...given,
    totals: {
      ...report.totals,
      fileWallMs: 100_000,
      cpuMs: 100_000,
      gcMs: 50_000,
      idleMs: 50_000,
      blockedMs: 0,
      overheadMs: 0,
      ...totals,
    },
  }
}

/** The sentence that begins with a word. */
const about = (word: string, ...given: Parameters<typeof reportOf>) =>
  smallCosts(reportOf(...given)).find(text => text.startsWith(word))

describe('smallCosts', () => {
  test('is empty if no test file was recorded', () => {
    expect(smallCosts(reportOf({}, { fileWallMs: 0 }))).toEqual([])
  })

  test('lists phases of less than 2 % that took any time', () => {
    const phases = {
      ...reportOf().phases,
      hooks: { ...NO_TIMES, wallMs: 1999 },
      imports: { ...NO_TIMES, wallMs: 2000 },
    }
    expect(about('Phases', { phases })).toBe('Phases below 2 % of the files’ 100 s: hooks 2.00 s.')
    expect(about('Phases')).toBeUndefined()
  })

  test('counts blocked time as waiting', () => {
    const short = { idleMs: 1000, blockedMs: 999 }
    expect(about('Waits', {}, short)).toContain('2.00 s in all, 2 % of the files’ time.')
    expect(about('Waits', {}, { ...short, blockedMs: 1000 })).toBeUndefined()
  })

  test('names garbage collection, transforms and imports only below their limits', () => {
    expect(about('Garbage', {}, { gcMs: 1999 })).toBeDefined()
    expect(about('Garbage', {}, { gcMs: 2000 })).toBeUndefined()
    const [row] = ordinaryReport().transforms
    if (row === undefined) throw new Error('nothing was transformed')
    const transforms = (loadMs: number) => [{ ...row, totalMs: 1000, loadMs }]
    expect(about('Transforms', { transforms: transforms(999) })).toBeDefined()
    expect(about('Transforms', { transforms: transforms(1000) })).toBeUndefined()
    const imports = (savedMs: number) => [
      importReport({ module: 'src/a.ts', savedMs }),
      importReport({ module: 'test/a.test.ts', category: 'test', savedMs: 90_000 }),
    ]
    expect(about('Imports', { imports: imports(999) })).toContain('at most 999 ms')
    expect(about('Imports', { imports: imports(1000) })).toBeUndefined()
  })

  test('names the functions that take more than 1 %, unless they are many', () => {
    const [row] = ordinaryReport().hotspots
    if (row === undefined) throw new Error('there is no function')
    const hotspots = [1000, 999].map(selfMs => ({ ...row, function: `f${selfMs}`, selfMs }))
    expect(about('Your own functions', { hotspots })).toBe(
      `Your own functions except \`f1000\` at \`${row.file}:${row.line}\`: none takes 1 % of CPU time itself, without what it calls.`,
    )
    expect(about('Functions of your own', { hotspots: hotspots.slice(1) })).toBeDefined()
    const many = Array.from({ length: 4 }, () => ({ ...row, selfMs: 1000 }))
    expect(smallCosts(reportOf({ hotspots: many })).filter(text => /unctions/.test(text))).toEqual([])
  })

  test('says nothing of functions without a profile', () => {
    const { run } = ordinaryReport()
    expect(about('Functions', { run: { ...run, engine: 'none' } })).toBeUndefined()
  })

  test('says that another order of files would not help only if several workers were balanced', () => {
    const { schedule } = ordinaryReport()
    const [worker] = schedule.workers
    if (worker === undefined) throw new Error('there is no worker')
    const balanced = {
      ...schedule,
      workers: [worker, worker],
      balancedWallMs: worker.endedAtMs,
    }
    expect(about('The order', { schedule: balanced })).toBeDefined()
    expect(about('The order', { schedule: { ...balanced, balancedWallMs: 0 } })).toBeUndefined()
    expect(about('The order', { schedule: { ...balanced, workers: [worker] } })).toBeUndefined()
  })
})

import { expect, test } from '@jest/globals'
import { commandBar } from '../../src/page/data/command-bar.js'
import type { CommandReport } from '../../src/report/report.js'
import { drawnRun } from '../support/drawn-run.js'

const COMMAND: CommandReport = {
  wallMs: 200,
  startUp: { wallMs: 60, fileMapMs: 20, findTestsMs: null, globalSetupMs: 30 },
  running: { wallMs: 100 },
  after: {
    ...{ wallMs: 40, coverageMs: null, reportersMs: 25, reporters: [], profilerMs: 10 },
    ...{ globalTeardownMs: null, exitMs: null },
  },
}

test('commandBar adds up to the command: startup, what its workers did, and what comes after', () => {
  const { report } = drawnRun()
  const parts = commandBar({ ...report, command: COMMAND })
  expect(parts[0]).toMatchObject({ name: 'startup', ms: 60, detail: 'haste map 20 ms, globalSetup 30 ms' })
  expect(parts.at(-1)).toMatchObject({ name: 'after tests', ms: 40 })
  expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(200)
})

test('commandBar shows a phase as long as it took on average over the workers', () => {
  const { report } = drawnRun()
  const [phases, workers] = [report.phases, report.schedule.workers.length]
  expect(workers).toBe(2)
  const parts = commandBar({ ...report, command: COMMAND })
  const tests = parts.find(({ name }) => name === 'tests')
  expect(tests?.ms).toBeCloseTo(phases.tests.wallMs / 2)
  // One file takes 100 ms, the other one 80 ms of the 100 ms in which files ran.
  expect(parts.find(({ name }) => name === 'idle workers')?.ms).toBeCloseTo(10)
})

test('commandBar joins parts below a hundredth of the command, and names them', () => {
  const { report } = drawnRun()
  const after = { ...COMMAND.after, wallMs: 40_000 }
  const parts = commandBar({ ...report, command: { ...COMMAND, wallMs: 40_160, after } })
  expect(parts.map(({ name }) => name)).toEqual(['smaller parts', 'after tests'])
  expect(parts[0]?.detail).toMatch(/^startup 60 ms, .*tests \d+ ms/)
  expect(parts[0]?.ms).toBeCloseTo(160)
})

test('commandBar has no parts where the times of the command are unknown', () => {
  expect(commandBar({ ...drawnRun().report, command: null })).toEqual([])
})

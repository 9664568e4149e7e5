import { describe, expect, test } from '@jest/globals'
import { buildCommandReport } from '../../src/report/build/schedule.js'
import type { CommandTimes } from '../../src/report/record/run-record.js'
import { resolvedFromText } from '../support/recording.js'
import { fileRecord, RUN_START, recordedFile, reportOf } from '../support/run-record.js'

const TIMES: CommandTimes = {
  ...{ startedAtMs: RUN_START, endedAtMs: RUN_START + 10_000 },
  ...{ fileMapMs: 120, findTestsMs: 10, globalSetupMs: 1500, coverageMs: 700 },
  reporters: [
    { reporter: 'slow', wallMs: 200.25, runningMs: 30 },
    { reporter: 'quick', wallMs: 0.5, runningMs: 0 },
  ],
  ...{ profilerMs: 90, globalTeardownMs: 600, exitMs: null },
}

/** A recorded file that started that many milliseconds after the command. */
function recorded(startedAfterMs: number, wallMs: number, name = 'a') {
  const header = {
    ...{ testPath: `/project/${name}.test.js`, startedAtMs: RUN_START + startedAfterMs },
    wallMicros: wallMs * 1000,
  }
  return resolvedFromText('0\nA', { header })
}

const fileOf = (...given: Parameters<typeof recorded>) => recordedFile(recorded(...given))

describe('buildCommandReport', () => {
  test('divides the command into startup, running test files and the time after them', () => {
    const report = buildCommandReport(TIMES, [fileOf(3000, 2000, 'a'), fileOf(2500, 1000.5, 'b')])
    expect(report).toEqual({
      wallMs: 10_000,
      startUp: { wallMs: 2500, fileMapMs: 120, findTestsMs: 10, globalSetupMs: 1500 },
      running: { wallMs: 2500 },
      after: {
        ...{ wallMs: 5000, coverageMs: 700, reportersMs: 200.75, reporters: TIMES.reporters },
        ...{ profilerMs: 90, globalTeardownMs: 600, exitMs: null },
      },
    })
  })

  test('includes unrecorded test files if Jest reported when they ran', () => {
    const known = fileRecord({ startedAtMs: RUN_START + 1000, wallMs: 7000 })
    const unknown = fileRecord({ startedAtMs: 0, wallMs: 0 })
    const report = buildCommandReport(TIMES, [fileOf(3000, 2000), known, unknown])
    expect(report).toMatchObject({
      ...{ wallMs: 10_000, startUp: { wallMs: 1000 }, running: { wallMs: 7000 }, after: { wallMs: 2000 } },
    })
  })

  test('returns non-negative parts that add up, even if the system clock was set', () => {
    const early = buildCommandReport(TIMES, [fileOf(-500, 1000)])
    expect(early).toMatchObject({ startUp: { wallMs: 0 }, running: { wallMs: 500 }, after: { wallMs: 9500 } })
    const late = buildCommandReport(TIMES, [fileOf(9000, 2000)])
    expect(late).toMatchObject({
      ...{ startUp: { wallMs: 9000 }, running: { wallMs: 2000 }, after: { wallMs: 0 }, wallMs: 11_000 },
    })
  })

  test('returns null without times, and if no test file ran', () => {
    expect(buildCommandReport(undefined, [fileOf(0, 1)])).toBeNull()
    expect(buildCommandReport(TIMES, [])).toBeNull()
    expect(buildCommandReport(TIMES, [fileRecord({ startedAtMs: 0 })])).toBeNull()
  })

  test('is included in the report of a whole run, but not of a part', () => {
    const recording = recorded(3000, 2000)
    const { run, command } = reportOf([recording], { command: TIMES })
    expect(command).toEqual(buildCommandReport(TIMES, [recordedFile(recording)]))
    const { startedAt: _, ...facts } = run
    const selected = { ...facts, selection: { file: 'a.test.js' } }
    expect(reportOf([recording], { command: TIMES, run: selected }).command).toBeNull()
  })
})

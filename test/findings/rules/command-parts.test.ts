import { describe, expect, test } from '@jest/globals'
import { withCommand } from '../../../src/findings/find.js'
import { COMMAND_FINDINGS, commandParts } from '../../../src/findings/rules/command-parts.js'
import type { CommandReport } from '../../../src/report/report.js'
import { findingOf } from '../../support/finding.js'
import { reportOf } from '../../support/run-record.js'

const { totals } = reportOf([])

type Given = Partial<CommandReport['startUp']> & Partial<CommandReport['after']>

/** A command of 10 s, with 6 s of test files. */
function commandWith(given: Given): CommandReport {
  const { fileMapMs = null, findTestsMs = null, globalSetupMs = null, ...after } = given
  return {
    wallMs: 10_000,
    startUp: { wallMs: 2000, fileMapMs, findTestsMs, globalSetupMs },
    running: { wallMs: 6000 },
    after: {
      ...{ wallMs: 2000, coverageMs: null, reportersMs: 0, reporters: [], profilerMs: 0 },
      ...{ globalTeardownMs: null, exitMs: null, ...after },
    },
  }
}

const found = (given: Given) => commandParts({ command: commandWith(given), totals, openHandles: [] })

describe('commandParts', () => {
  test('merges globalSetup and globalTeardown into one finding and compares them with the test files', () => {
    expect(found({ globalSetupMs: 1500, globalTeardownMs: 600 })).toEqual([
      {
        id: 'global-setup',
        confidence: 'high',
        title: 'globalSetup takes 1.50 s and globalTeardown takes 600 ms',
        evidence: "2.10 s of the command's 10.0 s (21 %); the test files take 6.00 s.",
        remedy: expect.stringContaining('keep them running between commands'),
        costMs: 2100,
        savings: { command: { low: 0, high: 2100 } },
      },
    ])
    expect(found({ globalSetupMs: 1500 })).toMatchObject([{ title: 'globalSetup takes 1.50 s' }])
    expect(found({ globalTeardownMs: 1200 })).toMatchObject([{ title: 'globalTeardown takes 1.20 s' }])
  })

  test('finds a slow file map and suggests how to reduce it', () => {
    expect(found({ fileMapMs: 1800 })).toMatchObject([
      {
        ...{ id: 'file-map', title: "Mapping the project's files takes 1.80 s before the first test" },
        ...{ costMs: 1800, remedy: expect.stringContaining('`roots`') },
      },
    ])
  })

  test('finds a slow coverage report and suggests how to reduce it', () => {
    expect(found({ coverageMs: 1234.5 })).toMatchObject([
      {
        ...{ id: 'coverage-report', title: 'Coverage takes 1.23 s after the last test', costMs: 1234.5 },
        evidence: expect.stringMatching(/^1\.23 s of the command's 10\.0 s \(12 %\): Jest then transforms/),
        remedy: expect.stringContaining('`collectCoverageFrom`'),
      },
    ])
  })

  test('names the slowest three reporters', () => {
    const reporters = [
      { reporter: 'quick', wallMs: 1, runningMs: 0 },
      { reporter: 'slow', wallMs: 600, runningMs: 100 },
      { reporter: 'slowest', wallMs: 0, runningMs: 900 },
      { reporter: 'slower', wallMs: 800, runningMs: 0 },
    ]
    expect(found({ reporters, reportersMs: 2401 })).toMatchObject([
      {
        ...{ id: 'slow-reporters', title: 'Reporters take 2.40 s' },
        evidence: expect.stringContaining(
          ': slowest 900 ms while tests ran, slower 800 ms at the end, slow 600 ms at the end and 100 ms while tests ran.',
        ),
      },
    ])
  })

  test('names the one reporter that takes most of the time', () => {
    const reporters = [
      { reporter: 'quick', wallMs: 10, runningMs: 0 },
      { reporter: 'slow.js', wallMs: 800, runningMs: 1700 },
    ]
    expect(found({ reporters, reportersMs: 810 })).toMatchObject([
      { title: 'The reporter slow.js takes 2.51 s', costMs: 2510 },
    ])
  })

  test('finds an exit that takes more than 1 s', () => {
    expect(found({ exitMs: 1100 })).toMatchObject([
      { id: 'slow-exit', title: 'The process stays alive for 1.10 s after everything is done' },
    ])
    const short = { ...commandWith({ exitMs: 900 }), wallMs: 2000 }
    expect(commandParts({ command: short, totals, openHandles: [] })).toEqual([])
  })

  test('names what the process lives on for', () => {
    const handle = {
      kind: 'timer',
      file: 'test/a.test.js',
      project: '',
      test: null,
      count: 1,
      heldMs: 5000,
    } as const
    const stack = [{ function: 'start', file: 'src/a.js', line: 4, column: 3 }]
    const openHandles = [
      { ...handle, stack, end: 'exit' as const },
      { ...handle, stack: [], kind: 'server' as const, count: 2, end: 'exit' as const },
      { ...handle, stack, end: 'closed' as const },
    ]
    const [finding] = commandParts({ command: commandWith({ exitMs: 5000 }), totals, openHandles })
    expect(finding?.evidence).toMatch(
      /: it lives on for timer src\/a\.js:4 \(test\/a\.test\.js\), server ×2 of test\/a\.test\.js\.$/,
    )
    expect(finding?.position).toEqual({ file: 'src/a.js', line: 4, column: 3 })
    // A busy machine does not make it longer, as it may where it is unknown what the process lives on for.
    const busy = { ...totals, fileWallMs: 1000, readyMs: 900 }
    const ofBusy = (open: typeof openHandles) =>
      commandParts({ command: commandWith({ exitMs: 5000 }), totals: busy, openHandles: open })
    expect(ofBusy(openHandles)).toHaveLength(1)
    expect(ofBusy([])).toEqual([])
  })

  test('ignores parts below 10 % of the time until the last test, or below 200 ms', () => {
    expect(found({ globalSetupMs: 799, coverageMs: 799, fileMapMs: 799, reportersMs: 799 })).toEqual([])
    expect(found({ globalSetupMs: 400, globalTeardownMs: 400 })).toHaveLength(1)
    const shortWith = (globalSetupMs: number) => ({
      ...{ ...commandWith({ globalSetupMs }), wallMs: 1000 },
      ...{ running: { wallMs: 0 } },
    })
    expect(commandParts({ command: shortWith(199), totals, openHandles: [] })).toEqual([])
    expect(commandParts({ command: shortWith(200), totals, openHandles: [] })).toHaveLength(1)
  })

  test('keeps a finding when the rest of the command becomes known', () => {
    const command = commandWith({ fileMapMs: 800 })
    const ended = { ...command, wallMs: 30_000, after: { ...command.after, wallMs: 22_000, exitMs: 20_000 } }
    expect(commandParts({ command: ended, totals, openHandles: [] }).map(({ id }) => id)).toEqual([
      'file-map',
      'slow-exit',
    ])
  })

  test('ignores what is long only because the machine was busy', () => {
    const busy = { ...totals, fileWallMs: 1000, readyMs: 750 }
    const foundIn = (fileMapMs: number) =>
      commandParts({ command: commandWith({ fileMapMs }), totals: busy, openHandles: [] })
    expect([foundIn(1999), foundIn(2000)].map(({ length }) => length)).toEqual([0, 1])
  })

  test('finds nothing without known times', () => {
    expect(commandParts({ command: null, totals, openHandles: [] })).toEqual([])
    expect(found({})).toEqual([])
  })
})

test('withCommand replaces the findings about the command and keeps all others', () => {
  const finding = (id: string, costMs: number) =>
    findingOf({ id, costMs, savesWallMs: { low: 0, high: costMs } })
  const report = reportOf([])
  const before = { ...report, findings: [finding('coverage-report', 5000), finding('polling:a', 1500)] }
  const command = commandWith({ coverageMs: 1300, globalSetupMs: 1500, globalTeardownMs: 100.0004 })
  const { findings, ...rest } = withCommand(before, { command, openHandles: [] })
  expect(findings.map(({ id, costMs }) => `${id} ${costMs}`)).toEqual([
    'global-setup 1600',
    'polling:a 1500',
    'coverage-report 1300',
  ])
  expect(rest.command).toBe(command)
  expect(findings.every(({ id }) => COMMAND_FINDINGS.has(id) || id === 'polling:a')).toBe(true)
})

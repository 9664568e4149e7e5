// What takes a good part of the whole command beside its test files: before the first of them, or after the last one.

import type { CommandReport, Report } from '../../report/report.js'
import { duration, percent } from '../../report/views/figures.js'
import type { FindingDraft } from '../rule.js'

/** A share of the command's time, and milliseconds. */
const LEAST_SHARE = 0.1
const LEAST_MS = 200
/** A process takes some tenths of a second to end. */
const LEAST_EXIT_MS = 1000

export const COMMAND_FINDINGS: ReadonlySet<string> = new Set([
  'global-setup',
  'file-map',
  'coverage-report',
  'slow-reporters',
  'slow-exit',
])

export function commandParts({ command }: Pick<Report, 'command'>): FindingDraft[] {
  if (command === null) return []
  const found = [globalHooks(command), fileMap(command), coverage(command), reporters(command), exit(command)]
  return found.flatMap(entry => {
    if (entry === undefined || entry.costMs < Math.max(LEAST_MS, LEAST_SHARE * command.wallMs)) return []
    const share = `${duration(entry.costMs)} of the command's ${duration(command.wallMs)} (${percent(entry.costMs, command.wallMs)})`
    return [{ ...entry, evidence: `${share}${entry.evidence}`, position: null, confidence: 'high' as const }]
  })
}

type CommandDraft = Pick<FindingDraft, 'id' | 'title' | 'evidence' | 'remedy' | 'costMs'> | undefined

function globalHooks({ startUp, after, running }: CommandReport): CommandDraft {
  const [setupMs, teardownMs] = [startUp.globalSetupMs ?? 0, after.globalTeardownMs ?? 0]
  const named = [
    ...(setupMs >= 1 ? [`globalSetup takes ${duration(setupMs)}`] : []),
    ...(teardownMs >= 1 ? [`globalTeardown takes ${duration(teardownMs)}`] : []),
  ]
  return {
    id: 'global-setup',
    title: named.join(' and '),
    evidence: `; the test files take ${duration(running.wallMs)}.`,
    remedy:
      'Start what it starts only for the tests that need it, or keep it running between commands ' +
      '(for example with `docker compose up -d`), and wait until it is ready rather than for a fixed time.',
    costMs: setupMs + teardownMs,
  }
}

function fileMap({ startUp }: CommandReport): CommandDraft {
  const costMs = startUp.fileMapMs ?? 0
  return {
    id: 'file-map',
    title: `Mapping the project's files takes ${duration(costMs)} before the first test`,
    evidence:
      ': Jest looks at every file below its `roots` before it runs a test, whether tests need it or not.',
    remedy:
      'Set `roots` to the folders with sources and tests, leave out generated and data folders with `modulePathIgnorePatterns`, ' +
      "install `watchman`, and keep Jest's `cacheDirectory` on CI.",
    costMs,
  }
}

function coverage({ after }: CommandReport): CommandDraft {
  const costMs = after.coverageMs ?? 0
  return {
    id: 'coverage-report',
    title: `Coverage takes ${duration(costMs)} after the last test`,
    evidence:
      ': each file of `collectCoverageFrom` that no test has loaded is transformed and instrumented then, and reports are written.',
    remedy:
      'Narrow `collectCoverageFrom` to what tests should cover, leave files without tests to another job, or collect coverage ' +
      'on CI only. `coverageProvider: "v8"` instruments nothing; measure which of the two is faster for you.',
    costMs,
  }
}

function reporters({ after }: CommandReport): CommandDraft {
  const slowest = after.reporters.toSorted((a, b) => b.wallMs - a.wallMs).slice(0, 3)
  return {
    id: 'slow-reporters',
    title: `Reporters take ${duration(after.reportersMs)} after the last test`,
    evidence: `: ${slowest.map(({ reporter, wallMs }) => `${reporter} ${duration(wallMs)}`).join(', ')}.`,
    remedy: 'Disable the slowest where its output is not read, such as on developers\u2019 machines.',
    costMs: after.reportersMs,
  }
}

function exit({ after }: CommandReport): CommandDraft {
  const costMs = after.exitMs ?? 0
  if (costMs < LEAST_EXIT_MS) return undefined
  return {
    id: 'slow-exit',
    title: `The process stays alive for ${duration(costMs)} after everything is done`,
    evidence: ': something that was opened is still open, such as a timer, a socket or a server.',
    remedy: 'Close it in an `afterAll` or in globalTeardown. `jest --detectOpenHandles` names what it is.',
    costMs,
  }
}

// Parts of the command before the first test file or after the last one that take a large share of its time.

import { sum } from 'd3-array'
import type { CommandReport, Report } from '../../report/report.js'
import { duration, percent } from '../../report/views/figures.js'
import { handleText, keptAliveBy, madeAt } from '../../report/views/open-handles.js'
import { positionOf } from '../evidence/places.js'
import { type FindingDraft, listed } from '../rule.js'

/** A share of the time until the last test has ended, and milliseconds. */
const LEAST_SHARE = 0.1
const LEAST_MS = 200
/** A process takes some tenths of a second to exit, and so does the map of a project with few files. */
const LEAST_EXIT_MS = 1000
const LEAST_FILE_MAP_MS = 500

export const COMMAND_FINDINGS: ReadonlySet<string> = new Set([
  'global-setup',
  'file-map',
  'coverage-report',
  'slow-reporters',
  'slow-exit',
])

export function commandParts({
  command,
  totals,
  openHandles,
}: Pick<Report, 'command' | 'totals' | 'openHandles'>): FindingDraft[] {
  if (command === null) return []
  // The rest of the command is unknown when the run prints its findings, which must not vanish when it ends.
  const untilLastTestMs = command.startUp.wallMs + command.running.wallMs
  // On a busy machine all takes longer than it has to.
  const ownShare = totals.fileWallMs === 0 ? 1 : 1 - (totals.readyMs ?? 0) / totals.fileWallMs
  return [...draftsOf(command), slowExit(command, keptAliveBy(openHandles))]
    .filter(
      ({ costMs, leastMs = LEAST_MS, isWaiting = false }) =>
        costMs >= LEAST_SHARE * untilLastTestMs && costMs * (isWaiting ? 1 : ownShare) >= leastMs,
    )
    .map(({ leastMs: _, isWaiting: _isWaiting, isComputing = false, ...rest }) => {
      const draft = { ...rest, costMs: isComputing ? rest.costMs * ownShare : rest.costMs }
      const share = `${duration(draft.costMs)} of the command's ${duration(command.wallMs)}`
      const evidence = `${share} (${percent(draft.costMs, command.wallMs)})${draft.evidence}`
      const savings = { command: { low: 0, high: draft.costMs } }
      return { ...draft, evidence, confidence: 'high', savings }
    })
}

type CommandDraft = Omit<FindingDraft, 'confidence' | 'savings'> & {
  readonly leastMs?: number
  /** Whether it needs a core all the time, so that it takes longer on a busy machine. */
  readonly isComputing?: true
  /** Whether it is known to need no core, so that a busy machine does not make it longer. */
  readonly isWaiting?: true
}

/** Of the time of all reporters: then it is named in the title. */
const MOST_OF_REPORTERS = 0.8

function reporterText({ reporter, wallMs, runningMs }: CommandReport['after']['reporters'][number]): string {
  const times = [
    ...(wallMs >= 1 ? [`${duration(wallMs)} at the end`] : []),
    ...(runningMs >= 1 ? [`${duration(runningMs)} while tests ran`] : []),
  ]
  return `${reporter} ${times.join(' and ') || duration(0)}`
}

/** `evidence` follows the share of the command. */
function draftsOf({ startUp, running, after }: CommandReport): CommandDraft[] {
  const [setupMs, teardownMs] = [startUp.globalSetupMs ?? 0, after.globalTeardownMs ?? 0]
  const globalHooks = Object.entries({ globalSetup: setupMs, globalTeardown: teardownMs })
    .filter(([, ms]) => ms >= 1)
    .map(([name, ms]) => `${name} takes ${duration(ms)}`)
  const [fileMapMs, coverageMs] = [startUp.fileMapMs ?? 0, after.coverageMs ?? 0]
  const reporters = after.reporters
    .map(({ reporter, wallMs, runningMs }) => ({ reporter, wallMs, runningMs, ms: wallMs + runningMs }))
    .toSorted((a, b) => b.ms - a.ms)
  const reportersMs = sum(reporters, ({ ms }) => ms)
  const [slowest] = reporters
  const isOne = slowest !== undefined && slowest.ms >= MOST_OF_REPORTERS * reportersMs
  return [
    {
      id: 'global-setup',
      title: globalHooks.join(' and '),
      evidence: `; the test files take ${duration(running.wallMs)}.`,
      remedy:
        'Start services only for the tests that need them, or keep them running between commands (with ' +
        '`docker compose up -d`, for example), and wait until they are ready rather than for a fixed time.',
      costMs: setupMs + teardownMs,
    },
    {
      id: 'file-map',
      title: `Mapping the project's files takes ${duration(fileMapMs)} before the first test`,
      evidence:
        ': Jest looks at every file below its `roots` before it runs a test, whether tests need it or not.',
      remedy:
        'Set `roots` to the folders with sources and tests, exclude generated and data folders with `modulePathIgnorePatterns`, ' +
        "install `watchman`, and keep Jest's `cacheDirectory` on CI.",
      costMs: fileMapMs,
      isComputing: true,
      leastMs: LEAST_FILE_MAP_MS,
    },
    {
      id: 'coverage-report',
      title: `Coverage takes ${duration(coverageMs)} after the last test`,
      evidence:
        ': Jest then transforms and instruments the files of `collectCoverageFrom` that no test has loaded, and writes reports.',
      remedy:
        'Narrow `collectCoverageFrom` to what tests should cover, leave files without tests to another job, or collect coverage ' +
        'on CI only. `coverageProvider: "v8"` instruments nothing: measure which of the two is faster for you.',
      costMs: coverageMs,
      isComputing: true,
    },
    {
      id: 'slow-reporters',
      title: `${isOne ? `The reporter ${slowest.reporter} takes` : 'Reporters take'} ${duration(reportersMs)}`,
      evidence: `: ${reporters.slice(0, 3).map(reporterText).join(', ')}.`,
      remedy:
        'Disable the slowest where nobody reads its output, such as on developers\u2019 machines. While tests run, Jest awaits ' +
        'a reporter before it takes the next result.',
      costMs: reportersMs,
    },
  ]
}

function slowExit({ after }: CommandReport, handles: Report['openHandles']): CommandDraft {
  const exitMs = after.exitMs ?? 0
  const [first] = handles
  const call = first && madeAt(first)
  const draft: CommandDraft = {
    id: 'slow-exit',
    title: `The process stays alive for ${duration(exitMs)} after everything is done`,
    evidence: ': something is still open, such as a timer, a socket or a server.',
    remedy: 'Close it in an `afterAll` or in globalTeardown. `jest --detectOpenHandles` shows what it is.',
    costMs: exitMs,
    leastMs: LEAST_EXIT_MS,
  }
  if (first === undefined) return draft
  return {
    ...draft,
    isWaiting: true,
    evidence: `: it lives on for ${listed(handles.map(handle => handleText(handle)))}.`,
    remedy: 'Close it in an `afterEach` or `afterAll`, which also run when a test fails.',
    ...(call === undefined ? {} : { position: positionOf(call) }),
  }
}

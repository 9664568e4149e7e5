// What test environments wait for when they are set up and torn down, where no code of the project started the wait: that has findings
// of its own.

import { rollups, sum } from 'd3-array'
import type { WaitSum } from '../../attribution/wait-sums.js'
import { byDescending } from '../../profile/order.js'
import { isOwnFile } from '../../profile/own-code.js'
import { fileKey } from '../../profile/paths.js'
import type { Phase } from '../../profile/profile.js'
import type { FileRecord } from '../../report/record/run-record.js'
import { relativeTo } from '../../report/relative-path.js'
import { count, duration } from '../../report/views/figures.js'
import { pathText } from '../../report/views/names.js'
import { keyOf } from '../evidence/files.js'
import { type Facts, type FindingDraft, leastCostMs, listed } from '../rule.js'

/** Milliseconds that are too short to name a file for. */
const LEAST_OF_FILE = 50

const REMEDIES: Partial<Record<Phase, string>> = {
  environment:
    'Start what all test files need (a server, a database, a browser) once, in `globalSetup`, and only reset it in the environment.',
  teardown:
    'An environment may wait for what a test file leaves running: unmount, clear timers and close connections in `afterEach` or `afterAll`.',
}

export function environmentWaits({ report, record }: Facts): FindingDraft[] {
  const toRelative = relativeTo(report.run.displayRoot)
  const phasesOf = new Map(
    report.files.map(({ projectId, path, phases }) => [fileKey({ project: projectId, file: path }), phases]),
  )
  const waiting = record.files
    .map(file => {
      const path = toRelative(file.path)
      const phases = phasesOf.get(fileKey({ project: file.projectId, file: path }))
      const [setUpMs, tearDownMs] = [phases?.environment.idleMs ?? 0, phases?.teardown.idleMs ?? 0]
      return { file, path, setUpMs, tearDownMs, ms: setUpMs + tearDownMs - ownMsOutsideOfTests(file) }
    })
    .filter(({ ms }) => ms >= LEAST_OF_FILE)
    .toSorted(byDescending('ms', ({ path }) => path))
  const costMs = sum(waiting, ({ ms }) => ms)
  const [longest] = waiting
  if (longest === undefined || costMs < leastCostMs(report)) return []
  const inTeardown = sum(waiting, ({ tearDownMs }) => tearDownMs) > sum(waiting, ({ setUpMs }) => setUpMs)
  const phase = inTeardown ? 'teardown' : 'environment'
  const waits = waiting.flatMap(({ file }) => (file.recording?.waits ?? []).filter(isOfNobody))
  const isRecorded = waits.some(({ kind }) => kind !== 'not recorded')
  return [
    {
      id: 'environment-waits',
      // What can be spared is for the author to say.
      confidence: 'medium',
      title: `${inTeardown ? 'Tearing down' : 'Setting up'} the environment of ${count(waiting.length, 'test file')} waits`,
      evidence:
        `${duration(costMs)}${isRecorded ? " outside of the project's code" : ''}: ${listed(waiting.map(({ path, ms }) => `${path} ${duration(ms)}`))}. ` +
        (isRecorded
          ? `It waits for: ${reasons(waits)}.`
          : 'What it waits for was not recorded: run again with `--waits`.'),
      remedy: REMEDIES[phase] ?? '',
      costMs,
      savings: { files: new Map(waiting.map(({ file, ms }) => [keyOf(file), ms])) },
      position: { file: longest.path, line: 1, column: 1 },
    },
  ]
}

function isOutsideOfTests({ tests, hooks, blocking }: WaitSum): boolean {
  return !blocking && tests.size === 0 && hooks.size === 0
}

const isOwn = ({ stack }: WaitSum) => stack.some(({ frame }) => isOwnFile(frame.file))
const isOfNobody = (wait: WaitSum) => isOutsideOfTests(wait) && !isOwn(wait)

function ownMsOutsideOfTests({ recording }: FileRecord): number {
  const own = (recording?.waits ?? []).filter(wait => isOutsideOfTests(wait) && isOwn(wait))
  return sum(own, ({ total }) => total) / 1000
}

/** `timer of scheduler (scheduler/index.js:3) 2.00 s, unexplained 1.00 s`. */
function reasons(waits: readonly WaitSum[]): string {
  const named = rollups(
    waits,
    rows => sum(rows, ({ total }) => total) / 1000,
    ({ kind, stack }) => {
      // The outermost package asked for it, through others.
      const starter = stack.findLast(({ frame }) => frame.package !== undefined)
      return starter === undefined
        ? kind
        : `${kind} of ${starter.frame.package} (${pathText(starter.frame.file)}:${starter.line})`
    },
  ).toSorted(([a, msA], [b, msB]) => msB - msA || (a < b ? -1 : 1))
  return listed(named.map(([reason, ms]) => `${reason} ${duration(ms)}`))
}

// The cause of a test's time: its longest wait, its longest hook, or its hottest function.

import { ANONYMOUS } from '../profile/frame.js'
import { isOwnCode } from '../profile/own-code.js'
import type { WaitKind } from '../recording/wait-kinds.js'
import type { WaitReport } from '../report/account-reports.js'
import type { BudgetCause } from '../report/budget-report.js'
import type { FunctionReport } from '../report/code-reports.js'
import type { FileReport, TestReport } from '../report/file-report.js'
import type { Report } from '../report/report.js'
import { hookCause } from './causes-of-files.js'

/** The share of a time that explains it. */
const MOSTLY = 0.5

/** The cause of a wall time: the longest wait if the test mostly waits, the longest hook if it mostly runs hooks. */
export function causeOfWall(
  test: TestReport,
  file: FileReport,
  { waits }: Pick<Report, 'waits'>,
): BudgetCause | null {
  const { wallMs, idleMs, blockedMs } = test
  const wait = longestWait(waits, test, file)
  if (wait !== null && (idleMs ?? 0) + (blockedMs ?? 0) >= MOSTLY * wallMs) return wait
  return causeOfWork(test, file, wallMs) ?? wait
}

/** The cause of a CPU time, which contains no waits. */
export function causeOfCpu(test: TestReport, file: FileReport): BudgetCause | null {
  return causeOfWork(test, file, test.cpuMs ?? 0)
}

function causeOfWork(test: TestReport, file: FileReport, wholeMs: number): BudgetCause | null {
  const own = test.hooks.filter(({ isAround }) => !isAround)
  const hook = hookCause(own.map(({ hook, wallMs }) => ({ hook: file.hooks[hook], wallMs })))
  const isMostlyHooks = (test.hooksMs ?? 0) >= MOSTLY * wholeMs
  const hottest = hottestFunction(test.hotspots)
  return isMostlyHooks ? (hook ?? hottest) : (hottest ?? hook)
}

function longestWait(waits: readonly WaitReport[], test: TestReport, file: FileReport): BudgetCause | null {
  const waited = waits.flatMap(wait => {
    const entry = wait.tests.find(
      ({ index, ...of }) => index === test.index && of.file === file.path && of.project === file.project,
    )
    return entry === undefined ? [] : [{ wait, ms: entry.totalMs }]
  })
  const [longest] = waited.toSorted((a, b) => b.ms - a.ms)
  if (longest === undefined) return null
  const { kind, blocking, startedAt } = longest.wait
  const { function: name = ANONYMOUS, ...call } = startedAt ?? {}
  const place = { file: '', line: 0, column: 0, ...call }
  const starter = name === ANONYMOUS ? '' : `, started by ${name}`
  return { text: waitText(kind, blocking) + starter, ...place, ms: longest.ms }
}

function waitText(kind: WaitKind, blocking: boolean): string {
  if (kind === 'unexplained') return 'waiting for something unknown'
  if (kind === 'not recorded' || kind === 'not recorded (too many at once)')
    return 'waiting; what for was not recorded'
  return blocking ? `blocked: ${kind}` : `waiting for: ${kind}`
}

/** The project's own functions come first, because users can change them. */
function hottestFunction(hotspots: readonly FunctionReport[]): BudgetCause | null {
  const hottest = hotspots.find(isOwnCode) ?? hotspots[0]
  if (hottest === undefined) return null
  const { function: name, file, line, column, selfMs } = hottest
  return { text: name, file, line, column, ms: selfMs }
}

import type { CallReport, WaitReport } from '../../report/account-reports.js'
import { duration } from '../../report/views/figures.js'
import type { RunData } from '../data/run-data.js'
import { plain, position } from '../data/text.js'
import { type Route, testLink } from '../routes.js'
import { durationColumn } from '../widgets/duration-column.js'
import { Place } from '../widgets/links.js'
import { type Column, Table } from '../widgets/table.js'

export function waitTitle({ kind, startedAt }: Pick<WaitReport, 'kind' | 'startedAt'>): string {
  return startedAt === null || startedAt.function === ''
    ? plain(kind)
    : `${plain(kind)} of ${plain(startedAt.function)}`
}

/** From the project's own code outwards: what a library does on its way to a timer is nobody's to change. */
export function callsOf({ startedAt, stack }: Pick<WaitReport, 'startedAt' | 'stack'>): CallReport[] {
  if (startedAt === null) return []
  const own = stack.findIndex(({ file, line }) => file === startedAt.file && line === startedAt.line)
  const outer = stack.slice(Math.max(0, own))
  return [startedAt, ...outer.filter(({ file, line }) => file !== startedAt.file || line !== startedAt.line)]
}

export function CallStack({ stack }: { stack: readonly CallReport[] }) {
  if (stack.length === 0) return <span class="sub">no line of your own is known</span>
  return (
    <ol class="calls">
      {stack.map((call, index) => (
        <li key={index}>
          {plain(call.function) || '(anonymous)'} <Place {...call} />
        </li>
      ))}
    </ol>
  )
}

const MOST_CALLERS = 5
const MOST_TESTS = 10

function Callers({ callers }: Pick<WaitReport, 'callers'>) {
  if (callers.length < 2) return null
  const more = callers.length - MOST_CALLERS
  return (
    <ul class="tests" aria-label="Called from">
      {callers.slice(0, MOST_CALLERS).map(call => (
        <li key={`${call.file}:${call.line}`}>
          {duration(call.totalMs)} {plain(call.function) || '(anonymous)'} <Place {...call} />
        </li>
      ))}
      {more > 0 && <li class="sub">and from {more} more</li>}
    </ul>
  )
}

function columns(data: RunData): readonly Column<WaitReport>[] {
  return [
    durationColumn('totalMs', 'Time', row => row.totalMs),
    { key: 'count', title: 'Times', value: row => row.count },
    {
      key: 'kind',
      title: 'Waited for',
      value: row => row.kind,
      show: row => (
        <>
          {plain(row.kind)}
          {row.blocking && <span class="tag">blocking</span>}
        </>
      ),
    },
    {
      key: 'stack',
      title: 'Started at',
      value: row =>
        callsOf(row)
          .map(call => position(call.file, call.line, call.column))
          .join(' ← '),
      text: row =>
        callsOf(row)
          .map(call => `${call.function} ${position(call.file, call.line, call.column)}`)
          .join(' ← '),
      show: row => (
        <>
          <CallStack stack={row.callers.length > 1 ? callsOf(row).slice(0, 1) : callsOf(row)} />
          <Callers callers={row.callers} />
        </>
      ),
    },
    {
      key: 'tests',
      title: 'Tests that waited longest',
      value: row => row.tests.length,
      text: row => row.tests.map(test => `${test.fullName} (${test.file})`).join(', '),
      show: row => (
        <ul class="tests">
          {row.tests.slice(0, MOST_TESTS).map(test => (
            <li key={`${test.file} ${test.index}`}>
              {duration(test.totalMs)}{' '}
              <a
                href={testLink(
                  { path: test.file, projectId: data.file(test.file, test.project)?.projectId ?? '' },
                  test,
                )}
              >
                {plain(test.fullName)}
              </a>
            </li>
          ))}
        </ul>
      ),
    },
  ]
}

export function Waits({ data, route }: { data: RunData; route: Route }) {
  const { waits, leaks } = data.report
  return (
    <>
      <h1>Waits</h1>
      <p class="sub">
        What idle time waited for, by the line that started it; and synchronous calls in which the thread
        stood still.
      </p>
      <Table
        caption="Waits"
        columns={columns(data)}
        rows={waits}
        route={route}
        sortBy="-totalMs"
        filter
        empty="Nothing was waited for."
      />
      {leaks.length > 0 && (
        <section>
          <h2>Work that ended tests left behind</h2>
          <ul class="leaks">
            {leaks.map((leak, index) => (
              <li key={index}>
                <strong>{plain(leak.kind)}</strong> of{' '}
                <a
                  href={testLink(
                    {
                      path: leak.test.file,
                      projectId: data.file(leak.test.file, leak.test.project)?.projectId ?? '',
                    },
                    leak.test,
                  )}
                >
                  {plain(leak.test.fullName)}
                </a>
                : ran {leak.count} times in later tests, {duration(leak.cpuMs)} of CPU
                <CallStack stack={leak.stack} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

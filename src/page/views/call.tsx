// One function that own code calls: who calls it, from which lines, and in which tests.

import { useMemo } from 'preact/hooks'
import type { CallRow } from '../../report/code-reports.js'
import { calleeName } from '../../report/views/called-code.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { nameText } from '../../report/views/names.js'
import type { CallTarget, Cell } from '../../tables/cell.js'
import { CALLS, callerCell, occupiedMs } from '../../tables/code-tables.js'
import { column, count as countColumn, ms } from '../../tables/columns.js'
import { leftOutOf, type TableColumn } from '../../tables/table.js'
import { type CalledInTest, calledFunction } from '../data/callees.js'
import type { RunData } from '../data/run-data.js'
import { ALL_TIME } from '../data/selection.js'
import { codeText, sanitize } from '../data/text.js'
import { href } from '../routes.js'
import { DataTable } from '../widgets/data-table.js'
import { FigureList } from '../widgets/figures.js'
import { Category, Place } from '../widgets/names.js'
import { NotFound, type ViewProps } from './view.js'

export function CallPage({ data, route }: ViewProps) {
  const { report } = data
  const target = targetOf(route.params)
  const found = useMemo(() => calledFunction(report, target), [report, JSON.stringify(target)])
  const [first] = found?.calls ?? []
  if (found === undefined || first === undefined)
    return <NotFound what={`No call of “${sanitize(target.function)}”.`} />
  const { calls, tests, totalMs, selfMs } = found
  const { callee } = first
  const named = calls.find(call => call.callee.writtenAs.length > 0) ?? first
  const cut = leftOutOf(report, CALLS.cutAs)
  return (
    <>
      <h1>{sanitize(calleeName(named))}</h1>
      <p class="sub">
        {first.kind} · <Category name={callee.category} />
        {callee.package !== null && (
          <>
            {' '}
            · <a href={href('functions', { package: callee.package })}>{sanitize(callee.package)}</a>
          </>
        )}{' '}
        · <a href={href('flame', { q: callee.function, value: ALL_TIME })}>in the flame graph</a>
      </p>
      <FigureList
        figures={[
          { name: 'total', value: duration(totalMs) },
          { name: 'self', value: duration(selfMs) },
          { name: 'of CPU and blocked time', value: percent(totalMs, occupiedMs(report)) },
          { name: 'called by', value: count(calls.length, 'function'), isText: true },
        ]}
      />
      <h2>Called by</h2>
      <p class="sub">
        V8 does not tell from which line a call was made: all lines of a function that make the call share its
        time.
        {cut > 0 && ` ${count(cut, 'call')} of all functions with the least time were cut from the report.`}
      </p>
      <DataTable
        caption="Callers"
        columns={CALLER_COLUMNS}
        rows={calls}
        route={route}
        sortBy="-totalMs"
        first={30}
      />
      <Lines data={data} calls={calls} />
      <h2>Tests</h2>
      <p class="sub">Those in which each caller spends most of its time on the call.</p>
      <DataTable
        caption="Tests"
        columns={testColumns(data)}
        rows={tests}
        route={route}
        sortBy="-totalMs"
        first={30}
      />
    </>
  )
}

/** The link may come from anywhere: an unknown kind finds no call. */
function targetOf(params: URLSearchParams): CallTarget {
  return {
    kind: (params.get('kind') ?? '') as CallTarget['kind'],
    package: params.get('package'),
    function: params.get('name') ?? '',
  }
}

const CALLER_COLUMNS: readonly TableColumn<CallRow>[] = [
  ms('totalMs', 'total'),
  ms('selfMs', 'self', 'minor'),
  column('caller', 'caller', callerCell, { isSubject: true }),
  countColumn('testCount', 'tests'),
  column('lines', 'lines', ({ caller }) => linesCell(caller)),
]

const MOST_LINES = 12

function linesCell({ file, lines }: CallRow['caller']): Cell {
  const items = lines.slice(0, MOST_LINES).map(line => ({
    cell: { kind: 'place', place: { file, line, column: 0 } } as const,
    note: '',
  }))
  return { kind: 'list', items }
}

function testColumns({ report }: RunData): readonly TableColumn<CalledInTest>[] {
  const projectIdOf = ({ file: path, project }: CalledInTest['test']) =>
    report.files.find(file => file.path === path && file.project === project)?.projectId ?? ''
  return [
    ms('totalMs', 'total'),
    column('test', 'test', ({ test }) => {
      const link = { path: test.file, project: test.project, projectId: projectIdOf(test), index: test.index }
      return { kind: 'test', name: nameText(test.name), note: '', test: link }
    }),
    column('file', 'file', ({ test }) => {
      const file = { path: test.file, project: test.project, projectId: projectIdOf(test) }
      return { kind: 'test file', file, line: 0, column: 0 }
    }),
  ]
}

const MOST_SOURCE_LINES = 10

/** The lines of the most expensive callers, where the page has their source. */
function Lines({ data, calls }: { data: RunData; calls: readonly CallRow[] }) {
  const sources = data.profile?.sources ?? {}
  const lines = calls
    .flatMap(({ caller, totalMs }) => {
      const text = sources[caller.file]?.split('\n')
      return caller.lines.flatMap(line => {
        const code = text?.[line - 1]?.trim() ?? ''
        return code === '' ? [] : [{ file: caller.file, line, code, totalMs }]
      })
    })
    .slice(0, MOST_SOURCE_LINES)
  if (lines.length === 0) return null
  return (
    <section>
      <h2>Lines</h2>
      <table class="bars">
        <tbody>
          {lines.map(({ file, line, code, totalMs }) => (
            <tr key={`${file}:${line}`}>
              <td class="number">{duration(totalMs)}</td>
              <td>
                <code>{codeText(code)}</code> <Place file={file} line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

// The costliest of each kind, each leading on: what the overview shows of functions, tests, imports and waits.

import type { Report } from '../../report/report.js'
import { ownMs } from '../../report/views/busy-machine.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { type HotCode, hotCode } from '../../report/views/hot-code.js'
import { costlyImports, importName } from '../../report/views/imports.js'
import { type TestRow, testRows } from '../../report/views/test-templates.js'
import { pathName, plain, testTitle } from '../data/text.js'
import { href } from '../routes.js'
import { ShareBar, TimeBar } from '../widgets/figures.js'
import { FileName, FunctionName, Place, TestName } from '../widgets/links.js'
import { waitTitle } from './waits.js'

const ROWS = 8

export function HotCodeList({ report }: { report: Report }) {
  const rows = hotCode(report).slice(0, ROWS)
  const busy = Object.values(report.categories).reduce((sum, ms) => sum + ms, 0)
  return (
    <section>
      <h2>
        <a href={href('functions')}>Hottest functions</a> <small>self time</small>
      </h2>
      {rows.length === 0 && <p class="none">No function of your own or of a package was seen twice.</p>}
      <table class="bars">
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td class="number">{duration(row.selfMs)}</td>
              <td class="number sub">{percent(row.selfMs, busy)}</td>
              <td class="wide">
                <HotRow row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function HotRow({ row }: { row: HotCode }) {
  if (row.kind === 'package') {
    const { package: name, functions } = row.package
    return (
      <>
        <a class="name" href={href('functions', { package: name })}>
          {plain(name)}
        </a>{' '}
        <span class="sub">{count(functions, 'function')}</span>
      </>
    )
  }
  const { function: name, file, line, column } = row.hotspot
  return (
    <>
      <FunctionName {...{ name, file, line, column }} /> <Place {...{ file, line, column }} />
    </>
  )
}

export function SlowestTests({ report }: { report: Report }) {
  const rows = testRows(report.files)
    .filter(({ test }) => test.wallMs > 0)
    .toSorted((a, b) => ownMs(b.test) - ownMs(a.test))
    .slice(0, ROWS)
  const most = Math.max(0, ...rows.map(({ test }) => test.wallMs))
  return (
    <section>
      <h2>
        <a href={href('tests')}>Slowest tests</a>
      </h2>
      <table class="bars">
        <tbody>
          {rows.map(({ file, test, rows: single }) => (
            <tr key={`${file.projectId} ${file.path} ${test.index} ${test.attempt}`}>
              <td class="number">{duration(test.wallMs)}</td>
              <td class="wide">
                {single.length === 1 ? (
                  <TestName file={file} test={test} />
                ) : (
                  <Template file={file} test={test} rows={single} />
                )}{' '}
                <FileName file={file} />
                {test.cpuMs === null || test.idleMs === null ? (
                  <ShareBar value={test.wallMs} of={most} />
                ) : (
                  <TimeBar
                    times={{
                      ...test,
                      ...{ cpuMs: test.cpuMs, idleMs: test.idleMs },
                      ...{ gcMs: test.gcMs ?? 0, blockedMs: test.blockedMs ?? 0 },
                    }}
                    of={most}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Tests that one line defines; of very many the slowest. */
function Template({ file, test, rows }: TestRow) {
  const slowest = rows.toSorted((a, b) => ownMs(b) - ownMs(a)).slice(0, SINGLE)
  return (
    <details class="template">
      <summary>
        {testTitle(test.name)} ×{rows.length.toLocaleString('en-US')}
      </summary>
      <ul>
        {slowest.map(single => (
          <li key={single.index}>
            {duration(single.wallMs)} <TestName file={file} test={single} />
          </li>
        ))}
        {slowest.length < rows.length && <li>{count(rows.length - slowest.length, 'faster one')}</li>}
      </ul>
    </details>
  )
}

const SINGLE = 50

export function Imports({ report }: { report: Report }) {
  const rows = costlyImports(report).slice(0, ROWS)
  return (
    <section>
      <h2>
        <a href={href('imports')}>Costliest imports</a> <small>saved without them</small>
      </h2>
      {rows.length === 0 && <p class="none">No import cost anything worth a line.</p>}
      <table class="bars">
        <tbody>
          {rows.map(row => (
            <tr key={importName(row)}>
              <td class="number">{duration(row.savedMs)}</td>
              <td class="wide">
                <a class="name path" href={href('imports', { q: importName(row) })}>
                  {pathName(importName(row))}
                </a>{' '}
                <span class="sub">in {count(row.files, 'file')}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export function Waits({ report }: { report: Report }) {
  const rows = report.waits.filter(({ totalMs }) => totalMs >= 1).slice(0, ROWS)
  return (
    <section>
      <h2>
        <a href={href('waits')}>Waits</a>
      </h2>
      {rows.length === 0 && <p class="none">Nothing was waited for.</p>}
      <table class="bars">
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td class="number">{duration(row.totalMs)}</td>
              <td class="number sub">×{row.count.toLocaleString('en-US')}</td>
              <td class="wide">
                <a
                  class="name"
                  href={href('waits', {
                    q: row.startedAt === null ? row.kind : `${row.startedAt.file}:${row.startedAt.line}`,
                  })}
                >
                  {waitTitle(row)}
                </a>{' '}
                {row.startedAt !== null && <Place {...row.startedAt} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

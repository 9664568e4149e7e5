// The first screen: where the time went, and what to change.

import { CATEGORIES, PHASES } from '../../profile/profile.js'
import { costlyImports } from '../../report/costly-imports.js'
import { count, duration, percent } from '../../report/figures.js'
import { type HotCode, hotCode } from '../../report/hot-code.js'
import type { Report } from '../../report/report.js'
import { COLOURS, MEANING } from '../categories.js'
import type { RunData, TestRow } from '../data/run-data.js'
import { plain } from '../data/text.js'
import { verdict } from '../data/verdict.js'
import { href } from '../routes.js'
import { ShareBar, TimeBar, TimeLegend } from '../widgets/figures.js'
import { FileName, FunctionName, Place, TestName } from '../widgets/links.js'
import { WorkerTimeline } from '../widgets/worker-timeline.js'
import { Findings } from './findings.js'
import { Missing } from './missing.js'
import { waitTitle } from './waits.js'

const ROWS = 8

export function Overview({ data }: { data: RunData }) {
  const { report } = data
  return (
    <>
      <Headline report={report} />
      <div class="columns lead">
        <div>
          <Phases report={report} />
          <HotCodeList report={report} />
        </div>
        <div>
          <Findings findings={report.findings} rows={3} />
          <SlowestTests tests={data.tests} />
        </div>
      </div>
      <WorkerTimeline report={report} />
      <div class="columns">
        <Imports report={report} />
        <Waits report={report} />
      </div>
      <Categories report={report} />
      <Missing report={report} cuts={data.profile?.cuts ?? []} />
    </>
  )
}

function Headline({ report }: { report: Report }) {
  const { totals } = report
  const figures = [
    ['wall', duration(totals.wallMs), 'from the start of the run to the end of its last test file'],
    ['CPU', duration(totals.cpuMs), 'in all test files together'],
    ['waiting', duration(totals.idleMs), `${percent(totals.idleMs, totals.fileWallMs)} of the files’ time`],
    ...(totals.gcMs >= 1
      ? [['garbage collection', duration(totals.gcMs), `${percent(totals.gcMs, totals.cpuMs)} of CPU`]]
      : []),
    ...(totals.blockedMs >= 1
      ? [['blocked', duration(totals.blockedMs), 'in synchronous calls, part of CPU']]
      : []),
  ] as const
  return (
    <section class="headline">
      <h1 class="verdict">{verdict(report).join(' ')}</h1>
      <dl class="figures">
        {figures.map(([name, figure, hint]) => (
          <div key={name} title={hint}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
        <div>
          <dt>ran</dt>
          <dd class="small">
            {count(totals.testFiles, 'file')}, {count(totals.tests, 'test')},{' '}
            {count(report.run.workers, 'worker')}
          </dd>
        </div>
      </dl>
    </section>
  )
}

function Phases({ report }: { report: Report }) {
  const { phases, totals } = report
  const rows = PHASES.map(phase => ({ phase, times: phases[phase] })).filter(({ times }) => times.wallMs > 0)
  const most = Math.max(...rows.map(({ times }) => times.wallMs), 1)
  return (
    <section>
      <h2>Where the time went</h2>
      <table class="bars">
        <caption class="hidden">Wall time of all test files by phase</caption>
        <tbody>
          {rows.map(({ phase, times }) => (
            <tr key={phase}>
              <th scope="row">
                <a href={href('flame', { phase, time: 'all' })}>{phase}</a>
              </th>
              <td class="number">{duration(times.wallMs)}</td>
              <td class="number sub">{percent(times.wallMs, totals.fileWallMs)}</td>
              <td class="wide">
                <TimeBar times={times} of={most} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <TimeLegend />
    </section>
  )
}

function HotCodeList({ report }: { report: Report }) {
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

function SlowestTests({ tests }: { tests: readonly TestRow[] }) {
  const rows = tests.toSorted((a, b) => b.test.wallMs - a.test.wallMs).slice(0, ROWS)
  const most = rows[0]?.test.wallMs ?? 0
  return (
    <section>
      <h2>
        <a href={href('tests')}>Slowest tests</a>
      </h2>
      <table class="bars">
        <tbody>
          {rows
            .filter(({ test }) => test.wallMs > 0)
            .map(({ file, test }) => (
              <tr key={`${file.projectId} ${file.path} ${test.index} ${test.attempt}`}>
                <td class="number">{duration(test.wallMs)}</td>
                <td class="wide">
                  <TestName file={file} test={test} /> <FileName file={file} />
                  {test.cpuMs === null || test.idleMs === null ? (
                    <ShareBar value={test.wallMs} of={most} />
                  ) : (
                    <TimeBar
                      times={{
                        wallMs: test.wallMs,
                        cpuMs: test.cpuMs,
                        idleMs: test.idleMs,
                        gcMs: test.gcMs ?? 0,
                        blockedMs: test.blockedMs ?? 0,
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

function Imports({ report }: { report: Report }) {
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
            <tr key={row.module}>
              <td class="number">{duration(row.savedMs)}</td>
              <td class="wide">
                <a class="name path" href={href('imports', { q: row.module })}>
                  {plain(row.module)}
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

function Waits({ report }: { report: Report }) {
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
                    q: row.stack[0] === undefined ? row.kind : `${row.stack[0].file}:${row.stack[0].line}`,
                  })}
                >
                  {waitTitle(row)}
                </a>{' '}
                {row.stack[0] !== undefined && <Place {...row.stack[0]} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Categories({ report }: { report: Report }) {
  const rows = CATEGORIES.flatMap(category =>
    category === 'idle' ? [] : [{ category, ms: report.categories[category] }],
  )
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms)
  const busy = rows.reduce((sum, { ms }) => sum + ms, 0)
  return (
    <section>
      <h2>
        Whose code ran <small>{duration(busy)} of CPU</small>
      </h2>
      <span
        class="bar tall"
        role="img"
        aria-label={rows.map(({ category, ms }) => `${category} ${percent(ms, busy)}`).join(', ')}
      >
        {rows.map(({ category, ms }) => (
          <i
            key={category}
            style={{ width: `${(100 * ms) / busy}%`, background: COLOURS[category] }}
            title={`${category}: ${duration(ms)}`}
          />
        ))}
      </span>
      <p class="legend">
        {rows.map(({ category, ms }) => (
          <a key={category} href={href('functions', { category })} title={MEANING[category]}>
            <i style={{ background: COLOURS[category] }} /> {category} {percent(ms, busy)}
          </a>
        ))}
      </p>
    </section>
  )
}

// The first screen: where the time went, and what to change.

import { CATEGORIES } from '../../profile/profile.js'
import type { CommandReport, Report } from '../../report/report.js'
import { shownReadyMs } from '../../report/views/busy-machine.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { workersText } from '../../report/views/machines.js'
import { COLOURS, MEANING } from '../categories.js'
import type { RunData } from '../data/run-data.js'
import { ALL_TIME } from '../data/selection.js'
import { verdict } from '../data/verdict.js'
import { href } from '../routes.js'
import { PhaseBars } from '../widgets/phase-bars.js'
import { WorkerTimeline } from '../widgets/worker-timeline.js'
import { Budgets } from './budgets.js'
import { Findings } from './findings.js'
import { Missing } from './missing.js'
import { HotCodeList, Imports, SlowestTests, Waits } from './overview-lists.js'

export function Overview({ data }: { data: RunData }) {
  const { report } = data
  return (
    <>
      <Headline report={report} />
      <Budgets report={report} />
      <div class="columns lead">
        <div>
          <section>
            <h2>Where the time went</h2>
            <PhaseBars
              phases={report.phases}
              wallMs={report.totals.fileWallMs}
              caption="Wall time of all test files by phase"
              link={phase => href('flame', { phase, value: ALL_TIME })}
            />
          </section>
          <HotCodeList report={report} />
        </div>
        <div>
          <Findings findings={report.findings} rows={3} />
          <SlowestTests report={report} />
        </div>
      </div>
      {report.run.selection === undefined && <WorkerTimeline report={report} />}
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
  const { run, totals } = report
  const isPart = run.selection !== undefined
  const { command } = report
  const readyMs = shownReadyMs(totals)
  const figures = [
    isPart
      ? ['wall', duration(totals.fileWallMs), 'of the part of the run that was asked for']
      : command === null
        ? ['wall', duration(totals.wallMs), 'from the start of the run to the end of its last test file']
        : ['command', duration(command.wallMs), 'from the start of Jest’s process to its end'],
    ...(command === null ? [] : commandFigures(command)),
    ['CPU', duration(totals.cpuMs), isPart ? 'of that part' : 'in all test files together'],
    [
      'waiting',
      duration(totals.idleMs),
      `${percent(totals.idleMs, totals.fileWallMs)} of ${isPart ? 'its' : 'the files’'} time`,
    ],
    ...(totals.gcMs >= 1
      ? [['garbage collection', duration(totals.gcMs), `${percent(totals.gcMs, totals.cpuMs)} of CPU`]]
      : []),
    ...(readyMs === null
      ? []
      : [['no core', duration(readyMs), 'could run, and had no core: wall times are too long by that']]),
    ...(totals.blockedMs >= 1 ? [['blocked', duration(totals.blockedMs), 'in synchronous calls']] : []),
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
        <div title="About the CPU time that profiling took, in all processes; of it what V8 does for us is in the figures of tests as well">
          <dt>our own cost</dt>
          <dd>{duration(totals.overheadMs)}</dd>
        </div>
        <div>
          <dt>ran</dt>
          <dd class="small">
            {count(totals.testFiles, 'file')}, {count(totals.tests, 'test')}
            {!isPart && `, ${workersText(run)}`}
          </dd>
        </div>
      </dl>
    </section>
  )
}

/** Its three parts: they add up to it. */
function commandFigures({ startUp, running, after }: CommandReport): (readonly [string, string, string])[] {
  const parts = (named: readonly (readonly [string, number | null])[]) =>
    named.flatMap(([name, ms]) => (ms === null || ms < 1 ? [] : `${name} ${duration(ms)}`)).join(', ')
  const before = parts([
    ['map of files', startUp.fileMapMs],
    ['finding tests', startUp.findTestsMs],
    ['globalSetup', startUp.globalSetupMs],
  ])
  const afterwards = parts([
    ['coverage', after.coverageMs],
    ['other reporters', after.reportersMs],
    ['this report', after.profilerMs],
    ['globalTeardown', after.globalTeardownMs],
    ['exit', after.exitMs],
  ])
  return [
    ['start-up', duration(startUp.wallMs), before],
    ['test files', duration(running.wallMs), 'from the first one’s beginning to the last one’s end'],
    ['after them', duration(after.wallMs), afterwards],
  ]
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

// The first view: where the time went, and what to change.

import { collectionOf, commandParts, headlines, overheadOf, scopeText } from '../../formats/sentences.js'
import type { Report } from '../../report/report.js'
import { duration, percent } from '../../report/views/figures.js'
import { hasProfile, WITHOUT_PROFILE } from '../../report/views/profiled.js'
import { busyMs, CALLED_CODE, CATEGORY_TIMES, HOT_CODE } from '../../tables/code-tables.js'
import { BUDGETS, FINDINGS, LEVERS, UNCHECKED_BUDGETS } from '../../tables/judgement-tables.js'
import { EXPENSIVE_IMPORTS, LONG_WAITS, PHASES } from '../../tables/time-tables.js'
import { CATEGORY_LOOKS } from '../categories.js'
import { ALL_TIME } from '../data/selection.js'
import { sanitize } from '../data/text.js'
import { verdict } from '../data/verdict.js'
import { href } from '../routes.js'
import { FigureList, PhaseBars } from '../widgets/figures.js'
import { Marked } from '../widgets/names.js'
import { WorkerTimeline } from '../widgets/worker-timeline.js'
import { Judgements, Missing } from './judgements.js'
import { ShortList, SlowestTests } from './overview-lists.js'
import type { ViewProps } from './view.js'

export function Overview({ data }: Pick<ViewProps, 'data'>) {
  const { report } = data
  const isProfiled = hasProfile(report)
  return (
    <>
      <Headlines report={report} />
      <Judgements
        data={data}
        table={BUDGETS}
        first={5}
        classOf={({ verdict: outcome }) => (outcome === 'exceeded' ? 'high' : 'low')}
      />
      {UNCHECKED_BUDGETS.rows(report).map(note => (
        <p key={note}>{sanitize(note)}</p>
      ))}
      <div class="columns lead">
        <div>
          <section>
            <h2>{PHASES.title}</h2>
            <PhaseBars
              phases={report.phases}
              wallMs={report.totals.fileWallMs}
              caption="Wall time of all test files by phase"
              link={isProfiled ? phase => href('flame', { phase, value: ALL_TIME }) : undefined}
            />
          </section>
          {isProfiled && (
            <ShortList
              report={report}
              table={CALLED_CODE}
              view="calls"
              empty="No call outside of your own code was sampled more than once."
            />
          )}
          {isProfiled ? (
            <ShortList
              report={report}
              table={HOT_CODE}
              view="functions"
              empty="No function of your code or of a package was sampled more than once."
            />
          ) : (
            <SlowestTests report={report} />
          )}
        </div>
        <div>
          <Judgements
            data={data}
            table={FINDINGS}
            first={3}
            classOf={({ severity }) => severity}
            empty="No rule found anything that costs at least 100 ms and 1 % of the time."
          />
          <Judgements data={data} table={LEVERS} first={3} classOf={() => 'low'} />
          {isProfiled && <SlowestTests report={report} />}
        </div>
      </div>
      {report.run.selection === undefined && <WorkerTimeline report={report} />}
      <div class="columns">
        <ShortList
          report={report}
          table={EXPENSIVE_IMPORTS}
          view="imports"
          empty="No import took significant time."
        />
        <ShortList report={report} table={LONG_WAITS} view="waits" empty="No waits." />
      </div>
      {isProfiled && <Categories report={report} />}
      <Missing data={data} />
    </>
  )
}

function Headlines({ report }: { report: Report }) {
  const { command } = report
  const [wall, ...others] = headlines(report)
  const ofCommand = command === null ? [] : commandParts(command, 1)
  const parts = ofCommand.map(part => ({
    ...part,
    value: duration(part.wallMs),
    meaning: part.parts.join(', '),
  }))
  // The parts of the command add up to its wall time.
  const figures = [
    ...(wall === undefined ? [] : [wall]),
    ...parts,
    ...others,
    collectionOf(report),
    overheadOf(report),
    { name: 'ran', value: scopeText(report), isText: true },
  ]
  return (
    <section class="headline">
      <h1 class="verdict">{verdict(report).join(' ')}</h1>
      <FigureList figures={figures} />
      {!hasProfile(report) && (
        <p class="sub">
          <Marked text={WITHOUT_PROFILE} />
        </p>
      )}
    </section>
  )
}

function Categories({ report }: { report: Report }) {
  const rows = CATEGORY_TIMES.rows(report)
  const busy = busyMs(report)
  return (
    <section>
      <h2>
        {CATEGORY_TIMES.title} <small>{duration(busy)} of CPU</small>
      </h2>
      <span
        class="bar tall"
        role="img"
        aria-label={rows.map(({ category, selfMs }) => `${category} ${percent(selfMs, busy)}`).join(', ')}
      >
        {rows.map(({ category, selfMs }) => (
          <i
            key={category}
            style={{ width: `${(100 * selfMs) / busy}%`, background: CATEGORY_LOOKS[category].colour }}
            title={`${category}: ${duration(selfMs)}`}
          />
        ))}
      </span>
      <p class="legend">
        {rows.map(({ category, selfMs }) => (
          <a key={category} href={href('functions', { category })} title={CATEGORY_LOOKS[category].meaning}>
            <i style={{ background: CATEGORY_LOOKS[category].colour }} /> {category} {percent(selfMs, busy)}
          </a>
        ))}
      </p>
    </section>
  )
}

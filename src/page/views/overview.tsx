// The first view: where the time went, and what to change.

import { collectionOf, headlines, overheadOf, scopeText } from '../../formats/sentences.js'
import type { Phase } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'
import { duration, percent } from '../../report/views/figures.js'
import { hasProfile, WITHOUT_PROFILE } from '../../report/views/profiled.js'
import { busyMs, CALLED_CODE, CATEGORY_TIMES, HOT_CODE } from '../../tables/code-tables.js'
import { BUDGETS, LEVERS, UNCHECKED_BUDGETS } from '../../tables/judgement-tables.js'
import { EXPENSIVE_IMPORTS, LONG_WAITS, PHASES } from '../../tables/time-tables.js'
import { CATEGORY_LOOKS } from '../categories.js'
import { ALL_TIME } from '../data/selection.js'
import { sanitize } from '../data/text.js'
import { verdict } from '../data/verdict.js'
import { href } from '../routes.js'
import { CommandBar } from '../widgets/command-bar.js'
import { FigureList, PhaseBars } from '../widgets/figures.js'
import { Marked } from '../widgets/names.js'
import { SpotlightArea } from '../widgets/spotlight.js'
import { WorkerTimeline } from '../widgets/worker-timeline.js'
import { Findings } from './findings.js'
import { Judgements, Missing } from './judgements.js'
import { ShortList, SlowestTests } from './overview-lists.js'
import type { ViewProps } from './view.js'

export function Overview({ data, route }: ViewProps) {
  const { report } = data
  const chosen = report.findings.find(({ id }) => id === route.params.get('finding'))
  const isProfiled = hasProfile(report)
  const toPhase = isProfiled ? (phase: Phase) => href('flame', { phase, value: ALL_TIME }) : undefined
  return (
    <SpotlightArea chosen={chosen?.files}>
      <Headlines report={report} toPhase={toPhase} />
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
          <Findings data={data} />
          <Judgements data={data} table={LEVERS} first={3} classOf={() => 'low'} />
        </div>
        {isProfiled ? (
          <ShortList
            report={report}
            table={CALLED_CODE}
            view="calls"
            first={6}
            empty="No call outside of your own code was sampled more than once."
          />
        ) : (
          <SlowestTests report={report} />
        )}
      </div>
      {report.run.selection === undefined && <WorkerTimeline report={report} chosen={chosen?.id} />}
      <div class="columns">
        <section>
          <h2>{PHASES.title}</h2>
          <PhaseBars
            phases={report.phases}
            wallMs={report.totals.fileWallMs}
            caption="Wall time of all test files by phase"
            link={toPhase}
          />
        </section>
        {isProfiled && (
          <ShortList
            report={report}
            table={HOT_CODE}
            view="functions"
            empty="No function of your code or of a package was sampled more than once."
          />
        )}
        {isProfiled && <SlowestTests report={report} />}
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
    </SpotlightArea>
  )
}

/** What to know before any figure is trusted, in one line; nothing if nothing is known to disturb them. */
function Trust({ report: { caveats } }: { report: Report }) {
  if (caveats.length === 0) return null
  return (
    <details class="trust">
      <summary>
        <strong>Before you trust this:</strong> <Marked text={caveats.map(firstClause).join(' · ')} />
      </summary>
      {caveats.map(caveat => (
        <p key={caveat}>
          <Marked text={caveat} />
        </p>
      ))}
    </details>
  )
}

/** `CPU contention` of `CPU contention: threads …` */
function firstClause(text: string): string {
  return text.split(': ', 1)[0] ?? text
}

function Headlines({ report, toPhase }: { report: Report; toPhase: ((phase: Phase) => string) | undefined }) {
  const figures = [
    ...headlines(report),
    collectionOf(report),
    overheadOf(report),
    { name: 'ran', value: scopeText(report), isText: true },
  ]
  return (
    <section class="headline">
      <h1 class="verdict">{verdict(report).join(' ')}</h1>
      <CommandBar report={report} link={toPhase} />
      <FigureList figures={figures} />
      <Trust report={report} />
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

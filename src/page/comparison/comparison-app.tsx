// The page of a comparison.

import type { Comparison } from '../../compare/comparison.js'
import { sidesText } from '../../formats/comparison/wording.js'
import { sanitize } from '../data/text.js'
import { useRoute } from '../navigation.js'
import { PageFrame } from '../widgets/page-frame.js'
import { Changes, OneSided } from './change-tables.js'
import { ComparedFlame } from './compared-flame.js'
import {
  COMPARISON_TABS,
  COMPARISON_VIEWS,
  type ComparisonData,
  type ComparisonViewProps,
} from './comparison-data.js'
import { Summary } from './summary.js'

export function ComparisonApp({ data }: { data: ComparisonData }) {
  const route = useRoute(COMPARISON_VIEWS, 'summary')
  const { title, comparison } = data.page
  return (
    <PageFrame
      tabs={tabsOf(comparison)}
      current={route.view}
      place={route.view}
      isRead={data.calls !== undefined}
      title={
        <>
          <strong>Test profile comparison</strong> {sanitize(title)}
          <span class="sub"> · {sidesText(comparison)}</span>
        </>
      }
      footer={
        <>
          <p>Base: {sanitize(comparison.base.runs.join(', '))}</p>
          <p>Head: {sanitize(comparison.head.runs.join(', '))}</p>
        </>
      }
    >
      <CurrentView key={route.view} data={data} route={route} />
    </PageFrame>
  )
}

const OF_PROFILES: ReadonlySet<string> = new Set(['flame', 'functions', 'packages'])

/** Without profiles there are no functions to compare. */
function tabsOf({ profiled }: Pick<Comparison, 'profiled'>): Readonly<Record<string, string>> {
  const tabs = Object.entries(COMPARISON_TABS)
  return Object.fromEntries(tabs.filter(([view]) => profiled === 'all' || !OF_PROFILES.has(view)))
}

function CurrentView({ data, route }: ComparisonViewProps) {
  const { view } = route
  if (view === 'summary') return <Summary data={data} route={route} />
  if (view === 'flame') return <ComparedFlame data={data} route={route} />
  if (view === 'sides') return <OneSided data={data} route={route} />
  return <Changes data={data} route={route} table={view} />
}

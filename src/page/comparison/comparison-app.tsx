// The frame around all views of a comparison.

import { useEffect, useRef } from 'preact/hooks'
import { sidesText } from '../../formats/comparison/wording.js'
import { plain } from '../data/text.js'
import { useRoute } from '../navigation.js'
import { useScrollMemory } from '../scroll-memory.js'
import { PageHeader } from '../widgets/page-header.js'
import { Changes } from './changes.js'
import { ComparedFlame } from './compared-flame.js'
import type { ComparisonData, ComparisonViewProps } from './comparison-data.js'
import { type ComparisonView, parseComparisonRoute } from './comparison-routes.js'
import { OneSided } from './one-sided.js'
import { Summary } from './summary.js'

const TABS: readonly (readonly [ComparisonView, string])[] = [
  ['summary', 'Summary'],
  ['flame', 'Flame graphs'],
  ['functions', 'Functions'],
  ['tests', 'Tests'],
  ['files', 'Test files'],
  ['modules', 'Imports'],
  ['packages', 'Packages'],
  ['hooks', 'Hooks'],
  ['phases', 'Phases'],
  ['sides', 'Only on one side'],
]

export function ComparisonApp({ data }: { data: ComparisonData }) {
  const route = useRoute(parseComparisonRoute)
  const main = useRef<HTMLElement>(null)
  const isFirst = useRef(true)
  // What needs the calls has its full height only when they have been read.
  useScrollMemory(`${route.view} ${data.calls === undefined}`)
  useEffect(() => {
    if (!isFirst.current) main.current?.focus({ preventScroll: true })
    isFirst.current = false
  }, [route.view])
  return (
    <>
      <PageHeader tabs={TABS} current={route.view} onSkip={() => main.current?.focus()}>
        <strong>Test profiles, compared</strong> {plain(data.page.title)}
        <span class="sub"> · {sidesText(data.page.comparison)}</span>
      </PageHeader>
      <main ref={main} tabIndex={-1}>
        <CurrentView key={route.view} data={data} route={route} />
      </main>
      <footer>
        <Runs title="Base" ids={data.page.comparison.base.runs} />
        <Runs title="Head" ids={data.page.comparison.head.runs} />
      </footer>
    </>
  )
}

function CurrentView({ data, route }: ComparisonViewProps) {
  const { view } = route
  if (view === 'summary') return <Summary data={data} route={route} />
  if (view === 'flame') return <ComparedFlame data={data} route={route} />
  if (view === 'sides') return <OneSided data={data} route={route} />
  return <Changes data={data} route={route} table={view} />
}

function Runs({ title, ids }: { title: string; ids: readonly string[] }) {
  return (
    <p>
      {title}: {plain(ids.join(', '))}
    </p>
  )
}

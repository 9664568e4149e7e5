// The frame around all views.

import { useEffect, useRef } from 'preact/hooks'
import { processorsText } from '../report/views/machines.js'
import { PACKAGES } from '../tables/code-tables.js'
import { singleTests, TEST_FILES, TESTS } from '../tables/test-tables.js'
import { HOOKS } from '../tables/time-tables.js'
import type { RunData } from './data/run-data.js'
import { plain } from './data/text.js'
import { useRoute } from './navigation.js'
import { parseRoute, type Route, type View } from './routes.js'
import { useScrollMemory } from './scroll-memory.js'
import { FilePage } from './views/file.js'
import { Flame } from './views/flame.js'
import { FunctionPage } from './views/function.js'
import { Functions } from './views/functions.js'
import { Imports } from './views/imports.js'
import { Lines } from './views/lines.js'
import { Overview } from './views/overview.js'
import { SourcePage } from './views/source.js'
import { type ViewProps, viewOf } from './views/table-view.js'
import { TestPage } from './views/test.js'
import { Waits } from './views/waits.js'
import { PageHeader } from './widgets/page-header.js'

type Page = (props: ViewProps) => preact.JSX.Element

const PAGES: Readonly<Record<View, Page>> = {
  overview: Overview,
  flame: Flame,
  // Tests that one line defines are rows of their own here: each has its page.
  tests: viewOf(TESTS, ({ report }) => report.files.flatMap(singleTests)),
  files: viewOf(TEST_FILES),
  functions: Functions,
  lines: Lines,
  packages: viewOf(PACKAGES),
  imports: Imports,
  hooks: viewOf(HOOKS),
  waits: Waits,
  test: TestPage,
  file: FilePage,
  function: FunctionPage,
  source: SourcePage,
}

const TABS: readonly (readonly [View, string])[] = [
  ['overview', 'Overview'],
  ['flame', 'Flame graph'],
  ['tests', 'Tests'],
  ['files', 'Files'],
  ['functions', 'Functions'],
  ['lines', 'Lines'],
  ['packages', 'Packages'],
  ['imports', 'Imports'],
  ['hooks', 'Hooks'],
  ['waits', 'Waits'],
]

const TAB_OF: Partial<Record<View, View>> = {
  test: 'tests',
  file: 'files',
  function: 'functions',
  source: 'lines',
}

export function App({ data }: { data: RunData }) {
  const route = useRoute(parseRoute)
  const main = useRef<HTMLElement>(null)
  const CurrentPage = PAGES[route.view]
  const place = `${route.view} ${['file', 'test', 'name', 'at', 'line'].map(name => route.params.get(name)).join(' ')}`
  const isFirst = useRef(true)
  // What needs the profile has its full height only when that has been read.
  useScrollMemory(`${place} ${data.profile === undefined}`)
  useEffect(() => {
    if (!isFirst.current) main.current?.focus({ preventScroll: true })
    isFirst.current = false
  }, [place])
  return (
    <>
      <Header data={data} route={route} onSkip={() => main.current?.focus()} />
      <main ref={main} tabIndex={-1}>
        <CurrentPage key={place} data={data} route={route} />
      </main>
      <Footer data={data} />
    </>
  )
}

function Header({ data, route, onSkip }: { data: RunData; route: Route; onSkip: () => void }) {
  const { run } = data.report
  return (
    <PageHeader tabs={TABS} current={TAB_OF[route.view] ?? route.view} onSkip={onSkip}>
      <strong>Test profile</strong> {plain(run.suite)}
      <span class="sub">
        {' '}
        ·{' '}
        <time dateTime={run.startedAt}>
          {new Date(run.startedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })}
        </time>
      </span>
    </PageHeader>
  )
}

function Footer({ data }: { data: RunData }) {
  const { run, totals } = data.report
  const artifacts = Object.entries(data.artifacts)
  return (
    <footer>
      <p>
        {totals.sampleCount.toLocaleString('en-US')} samples, one every {run.samplingIntervalMicros / 1000} ms
        · Jest {plain(run.jestVersion)} · Node {plain(run.nodeVersion)} · {plain(processorsText(run))} ·{' '}
        <code>{plain(run.command)}</code>
      </p>
      {artifacts.length > 0 && (
        <p>
          The same run for other tools:{' '}
          {artifacts.map(([name, path], index) => (
            <span key={name}>
              {index > 0 && ', '}
              <a href={path}>{name}</a>
            </span>
          ))}
        </p>
      )}
    </footer>
  )
}

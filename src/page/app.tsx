// The page of a run.

import type { Report } from '../report/report.js'
import { grouped } from '../report/views/figures.js'
import { processorsText } from '../report/views/machines.js'
import { hasProfile, WITHOUT_PROFILE } from '../report/views/profiled.js'
import { CALLS, PACKAGES } from '../tables/code-tables.js'
import { singleTests, TESTS } from '../tables/test-tables.js'
import { HOOKS } from '../tables/time-tables.js'
import type { RunData } from './data/run-data.js'
import { pathName, sanitize, testTitle } from './data/text.js'
import { useRoute } from './navigation.js'
import { needsProfile, type Route, TABS, tabOf, VIEWS, type View } from './routes.js'
import { CallPage } from './views/call.js'
import { FilePage } from './views/file.js'
import { Files } from './views/files.js'
import { Flame } from './views/flame.js'
import { FunctionPage } from './views/function.js'
import { Imports } from './views/imports.js'
import { Memory } from './views/memory.js'
import { Overview } from './views/overview.js'
import { SourcePage } from './views/source.js'
import { Functions, Lines, viewOf } from './views/table-views.js'
import { TestPage } from './views/test.js'
import { NotFound, type ViewProps } from './views/view.js'
import { Waits } from './views/waits.js'
import { Marked } from './widgets/names.js'
import { PageFrame } from './widgets/page-frame.js'

const PAGES: Readonly<Record<View, (props: ViewProps) => preact.JSX.Element>> = {
  overview: Overview,
  flame: Flame,
  // Tests that one line defines have separate rows here, because each has its own view.
  tests: viewOf(TESTS, ({ report }) => report.files.flatMap(singleTests)),
  files: Files,
  calls: viewOf(CALLS),
  functions: Functions,
  lines: Lines,
  packages: viewOf(PACKAGES),
  imports: Imports,
  hooks: viewOf(HOOKS),
  waits: Waits,
  memory: Memory,
  test: TestPage,
  file: FilePage,
  call: CallPage,
  function: FunctionPage,
  source: SourcePage,
}

export function App({ data }: { data: RunData }) {
  const route = useRoute(VIEWS, 'overview')
  const isProfiled = hasProfile(data.report)
  const hasMemory = data.report.memory !== undefined
  const isShown = (view: string) => (isProfiled || !needsProfile(view)) && (hasMemory || view !== 'memory')
  const CurrentPage = isShown(route.view) ? PAGES[route.view] : WithoutProfile
  const place = `${route.view} ${['file', 'test', 'name', 'at', 'line', 'kind'].map(name => route.params.get(name)).join(' ')}`
  return (
    <PageFrame
      tabs={Object.fromEntries(Object.entries(TABS).filter(([view]) => isShown(view)))}
      current={tabOf(route.view)}
      place={place}
      isRead={data.profile !== undefined}
      title={<Title {...data.report} />}
      subject={subjectOf(data, route)}
      footer={<Footer data={data} />}
    >
      <CurrentPage key={place} data={data} route={route} />
    </PageFrame>
  )
}

/** What a view of a single item is about. */
function subjectOf(data: RunData, { view, params }: Route): string {
  if (view === 'test') {
    const file = data.file(params.get('file') ?? '', params.get('project') ?? undefined)
    const test = file && data.test(file, Number(params.get('test')), Number(params.get('attempt')))
    return test === undefined ? '' : testTitle(test.name)
  }
  if (view === 'file' || view === 'source') return pathName(params.get('file') ?? '')
  return view === 'function' || view === 'call' ? sanitize(params.get('name') ?? '') : ''
}

function WithoutProfile() {
  return <NotFound what={<Marked text={WITHOUT_PROFILE} />} />
}

function Title({ run }: Pick<Report, 'run'>) {
  return (
    <>
      <strong>Test profile</strong> {sanitize(run.suite)}
      <span class="sub">
        {' '}
        ·{' '}
        <time dateTime={run.startedAt}>
          {new Date(run.startedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })}
        </time>
      </span>
    </>
  )
}

function Footer({ data }: { data: RunData }) {
  const { run, totals } = data.report
  const artifacts = Object.entries(data.artifacts)
  return (
    <>
      <p>
        {run.samplingIntervalMicros !== null &&
          `${grouped(totals.sampleCount)} samples, one every ${run.samplingIntervalMicros / 1000} ms · `}
        Jest {sanitize(run.jestVersion)} · Node {sanitize(run.nodeVersion)} · {sanitize(processorsText(run))}{' '}
        · <code>{sanitize(run.command)}</code>
      </p>
      {artifacts.length > 0 && (
        <p>
          This run for other tools:{' '}
          {artifacts.map(([name, path], index) => (
            <span key={name}>
              {index > 0 && ', '}
              <a href={path}>{name}</a>
            </span>
          ))}
        </p>
      )}
    </>
  )
}

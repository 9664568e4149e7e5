// One test: the parts of its time, its flame graph, hottest functions, waits and hooks, and the command that reruns it.

import { useMemo } from 'preact/hooks'
import { rerunCommand } from '../../formats/rerun-command.js'
import { startingCalls } from '../../profile/own-code.js'
import type { WaitTest } from '../../report/account-reports.js'
import type { FileReport, TestReport } from '../../report/file-report.js'
import { count, duration } from '../../report/views/figures.js'
import { hookName } from '../../report/views/names.js'
import { hasProfile } from '../../report/views/profiled.js'
import { durationCell, placeCell, stackCell, textCell } from '../../tables/cell.js'
import { GLOSSARY } from '../../tables/glossary.js'
import { timesText, waitedFor } from '../../tables/names.js'
import { columnsFor } from '../../tables/table.js'
import { TESTS } from '../../tables/test-tables.js'
import type { RunData } from '../data/run-data.js'
import { ALL_TIME } from '../data/selection.js'
import { testTitle } from '../data/text.js'
import { FlameView } from '../flame/flame-view.js'
import { mergedTree, orderedTree } from '../flame/sample-trees.js'
import { navigate } from '../navigation.js'
import { changed, fileParams, href, testLink } from '../routes.js'
import { type BarRow, BarRows, CellView } from '../widgets/cell-view.js'
import { Command } from '../widgets/controls.js'
import { FigureList, TimeBar, TimeLegend } from '../widgets/figures.js'
import { FileName, Place } from '../widgets/names.js'
import { NeedsProfile, NotFound, type ViewProps } from './view.js'

interface TestProps extends Pick<ViewProps, 'data'> {
  readonly file: FileReport
  readonly test: TestReport
}

export function TestPage({ data, route }: ViewProps) {
  const { params } = route
  const file = data.file(params.get('file') ?? '', params.get('project') ?? undefined)
  const test = file && data.test(file, Number(params.get('test')), Number(params.get('attempt')))
  if (file === undefined || test === undefined) return <NotFound what="No such test." />
  const isProfiled = hasProfile(data.report)
  return (
    <>
      <h1>{testTitle(test.name)}</h1>
      <p class="sub">
        <FileName file={file} /> {test.line > 0 && <span class="path">line {test.line}</span>}
        {test.definedIn !== undefined && (
          <>
            , defined at <Place {...test.definedIn} />
          </>
        )}{' '}
        · <span class={`status ${test.status}`}>{test.status}</span>
        <Attempts file={file} test={test} />
      </p>
      <Figures data={data} file={file} test={test} />
      <section class="rerun">
        <h2>Run it alone, profiled</h2>
        <Command text={rerunCommand(data.report.run, file, test)} />
      </section>
      {isProfiled && <Flames data={data} file={file} test={test} route={route} />}
      <div class="columns">
        {isProfiled && <Hotspots data={data} file={file} test={test} />}
        <Section title="Waits" empty="No significant waits." rows={waitRows(data, file, test)} />
        <Section title="Hooks" empty="No hook ran for it." rows={hookRows(file, test)} />
      </div>
    </>
  )
}

function Attempts({ file, test }: { file: FileReport; test: TestReport }) {
  const attempts = file.tests.filter(({ index }) => index === test.index)
  if (attempts.length < 2) return null
  return (
    <>
      {' '}
      · attempts:{' '}
      {attempts.map(entry => (
        <a key={entry.attempt} href={testLink(file, entry)} aria-current={entry === test}>
          {entry.attempt} ({entry.status}){' '}
        </a>
      ))}
    </>
  )
}

function Figures({ data, file, test }: TestProps) {
  const row = { file, test, rows: [test] }
  const figures = columnsFor('page', TESTS.columns(data.report))
    .map(column => ({ name: column.heading, cell: column.cell(row) }))
    .filter(({ cell }) => cell.kind === 'duration')
    .map(({ name, cell }) => ({ name, value: <CellView cell={cell} />, meaning: GLOSSARY[name] }))
  const { cpuMs, readyMs, blockedMs, idleMs, sampleCount, uncertaintyMs } = test
  return (
    <>
      <FigureList figures={figures} />
      {cpuMs !== null && idleMs !== null ? (
        <>
          <TimeBar times={test} of={Math.max(cpuMs + (readyMs ?? 0) + (blockedMs ?? 0) + idleMs, 0.001)} />
          <TimeLegend />
          <p class="sub">
            {sampleCount !== null && `${count(sampleCount, 'sample')}; `}CPU is ±
            {duration(uncertaintyMs ?? 0)}.
          </p>
        </>
      ) : (
        <p class="sub">
          {test.concurrent
            ? 'It ran at the same time as other tests on the same thread, so its CPU time cannot be separated from theirs.'
            : 'Its CPU time is unknown: it did not run, or was not recorded.'}
        </p>
      )}
    </>
  )
}

function Flames({ data, file, test, route }: TestProps & Pick<ViewProps, 'route'>) {
  const { profile } = data
  const isOrdered = route.params.get('mode') === 'time'
  const tree = useMemo(() => {
    if (profile === undefined) return undefined
    const selection = { file, test: test.index, attempt: test.attempt, value: ALL_TIME }
    const folding = { libraries: true, engine: true, recursion: false, owners: true }
    return isOrdered ? orderedTree(profile, selection, folding) : mergedTree(profile, selection, folding)
  }, [profile, file, test, isOrdered])
  if (profile === undefined || tree === undefined) return <NeedsProfile />
  const params = { ...fileParams(file), test: test.index, attempt: test.attempt, value: ALL_TIME }
  return (
    <section>
      <h2>
        Flame graph{' '}
        <small>
          <a href={href('flame', params)}>with all its controls</a>
        </small>
      </h2>
      <p class="choice">
        {[null, 'time'].map(mode => (
          <button
            key={mode}
            type="button"
            aria-pressed={isOrdered === (mode === 'time')}
            onClick={() => navigate(changed(route, { mode, zoom: null }))}
          >
            {mode === 'time' ? 'Chronological' : 'Merged'}
          </button>
        ))}
      </p>
      <Caveat test={test} sampled={tree.whole / 1000} />
      <FlameView
        tree={tree}
        label={`Flame graph of ${testTitle(test.name)}`}
        profile={profile}
        route={route}
        parameter="zoom"
        hasSource
        tallest={420}
      />
    </section>
  )
}

/** A note if the graph shows more than the time of the test. */
function Caveat({ test, sampled }: { test: TestReport; sampled: number }) {
  if (test.concurrent && test.cpuMs === null)
    return <p class="sub">The graph includes all tests that ran at the same time on the same thread.</p>
  if (sampled <= 1.1 * test.wallMs) return null
  const samples = count(test.sampleCount ?? 0, 'sample')
  return (
    <p class="sub">
      The graph is drawn from {samples}, which represent more time than the test took. The values above are
      exact.
    </p>
  )
}

function Hotspots({ data, file, test }: TestProps) {
  const group = file.groups.find(({ tests }) => tests.includes(test.index))
  const hotspots = test.hotspots.length > 0 ? test.hotspots : (group?.hotspots ?? [])
  const isShared = test.hotspots.length === 0 && hotspots.length > 0
  const isCoarse = (data.report.run.samplingIntervalMicros ?? 0) >= 5000
  return (
    <Section
      title={isShared ? 'Hottest functions of its concurrent group' : 'Hottest functions'}
      empty={`No functions were sampled${isCoarse ? '; run it alone for finer samples' : ''}.`}
      rows={hotspots.map(row => ({
        figures: [durationCell(row.selfMs)],
        content: [{ kind: 'function', function: row.function, place: row }, placeCell(row)],
      }))}
    />
  )
}

function waitRows({ report }: RunData, { path, project }: FileReport, { index }: TestReport): BarRow[] {
  const isOwn = (other: WaitTest) => other.file === path && other.project === project && other.index === index
  return report.waits
    .flatMap(wait => wait.tests.filter(isOwn).map(({ totalMs }) => ({ wait, totalMs })))
    .toSorted((a, b) => b.totalMs - a.totalMs)
    .map(({ wait, totalMs }) => ({
      figures: [durationCell(totalMs)],
      content: [textCell(waitedFor(wait)), stackCell(startingCalls(wait))],
    }))
}

function hookRows({ hooks }: FileReport, test: TestReport): BarRow[] {
  return test.hooks.flatMap(({ hook: position, wallMs, count: runs, isAround }) => {
    const hook = hooks[position]
    if (hook === undefined) return []
    const notes = `${timesText(runs)} ${isAround ? 'once for the block, not part of the test' : ''}`.trim()
    const content = [textCell(hookName(hook)), textCell(notes), placeCell(hook)]
    return [{ figures: [durationCell(wallMs)], content }]
  })
}

function Section({ title, empty, rows }: Record<'title' | 'empty', string> & { rows: readonly BarRow[] }) {
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? <p class="none">{empty}</p> : <BarRows rows={rows} />}
    </section>
  )
}

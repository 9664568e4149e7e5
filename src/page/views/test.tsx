// One test: what its time was made of, its flame graph, hottest functions, waits and hooks, and how to run it alone.

import { useMemo } from 'preact/hooks'
import { rerunCommand } from '../../formats/rerun-command.js'
import type { WaitReport } from '../../report/account-reports.js'
import type { FileReport, TestReport } from '../../report/file-report.js'
import { count, duration } from '../../report/views/figures.js'
import type { RunData } from '../data/run-data.js'
import { ALL_TIME } from '../data/selection.js'
import { plain, testTitle } from '../data/text.js'
import { FlameView } from '../flame/flame-view.js'
import { mergedTree } from '../flame/merged-tree.js'
import { orderedTree } from '../flame/ordered-tree.js'
import { navigate } from '../navigation.js'
import { changed, href, type Route, testLink } from '../routes.js'
import { CopyButton } from '../widgets/copy-button.js'
import { TimeBar, TimeLegend } from '../widgets/figures.js'
import { FileName, FunctionName, Place } from '../widgets/links.js'
import { NeedsProfile, NotFound } from './needs-profile.js'
import { CallStack, callsOf, waitTitle } from './waits.js'

export function TestPage({ data, route }: { data: RunData; route: Route }) {
  const { params } = route
  const file = data.file(params.get('file') ?? '', params.get('project') ?? undefined)
  const attempt = params.get('attempt')
  const test =
    file === undefined
      ? undefined
      : data.test(file, Number(params.get('test')), attempt === null ? undefined : Number(attempt))
  if (file === undefined || test === undefined) return <NotFound what="There is no such test." />
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
      <Figures test={test} />
      <Rerun data={data} file={file} test={test} />
      <Flames data={data} file={file} test={test} route={route} />
      <div class="columns">
        <Hotspots data={data} file={file} test={test} />
        <TestWaits data={data} file={file} test={test} />
        <TestHooks file={file} test={test} />
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

function Figures({ test }: { test: TestReport }) {
  const { wallMs, cpuMs, readyMs, blockedMs, idleMs, gcMs, hooksMs, importsMs, sampleCount, uncertaintyMs } =
    test
  const figures = [
    ['wall', wallMs],
    ['CPU', cpuMs],
    ['no core', readyMs],
    ['blocked', blockedMs],
    ['waiting', idleMs],
    ['GC', gcMs],
    ['hooks', hooksMs],
    ['importing', importsMs],
  ] as const
  return (
    <>
      <dl class="figures">
        {figures.map(([name, ms]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{ms === null ? '–' : duration(ms)}</dd>
          </div>
        ))}
      </dl>
      {cpuMs !== null && idleMs !== null ? (
        <>
          <TimeBar
            times={{ ...{ wallMs, cpuMs, readyMs, idleMs }, gcMs: gcMs ?? 0, blockedMs: blockedMs ?? 0 }}
            of={Math.max(cpuMs + (readyMs ?? 0) + (blockedMs ?? 0) + idleMs, 0.001)}
          />
          <TimeLegend />
          <p class="sub">
            {count(sampleCount ?? 0, 'sample')}; CPU is ± {duration(uncertaintyMs ?? 0)}.
          </p>
        </>
      ) : (
        <p class="sub">
          {test.concurrent
            ? 'It shared its thread with other tests: its CPU time cannot be told apart.'
            : 'Its own CPU time is not known: it did not run, or was not recorded.'}
        </p>
      )}
    </>
  )
}

function Rerun({ data, file, test }: { data: RunData; file: FileReport; test: TestReport }) {
  const command = rerunCommand(data.report.run, file, test)
  return (
    <section class="rerun">
      <h2>Run it alone, profiled</h2>
      <p>
        <code>{plain(command)}</code> <CopyButton label="Copy" text={() => command} />
      </p>
    </section>
  )
}

function Flames({
  data,
  file,
  test,
  route,
}: {
  data: RunData
  file: FileReport
  test: TestReport
  route: Route
}) {
  const { profile } = data
  const isOrdered = route.params.get('mode') === 'time'
  const tree = useMemo(() => {
    if (profile === undefined) return undefined
    const selection = { file, test: test.index, attempt: test.attempt, value: ALL_TIME }
    const folding = { libraries: true, recursion: false }
    return isOrdered ? orderedTree(profile, selection, folding) : mergedTree(profile, selection, folding)
  }, [profile, file, test, isOrdered])
  if (tree === undefined) return <NeedsProfile />
  const params = {
    file: file.path,
    project: file.projectId,
    test: test.index,
    attempt: test.attempt,
    value: ALL_TIME,
  }
  return (
    <section>
      <h2>
        Flame graph{' '}
        <small>
          <a href={href('flame', params)}>with all its controls</a>
        </small>
      </h2>
      <p class="choice">
        <button
          type="button"
          aria-pressed={!isOrdered}
          onClick={() => navigate(changed(route, { mode: null, zoom: null }))}
        >
          Merged
        </button>
        <button
          type="button"
          aria-pressed={isOrdered}
          onClick={() => navigate(changed(route, { mode: 'time', zoom: null }))}
        >
          In the order of time
        </button>
      </p>
      <Caveat test={test} sampled={tree.whole / 1000} />
      <FlameView
        tree={tree}
        label={`Flame graph of ${testTitle(test.name)}`}
        data={data}
        route={route}
        parameter="zoom"
        tallest={420}
      />
    </section>
  )
}

/** Where the graph cannot be the test's own to the millisecond. */
function Caveat({ test, sampled }: { test: TestReport; sampled: number }) {
  if (test.concurrent && test.cpuMs === null)
    return <p class="sub">It shows all tests that ran at the same time, for they shared a thread.</p>
  if (sampled <= 1.1 * test.wallMs) return null
  const samples = count(test.sampleCount ?? 0, 'sample')
  return (
    <p class="sub">
      It rests on {samples}, which stand for more time than the test took: its figures above are exact, its
      graph tells what was seen.
    </p>
  )
}

function Hotspots({ data, file, test }: { data: RunData; file: FileReport; test: TestReport }) {
  const group = file.groups.find(({ tests }) => tests.includes(test.index))
  const rows = test.hotspots.length > 0 ? test.hotspots : (group?.hotspots ?? [])
  const isShared = test.hotspots.length === 0 && rows.length > 0
  return (
    <section>
      <h2>Hottest functions {isShared && <small>of its concurrent group</small>}</h2>
      {rows.length === 0 && (
        <p class="none">
          No sample shows a function of it
          {data.report.run.samplingIntervalMicros >= 5000 ? '; run it alone for finer samples' : ''}.
        </p>
      )}
      <table class="bars">
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <td class="number">{duration(row.selfMs)}</td>
              <td class="wide">
                <FunctionName name={row.function} {...row} /> <Place {...row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function TestWaits({ data, file, test }: { data: RunData; file: FileReport; test: TestReport }) {
  const rows = data.report.waits
    .flatMap((wait: WaitReport) => {
      const own = wait.tests.find(
        entry => entry.file === file.path && entry.project === file.project && entry.index === test.index,
      )
      return own === undefined ? [] : [{ wait, totalMs: own.totalMs }]
    })
    .sort((a, b) => b.totalMs - a.totalMs)
  return (
    <section>
      <h2>Waits</h2>
      {rows.length === 0 && <p class="none">It is not among the tests that waited longest for anything.</p>}
      <ul class="waits">
        {rows.map(({ wait, totalMs }, index) => (
          <li key={index}>
            {duration(totalMs)} <strong>{waitTitle(wait)}</strong> <CallStack stack={callsOf(wait)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function TestHooks({ file, test }: { file: FileReport; test: TestReport }) {
  const rows = test.hooks.flatMap(({ hook: position, ...row }) => {
    const hook = file.hooks[position]
    return hook === undefined ? [] : [{ ...row, hook }]
  })
  return (
    <section>
      <h2>Hooks</h2>
      {rows.length === 0 && <p class="none">No hook ran for it.</p>}
      <table class="bars">
        <tbody>
          {rows.map(({ hook, wallMs, count, isAround }, index) => (
            <tr key={index}>
              <td class="number">{duration(wallMs)}</td>
              <td class="wide">
                {hook.type}{' '}
                <span class="sub">
                  {plain(hook.describe.join(' › '))} {count > 1 ? `×${count}` : ''}
                  {isAround ? ' once for the block, beside the test' : ''}
                </span>{' '}
                <Place {...hook} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

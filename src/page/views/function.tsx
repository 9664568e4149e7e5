// One function: what it cost whom, who called it, what it called, and its lines.

import { useMemo } from 'preact/hooks'
import { TIMES } from '../../profile/profile.js'
import { duration, percent } from '../../report/views/figures.js'
import { functionRows, type OwnerRow, ownersOf } from '../data/functions.js'
import type { ProfileData } from '../data/profile-data.js'
import type { RunData } from '../data/run-data.js'
import { testAt } from '../data/test-at.js'
import { plain, position, testTitle } from '../data/text.js'
import { FlameView } from '../flame/flame-view.js'
import { sandwichTrees } from '../flame/sandwich-trees.js'
import { href, type Route, testLink } from '../routes.js'
import { Category } from '../widgets/category.js'
import { durationColumn } from '../widgets/duration-column.js'
import { FileName, Place } from '../widgets/links.js'
import { SourceListing } from '../widgets/source-listing.js'
import { type Column, Table } from '../widgets/table.js'
import { NeedsProfile, NotFound } from './needs-profile.js'

const FOLDING = { libraries: false, recursion: false }
const SELECTION = { value: TIMES.cpu.name }

/** Frames of that name and place: a function whose position was known in some files only has several. */
export function framesOf({ frames }: ProfileData, name: string, at: string): ReadonlySet<number> {
  return new Set(
    frames.flatMap((frame, index) =>
      frame.name === name && `${frame.file}:${frame.line}:${frame.column}` === at ? [index] : [],
    ),
  )
}

export function FunctionPage({ data, route }: { data: RunData; route: Route }) {
  const { profile } = data
  const [name, at] = [route.params.get('name') ?? '', route.params.get('at') ?? '']
  const found = useMemo(() => {
    if (profile === undefined) return undefined
    const wanted = framesOf(profile, name, at)
    const isFunction = (frame: number) => wanted.has(frame)
    const rows = functionRows(profile).filter(
      row => row.name === name && `${row.file}:${row.line}:${row.column}` === at,
    )
    return {
      info: profile.frames[[...wanted][0] ?? -1],
      selfMs: rows.reduce((sum, row) => sum + row.selfMs, 0),
      totalMs: rows.reduce((sum, row) => sum + row.totalMs, 0),
      owners: ownersOf(profile, isFunction),
      trees: sandwichTrees(profile, { selection: SELECTION, folding: FOLDING, isFunction }),
    }
  }, [profile, name, at])
  if (profile === undefined || found === undefined) return <NeedsProfile />
  const { info, selfMs, totalMs, owners, trees } = found
  if (info === undefined) return <NotFound what={`There is no function “${plain(name)}” at ${plain(at)}.`} />
  return (
    <>
      <h1>{plain(info.name)}</h1>
      <p class="sub">
        <Place {...info} /> · <Category name={info.category} />
        {info.package !== undefined && (
          <>
            {' '}
            · <a href={href('functions', { package: info.package })}>{plain(info.package)}</a>
          </>
        )}
      </p>
      <dl class="figures">
        <div>
          <dt>self</dt>
          <dd>{duration(selfMs)}</dd>
        </div>
        <div>
          <dt>total</dt>
          <dd>{duration(totalMs)}</dd>
        </div>
        <div>
          <dt>of the run’s CPU</dt>
          <dd>{percent(totalMs, data.report.totals.cpuMs)}</dd>
        </div>
        <div>
          <dt>seen in</dt>
          <dd class="small">{owners.length.toLocaleString('en-US')} tests or phases</dd>
        </div>
      </dl>
      <p>
        <a href={href('flame', { mode: 'sandwich', name: info.name, at, value: TIMES.cpu.name })}>
          Open in the flame graph
        </a>
      </p>
      <h2>Called by</h2>
      <FlameView
        tree={trees.callers}
        label={`Callers of ${plain(info.name)}`}
        route={route}
        parameter="callers"
        data={data}
        isUpsideDown
        tallest={320}
      />
      <h2>Calls</h2>
      <FlameView
        tree={trees.callees}
        label={`Functions that ${plain(info.name)} calls`}
        route={route}
        parameter="callees"
        data={data}
        tallest={320}
      />
      <h2>Who it cost</h2>
      <Table
        caption="Tests and phases by what the function cost them"
        columns={OWNER_COLUMNS}
        rows={owners}
        route={route}
        sortBy="-totalMs"
        first={20}
      />
      <SourceListing profile={profile} file={info.file} line={info.line} />
    </>
  )
}

const OWNER_COLUMNS: readonly Column<OwnerRow>[] = [
  durationColumn('totalMs', 'Total', row => row.totalMs),
  durationColumn('selfMs', 'Self', row => row.selfMs),
  { key: 'owner', title: 'Test or phase', value: ownerTitle, show: row => <Owner row={row} /> },
  {
    key: 'file',
    title: 'File',
    value: ({ scope }) => position(scope.file?.path ?? '', 0),
    show: ({ scope }) => (scope.file === undefined ? null : <FileName file={scope.file} />),
  },
]

function ownerTitle({ scope }: OwnerRow): string {
  const { file, test, group, phase } = scope
  if (test >= 0) return testTitle(testAt(file, test)?.name ?? [`test ${test}`])
  return group >= 0 ? `${file?.groups[group]?.tests.length ?? 'some'} concurrent tests` : `(${phase})`
}

function Owner({ row }: { row: OwnerRow }) {
  const { file, test, phase } = row.scope
  if (file === undefined) return <>{ownerTitle(row)}</>
  if (test >= 0) return <a href={testLink(file, { index: test })}>{ownerTitle(row)}</a>
  return <a href={href('flame', { file: file.path, project: file.projectId, phase })}>{ownerTitle(row)}</a>
}

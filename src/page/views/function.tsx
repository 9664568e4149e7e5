// One function: its time by test, its callers, what it calls, and its lines.

import { useMemo } from 'preact/hooks'
import { TIMES } from '../../profile/profile.js'
import { duration, percent } from '../../report/views/figures.js'
import { type Cell, EMPTY, textCell } from '../../tables/cell.js'
import { column, ms } from '../../tables/columns.js'
import { nameText } from '../../tables/names.js'
import type { TableColumn } from '../../tables/table.js'
import { testFileCell } from '../../tables/test-tables.js'
import { functionRows, type OwnerRow, ownersOf } from '../data/functions.js'
import type { ProfileData } from '../data/profile-data.js'
import { testAt } from '../data/test-at.js'
import { plain } from '../data/text.js'
import { FlameView } from '../flame/flame-view.js'
import { sandwichTrees } from '../flame/sandwich-trees.js'
import { href } from '../routes.js'
import { Category } from '../widgets/category.js'
import { DataTable } from '../widgets/data-table.js'
import { Place } from '../widgets/links.js'
import { SourceListing } from '../widgets/source-listing.js'
import { NeedsProfile, NotFound } from './needs-profile.js'
import type { ViewProps } from './table-view.js'

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

export function FunctionPage({ data, route }: ViewProps) {
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
      <h2>Time by test</h2>
      <DataTable
        caption="Time of the function by test or phase"
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

const OWNER_COLUMNS: readonly TableColumn<OwnerRow>[] = [
  ms('totalMs', 'total'),
  ms('selfMs', 'self'),
  column('owner', 'test or phase', ownerCell),
  column('file', 'file', ({ scope: { file } }) => (file === undefined ? EMPTY : testFileCell(file))),
]

/** The test; of concurrent tests how many; else the phase. */
function ownerCell({ scope: { file, test, group, phase } }: OwnerRow): Cell {
  if (group >= 0 && test < 0)
    return textCell(`${file?.groups[group]?.tests.length ?? 'some'} concurrent tests`)
  if (file === undefined || test < 0) return textCell(`(${phase})`)
  const found = testAt(file, test)
  const name = nameText(found?.name ?? [`test ${test}`])
  return { kind: 'test', name, note: '', test: { ...file, index: test } }
}

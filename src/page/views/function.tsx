// One function: its time by test, its callers, what it calls, and its lines.

import { sum } from 'd3-array'
import { useMemo } from 'preact/hooks'
import { TIMES } from '../../profile/profile.js'
import { duration, grouped, percent } from '../../report/views/figures.js'
import { nameText } from '../../report/views/names.js'
import { type Cell, EMPTY, textCell } from '../../tables/cell.js'
import { column, ms } from '../../tables/columns.js'
import type { TableColumn } from '../../tables/table.js'
import { testFileCell } from '../../tables/test-tables.js'
import { functionRows, type OwnerRow, ownersOf } from '../data/functions.js'
import { type FrameInfo, type ProfileData, testAt } from '../data/run-data.js'
import { sanitize } from '../data/text.js'
import { FlameView } from '../flame/flame-view.js'
import { sandwichTrees } from '../flame/sample-trees.js'
import { href } from '../routes.js'
import { DataTable } from '../widgets/data-table.js'
import { FigureList } from '../widgets/figures.js'
import { Category, Place } from '../widgets/names.js'
import { SourceListing } from './source.js'
import { NeedsProfile, NotFound, type ViewProps } from './view.js'

const FOLDING = { libraries: false, engine: true, recursion: false }
const SELECTION = { value: TIMES.cpu.name }

/** The frames with that name and place: several if code of different categories called the function. */
export function framesOf({ frames }: ProfileData, name: string, at: string): ReadonlySet<number> {
  return new Set(frames.flatMap((frame, index) => (isAt(frame, name, at) ? [index] : [])))
}

function isAt(frame: FrameInfo, name: string, at: string): boolean {
  return frame.name === name && `${frame.file}:${frame.line}:${frame.column}` === at
}

export function FunctionPage({ data, route }: ViewProps) {
  const { profile } = data
  const [name, at] = [route.params.get('name') ?? '', route.params.get('at') ?? '']
  const found = useMemo(() => {
    if (profile === undefined) return undefined
    const own = framesOf(profile, name, at)
    const isFunction = (frame: number) => own.has(frame)
    const rows = functionRows(profile).filter(row => isAt(row, name, at))
    return {
      info: profile.frames[[...own][0] ?? -1],
      selfMs: sum(rows, row => row.selfMs),
      totalMs: sum(rows, row => row.totalMs),
      owners: ownersOf(profile, isFunction),
      trees: sandwichTrees(profile, { selection: SELECTION, folding: FOLDING, isFunction }),
    }
  }, [profile, name, at])
  if (profile === undefined || found === undefined) return <NeedsProfile />
  const { info, selfMs, totalMs, owners, trees } = found
  if (info === undefined) return <NotFound what={`No function “${sanitize(name)}” at ${sanitize(at)}.`} />
  const title = sanitize(info.name)
  return (
    <>
      <h1>{title}</h1>
      <p class="sub">
        <Place {...info} /> · <Category name={info.category} />
        {info.package !== undefined && (
          <>
            {' '}
            · <a href={href('functions', { package: info.package })}>{sanitize(info.package)}</a>
          </>
        )}
      </p>
      <FigureList
        figures={[
          { name: 'self', value: duration(selfMs) },
          { name: 'total', value: duration(totalMs) },
          { name: 'of the run’s CPU', value: percent(totalMs, data.report.totals.cpuMs) },
          {
            name: 'seen in',
            value: `${grouped(owners.length)} tests or phases`,
            isText: true,
          },
        ]}
      />
      <p>
        <a href={href('flame', { mode: 'sandwich', name: info.name, at, value: TIMES.cpu.name })}>
          Open in the flame graph
        </a>
      </p>
      {(['callers', 'callees'] as const).map(side => (
        <section key={side}>
          <h2>{side === 'callers' ? 'Called by' : 'Calls'}</h2>
          <FlameView
            tree={trees[side]}
            label={side === 'callers' ? `Callers of ${title}` : `Functions that ${title} calls`}
            route={route}
            parameter={side}
            profile={profile}
            isUpsideDown={side === 'callers'}
            tallest={320}
          />
        </section>
      ))}
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

/** The test, the number of concurrent tests, or the phase. */
function ownerCell({ scope: { file, test, group, phase } }: OwnerRow): Cell {
  if (group >= 0 && test < 0)
    return textCell(`${file?.groups[group]?.tests.length ?? 'some'} concurrent tests`)
  if (file === undefined || test < 0) return textCell(`(${phase})`)
  const found = testAt(file, test)
  const name = nameText(found?.name ?? [`test ${test}`])
  return { kind: 'test', name, note: '', test: { ...file, index: test } }
}

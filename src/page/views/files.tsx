// Test files: as a table, and as points by their fixed cost and the time of their tests.

import { useMemo, useRef } from 'preact/hooks'
import { duration } from '../../report/views/figures.js'
import { TEST_FILES } from '../../tables/test-tables.js'
import { type FileCost, fileCosts, fixedCostText } from '../data/file-costs.js'
import { sanitize } from '../data/text.js'
import { fileLink } from '../routes.js'
import { ChoiceLinks } from '../widgets/controls.js'
import { useWidth } from '../widgets/window.js'
import { TableView } from './table-views.js'
import type { ViewProps } from './view.js'

export function Files({ data, route }: ViewProps) {
  const isGrid = route.params.get('as') === 'grid'
  const choice = (
    <p class="choice">
      <ChoiceLinks
        route={route}
        links={[
          { title: 'Table', change: { as: null }, isChosen: !isGrid },
          { title: 'Fixed cost against tests', change: { as: 'grid' }, isChosen: isGrid },
        ]}
      />
    </p>
  )
  if (!isGrid)
    return (
      <TableView data={data} route={route} table={TEST_FILES}>
        {choice}
      </TableView>
    )
  return (
    <>
      <h1>{TEST_FILES.title}</h1>
      {choice}
      <CostGrid data={data} />
    </>
  )
}

const HEIGHT = 460
const MARGIN = { left: 64, right: 28, top: 26, bottom: 44 }
const RADIUS = 5

function CostGrid({ data }: Pick<ViewProps, 'data'>) {
  const costs = useMemo(() => fileCosts(data.report), [data.report])
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame, 800)
  if (costs.length === 0) return <p class="none">No test file was recorded.</p>
  const amounts = costs.flatMap(({ fixedMs, testsMs }) => [fixedMs, testsMs])
  const ticks = powersOfTen(amounts)
  const [least, most] = [ticks[0] ?? 1, ticks.at(-1) ?? 10]
  const share = (ms: number) => Math.log(Math.max(ms, least) / least) / Math.log(most / least)
  const toX = (ms: number) => MARGIN.left + share(ms) * (width - MARGIN.left - MARGIN.right)
  const toY = (ms: number) => HEIGHT - MARGIN.bottom - share(ms) * (HEIGHT - MARGIN.top - MARGIN.bottom)
  return (
    <>
      <p class="sub">
        {fixedCostText(costs)} Fixed cost is the environment, Jest’s framework, set-up files and imports. Both
        axes are logarithmic; below the line, a file takes longer to prepare than its tests run.
      </p>
      <div ref={frame} class="grid-frame">
        <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`}>
          <title>Test files by fixed cost and time of tests</title>
          {ticks.map(tick => (
            <g key={tick} class="tick">
              <line x1={toX(tick)} x2={toX(tick)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />
              <line x1={MARGIN.left} x2={width - MARGIN.right} y1={toY(tick)} y2={toY(tick)} />
              <text x={toX(tick)} y={HEIGHT - MARGIN.bottom + 16} text-anchor="middle">
                {duration(tick)}
              </text>
              <text x={MARGIN.left - 6} y={toY(tick) + 4} text-anchor="end">
                {duration(tick)}
              </text>
            </g>
          ))}
          <line class="even" x1={toX(least)} y1={toY(least)} x2={toX(most)} y2={toY(most)} />
          <text class="worker" x={width - MARGIN.right} y={HEIGHT - 8} text-anchor="end">
            fixed cost →
          </text>
          <text class="worker" x={4} y={12}>
            tests ↑
          </text>
          {costs.map(cost => (
            <Point key={cost.file.id} cost={cost} x={toX(cost.fixedMs)} y={toY(cost.testsMs)} />
          ))}
        </svg>
      </div>
    </>
  )
}

function Point({ cost, x, y }: { cost: FileCost; x: number; y: number }) {
  const { file, fixedMs, testsMs } = cost
  return (
    <a href={fileLink(file)} class={fixedMs > testsMs ? 'costly' : ''}>
      <title>{`${sanitize(file.path)}: fixed cost ${duration(fixedMs)}, tests ${duration(testsMs)}`}</title>
      <circle cx={x} cy={y} r={RADIUS} />
    </a>
  )
}

/** From at least one millisecond, around all amounts. */
function powersOfTen(amounts: readonly number[]): number[] {
  const least = Math.floor(Math.log10(Math.max(1, Math.min(...amounts))))
  const most = Math.max(least + 1, Math.ceil(Math.log10(Math.max(1, ...amounts))))
  return Array.from({ length: most - least + 1 }, (_, index) => 10 ** (least + index))
}

// The heap of each worker over the run: what it used when tests began and ended, and what was left after collections.

import { group, max, ticks } from 'd3-array'
import { useRef } from 'preact/hooks'
import type { Report } from '../../report/report.js'
import { bytes, duration } from '../../report/views/figures.js'
import { pathName } from '../data/text.js'
import { Legend } from './figures.js'
import { useWidth } from './window.js'

const HEIGHT = 84
const TOP = 16
const LABEL = 74
const AXIS = 18
const RADIUS = 3

interface HeapPoint {
  readonly atMs: number
  readonly bytes: number
  readonly file: string
}

/** One chart below the other, with the same axes, so that workers can be compared. */
export function HeapChart({ report }: { report: Report }) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame, 800)
  const workers = heapsByWorker(report)
  const endMs = max(workers, ({ used }) => used.at(-1)?.atMs) ?? 0
  const most = max(workers, ({ used, collected }) => max([...used, ...collected], point => point.bytes)) ?? 0
  if (workers.length === 0 || endMs === 0 || most === 0) return null
  const toX = (ms: number) => LABEL + (ms / endMs) * (width - LABEL - RADIUS)
  const toY = (amount: number) => TOP + (1 - amount / most) * (HEIGHT - TOP - RADIUS)
  const height = workers.length * HEIGHT + AXIS
  return (
    <section class="heaps" aria-label="Heap over the run">
      <h2>Heap over the run</h2>
      <p class="sub">
        Dots are what was left after collections: if they rise from test file to test file, something is kept.
      </p>
      <div ref={frame} class="timeline-frame">
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
          <title>Heap of each worker by time</title>
          {ticks(0, endMs, Math.max(2, Math.floor((width - LABEL) / 110))).map(tick => (
            <g key={tick} class="tick">
              <line x1={toX(tick)} x2={toX(tick)} y1={0} y2={height - AXIS} />
              <text x={toX(tick)} y={height - 5}>
                {duration(tick)}
              </text>
            </g>
          ))}
          {workers.map(({ worker, used, collected }, row) => (
            <g key={worker} transform={`translate(0 ${row * HEIGHT})`}>
              <text class="worker" x={0} y={TOP + 4}>
                {worker}: {bytes(max(used, point => point.bytes) ?? 0)}
                <title>{`worker ${worker}, at most`}</title>
              </text>
              <line class="floor" x1={LABEL} x2={width} y1={toY(0)} y2={toY(0)} />
              <path
                class="used"
                d={used
                  .map(
                    ({ atMs, bytes: amount }, index) =>
                      `${index === 0 ? 'M' : 'L'}${toX(atMs).toFixed(1)} ${toY(amount).toFixed(1)}`,
                  )
                  .join('')}
              />
              {collected.map(point => (
                <circle key={point.atMs} class="kept" cx={toX(point.atMs)} cy={toY(point.bytes)} r={RADIUS}>
                  <title>{`${bytes(point.bytes)} after ${pathName(point.file)}`}</title>
                </circle>
              ))}
            </g>
          ))}
        </svg>
      </div>
      <Legend
        entries={[
          { text: 'in use, with garbage', style: 'used' },
          { text: 'after a collection', style: 'kept' },
        ]}
      />
    </section>
  )
}

interface WorkerHeap {
  readonly worker: number
  readonly used: readonly HeapPoint[]
  readonly collected: readonly HeapPoint[]
}

function heapsByWorker({ files, memory }: Report): WorkerHeap[] {
  const after = new Map(
    (memory?.files ?? []).map(row => [`${row.project} ${row.path} ${row.worker}`, row.heapAfterBytes]),
  )
  const recorded = files.filter(({ worker, heap }) => worker !== null && heap.atMs.length > 0)
  return [...group(recorded, ({ worker }) => worker ?? 0)]
    .map(([worker, own]) => {
      const inOrder = own.toSorted((a, b) => a.startedAtMs - b.startedAtMs)
      return {
        worker,
        used: inOrder.flatMap(({ heap, path }) =>
          heap.atMs.map((atMs, row) => ({ atMs, bytes: heap.usedBytes[row] ?? 0, file: path })),
        ),
        collected: inOrder.flatMap(({ startedAtMs, wallMs, path, project }) => {
          const amount = after.get(`${project} ${path} ${worker}`) ?? null
          return amount === null ? [] : { atMs: startedAtMs + wallMs, bytes: amount, file: path }
        }),
      }
    })
    .toSorted((a, b) => a.worker - b.worker)
}

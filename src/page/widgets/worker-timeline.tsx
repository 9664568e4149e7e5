// The test files of each worker as bars on a common time axis.

import { ticks } from 'd3-array'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { balanceText } from '../../formats/sentences.js'
import type { FileReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { STEPS } from '../categories.js'
import { pathName, sanitize } from '../data/text.js'
import { type WorkerGap, workerGaps } from '../data/worker-gaps.js'
import { fileLink } from '../routes.js'
import { Legend } from './figures.js'
import { useSpotlight } from './spotlight.js'
import { useWidth, type Window, zoomedWindow } from './window.js'

const BAR = 22
const GAP = 8
const LABEL = 74
const AXIS = 22
const OTHER_COLOUR = '#d8d4cc'

/** `chosen`: the finding that the link names; choosing one brings the timeline into view. */
export function WorkerTimeline({ report, chosen }: { report: Report; chosen: string | undefined }) {
  const { schedule, totals } = report
  const section = useRef<HTMLElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const { files: lit } = useSpotlight()
  const gaps = useMemo(() => workerGaps(report), [report])
  useEffect(() => {
    if (chosen !== undefined) section.current?.scrollIntoView({ block: 'center' })
  }, [chosen])
  const width = useWidth(frame, 800)
  const whole = { from: 0, to: Math.max(totals.wallMs, 1) }
  // In milliseconds since the start of the run.
  const [shown, setShown] = useState<Window>(whole)
  const { workers, criticalFile } = schedule
  const balance = balanceText(report)
  const toX = (ms: number) => LABEL + ((ms - shown.from) / (shown.to - shown.from)) * (width - LABEL)
  const height = AXIS + workers.length * (BAR + GAP)
  const moves = [
    ['+', 'Zoom in', zoomedWindow(shown, whole, { by: 0.5 })],
    ['−', 'Zoom out', zoomedWindow(shown, whole, { by: 2 })],
    ['‹', 'Earlier', zoomedWindow(shown, whole, { move: -0.5 })],
    ['›', 'Later', zoomedWindow(shown, whole, { move: 0.5 })],
    ['Reset', undefined, whole],
  ] as const
  const hasFailures = report.files.some(({ status }) => status === 'failed' || status === 'unfinished')
  const isZoomed = shown.from > 0 || shown.to < whole.to
  const isVisible = ({ startedAtMs, wallMs }: FileReport) =>
    startedAtMs < shown.to && startedAtMs + wallMs > shown.from
  return (
    <section ref={section} class="timeline" aria-label="Workers: test files by time">
      <header>
        <h2>Workers</h2>
        <p class="sub">
          {balance !== '' && `${balance} · `}
          {criticalFile !== null && (
            <>
              last to finish:{' '}
              <a href={fileLink({ ...criticalFile, projectId: projectIdOf(report, criticalFile) })}>
                {pathName(criticalFile.path)}
              </a>{' '}
              ({duration(criticalFile.wallMs)})
            </>
          )}
        </p>
        <span class="zoom">
          {moves.map(([sign, label, next]) => (
            <button
              key={sign}
              type="button"
              onClick={() => setShown(next)}
              aria-label={label}
              disabled={!isZoomed && sign !== '+'}
            >
              {sign}
            </button>
          ))}
        </span>
      </header>
      <div ref={frame} class="timeline-frame">
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
          <title>Test files by worker and time</title>
          {ticks(shown.from, shown.to, Math.max(2, Math.floor((width - LABEL) / 110))).map(tick => (
            <g key={tick} class="tick">
              <line x1={toX(tick)} x2={toX(tick)} y1={AXIS - 4} y2={height} />
              <text x={toX(tick)} y={12}>
                {duration(tick)}
              </text>
            </g>
          ))}
          {workers.map(({ worker, busyMs, files }, row) => {
            const y = AXIS + row * (BAR + GAP)
            return (
              <g key={worker}>
                <text class="worker" x={0} y={y + BAR / 2 + 4}>
                  {worker}: {percent(busyMs, totals.wallMs)}
                  <title>{`worker ${worker}: ${count(files, 'file')}, busy ${duration(busyMs)}`}</title>
                </text>
                {gaps
                  .filter(gap => gap.worker === worker && gap.fromMs < shown.to && gap.toMs > shown.from)
                  .map(gap => (
                    <GapBar key={gap.fromMs} gap={gap} y={y} toX={toX} right={width} />
                  ))}
                {report.files
                  .filter(file => file.worker === worker && isVisible(file))
                  .map(file => (
                    <FileBar
                      key={file.id}
                      file={file}
                      look={lit === undefined ? '' : lit.has(file.path) ? 'lit' : 'unlit'}
                      y={y}
                      toX={toX}
                      right={width}
                    />
                  ))}
              </g>
            )
          })}
        </svg>
      </div>
      <Legend
        entries={[
          ...new Set(Object.values(STEPS)),
          { text: 'no test file', style: 'gap' },
          ...(hasFailures ? [{ text: 'failed or unfinished', style: 'failed' }] : []),
        ]}
      />
    </section>
  )
}

interface BarPlace {
  readonly y: number
  readonly toX: (ms: number) => number
  readonly right: number
}

/** Thinner gaps are not drawn, in pixels. */
const THINNEST_GAP = 1.5

/** A line through the middle of the lane. */
function GapBar({ gap, y, toX, right }: BarPlace & { gap: WorkerGap }) {
  const { worker, fromMs, toMs, kind } = gap
  const start = Math.max(LABEL, toX(fromMs))
  const width = Math.min(right, toX(toMs)) - start
  if (width < THINNEST_GAP) return null
  return (
    <g class="gap">
      <title>{`worker ${worker} had no test file for ${duration(toMs - fromMs)}: ${kind}`}</title>
      <rect x={start} y={y} width={width} height={BAR} />
      <line x1={start} x2={start + width} y1={y + BAR / 2} y2={y + BAR / 2} />
    </g>
  )
}

/** `look`: how it is pointed out. */
function FileBar({ file, look, y, toX, right }: BarPlace & { file: FileReport; look: '' | 'lit' | 'unlit' }) {
  const { path, startedAtMs, wallMs, idleMs, phaseStarts, status } = file
  const start = Math.max(LABEL, toX(startedAtMs))
  const end = Math.min(right, toX(startedAtMs + wallMs))
  const width = Math.max(1, end - start - 0.5)
  const waiting = idleMs === null ? 'not recorded' : `waiting ${duration(idleMs)}`
  return (
    <>
      <a href={fileLink(file)} class={look}>
        <title>{`${sanitize(path)}: ${duration(wallMs)}, ${waiting}`}</title>
        <rect x={start} y={y} width={width} height={BAR} fill={OTHER_COLOUR} />
        {phaseStarts.map(({ phase, startedAtMs: from }, index) => {
          const to = phaseStarts[index + 1]?.startedAtMs ?? startedAtMs + wallMs
          const x = Math.max(LABEL, toX(from))
          const length = Math.min(right, toX(to)) - x
          if (length <= 0.3) return null
          const part = { x, y, width: Math.min(length, end - x), height: BAR }
          return <rect key={from} {...part} fill={STEPS[phase].colour} />
        })}
        <rect class={`outline ${status}`} x={start} y={y} width={width} height={BAR} />
      </a>
      {width > 60 && (
        <text class="bar-label" x={start + 5} y={y + BAR / 2 + 4}>
          {shortened(sanitize(path), width - 10)}
        </text>
      )}
    </>
  )
}

/** The file name, cut to the characters that fit. */
function shortened(path: string, width: number): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const letters = Math.floor(width / 6.4)
  return name.length <= letters ? name : `${name.slice(0, Math.max(0, letters - 1))}…`
}

function projectIdOf({ files }: Report, { path, project }: { path: string; project: string }): string {
  return files.find(file => file.path === path && file.project === project)?.projectId ?? ''
}

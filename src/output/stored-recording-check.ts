// A recording as it lies in a run's folder, which may come from anywhere → what is wrong with it. What passes can be
// folded: no way up the call tree without end, no position in nowhere, no time that is counted twice or below zero.

import { type Check, type Flaw, fields, listOf, nullable, oneOf, texts, within } from '../checks/check.js'
import { column, columns, positionIn, positionOrNone } from '../checks/columns.js'
import {
  CALLERS,
  CLOCK,
  HEADER,
  HEAP,
  hooksCheck,
  loadsCheck,
  PHASES,
  samplesCheck,
  TRANSFORMS,
  testsCheck,
  ticksCheck,
  waitsCheck,
} from '../checks/noted-checks.js'
import { CATEGORIES } from '../profile/profile.js'
import type { StoredRecording } from './stored-recording.js'

const LINE_OR_COLUMN = column({ from: 0, to: Number.MAX_SAFE_INTEGER })

const later: Check = () => undefined

/** What everything else refers to, and what refers to nothing. */
const TABLES = fields<StoredRecording>({
  version: later,
  header: fields(HEADER),
  paths: texts,
  names: texts,
  categories: listOf(oneOf(CATEGORIES)),
  phases: PHASES,
  transforms: TRANSFORMS,
  clock: nullable(CLOCK),
  heap: HEAP,
  tests: listOf(later),
  sites: fields<StoredRecording['sites']>({ frame: listOf(later), line: later, column: later }),
  frames: fields({ name: listOf(later) }),
  nodes: fields({ frame: listOf(later) }),
  ...{ hooks: later, modules: later, waits: later, standing: later, ticks: later, samples: later },
})

export function flawOfStored(content: unknown): Flaw | undefined {
  const found = TABLES(content)
  if (found !== undefined) return found
  const recording = content as StoredRecording
  return fields<Omit<StoredRecording, Checked>>(referring(recording))(recording)
}

type Checked =
  | 'version'
  | 'header'
  | 'paths'
  | 'names'
  | 'categories'
  | 'phases'
  | 'transforms'
  | 'clock'
  | 'heap'

function referring(recording: StoredRecording): Record<Exclude<keyof StoredRecording, Checked>, Check> {
  const { header, tests, sites, frames, nodes } = recording
  const sizes = { sites: sites.frame.length, tests: tests.length }
  const nodeCount = nodes.frame.length
  return {
    frames: framesCheck(recording),
    sites: columns<StoredRecording['sites']>({
      frame: column(positionIn(frames.name.length)),
      line: LINE_OR_COLUMN,
      column: LINE_OR_COLUMN,
    }),
    nodes: columns<StoredRecording['nodes']>({
      frame: column(positionIn(frames.name.length)),
      caller: CALLERS,
    }),
    tests: testsCheck(sizes),
    hooks: hooksCheck(sizes),
    modules: nullable(modulesCheck(recording)),
    waits: nullable(waitsCheck(sizes)),
    standing: column({ ...positionIn(nodeCount), ascending: true }),
    ticks: ticksCheck(nodeCount),
    samples: samplesCheck(nodeCount, header.wallMicros),
  }
}

function framesCheck({ paths, names, categories, frames }: StoredRecording): Check {
  const table = columns<Omit<StoredRecording['frames'], 'generated'>>({
    name: column(positionIn(names.length)),
    file: column(positionIn(paths.length)),
    package: column(positionOrNone(names.length)),
    line: LINE_OR_COLUMN,
    column: LINE_OR_COLUMN,
    category: column(positionIn(categories.length)),
  })
  const generated = column({ ...positionIn(frames.name.length), ascending: true })
  return value => table(value) ?? within('.generated', generated((value as typeof frames).generated))
}

function modulesCheck({ paths }: StoredRecording): Check {
  const path = column(positionIn(paths.length))
  return value => {
    const found = fields({ path })(value)
    return found ?? loadsCheck((value as NonNullable<StoredRecording['modules']>).path.length)(value)
  }
}

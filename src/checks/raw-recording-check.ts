// A recording as a worker has left it, which a test may have written or damaged → what is wrong with it.

import type { Recording, RecordingProblem, Script } from '../collect/recording.js'
import {
  type Check,
  type Flaw,
  fields,
  flag,
  listOf,
  nullable,
  oneOf,
  optional,
  text,
  texts,
  whole,
} from './check.js'
import { column, columns, positionIn } from './columns.js'
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
} from './noted-checks.js'

const later: Check = () => undefined

/** As V8 gives it: 0-based, -1 where there is none. */
const POSITION = column({ from: -1, to: Number.MAX_SAFE_INTEGER })

const PROBLEM = fields<RecordingProblem>({
  version: later,
  header: fields<RecordingProblem['header']>({ projectId: text, testPath: text }),
  problem: text,
})

/** What everything else refers to, and what refers to nothing. */
const TABLES = fields<Recording>({
  version: later,
  header: fields({ ...HEADER, wrapperLength: whole({ from: 0, to: 100_000 }) }),
  phases: PHASES,
  transforms: TRANSFORMS,
  clock: nullable(CLOCK),
  heap: HEAP,
  scripts: listOf(
    fields<Script>({
      url: text,
      wrapped: flag,
      transformed: flag,
      sourceMap: nullable(text),
      tool: optional(oneOf(['jest', 'transform'])),
    }),
  ),
  tests: listOf(later),
  modules: nullable(fields({ path: texts })),
  sites: fields({ name: texts }),
  functions: fields({ name: texts }),
  nodes: fields({ function: listOf(later) }),
  ...{ hooks: later, waits: later, ticks: later, samples: later },
})

export function flawOfRaw(content: unknown): Flaw | undefined {
  if (typeof content === 'object' && content !== null && 'problem' in content) return PROBLEM(content)
  const found = TABLES(content)
  if (found !== undefined) return found
  const recording = content as Recording
  return fields<Omit<Recording, Checked>>(referring(recording))(recording)
}

type Checked = 'version' | 'header' | 'phases' | 'transforms' | 'clock' | 'heap' | 'scripts'

function referring(recording: Recording): Record<Exclude<keyof Recording, Checked>, Check> {
  const { header, tests, sites, functions, nodes, scripts, modules } = recording
  const sizes = { sites: sites.name.length, tests: tests.length }
  const nodeCount = nodes.function.length
  const placed = columns<Recording['functions'] & Recording['sites']>({
    name: texts,
    script: column(positionIn(scripts.length)),
    line: POSITION,
    column: POSITION,
  })
  return {
    functions: placed,
    sites: placed,
    nodes: columns<Recording['nodes']>({
      function: column(positionIn(functions.name.length)),
      caller: CALLERS,
    }),
    tests: testsCheck(sizes),
    hooks: hooksCheck(sizes),
    modules: nullable(loadsCheck(modules?.path.length ?? 0)),
    waits: nullable(waitsCheck(sizes)),
    ticks: ticksCheck(nodeCount),
    samples: samplesCheck(nodeCount, header.wallMicros),
  }
}

// A recording as a worker has left it, which a test may have written or damaged → what is wrong with it.

import type { Recording, RecordingProblem, Script } from '../recording/recording.js'
import {
  anything,
  type Check,
  type Flaw,
  fields,
  flag,
  list,
  listOf,
  NO_SIZES,
  nullable,
  oneOf,
  optional,
  text,
  texts,
  whole,
} from './check.js'
import { column, columns, positionsIn } from './columns.js'
import {
  CACHE_KEYS,
  CALLERS,
  CLOCK,
  FAILED_MODULES,
  HEADER,
  HEAP,
  HOOKS,
  modulesCheck,
  PHASE_STARTS,
  SAMPLES,
  TEST_SPANS,
  TICKS,
  TRANSFORMS,
  WAITS,
} from './noted-checks.js'

const PROBLEM = fields<RecordingProblem>({
  version: anything,
  header: fields<RecordingProblem['header']>({ projectId: text, testPath: text }),
  problem: text,
})

/** What tells the sizes that the others are checked against. */
const TABLES = fields<Pick<Recording, 'header' | 'scripts' | 'tests' | 'sites' | 'functions' | 'nodes'>>({
  header: fields({ ...HEADER, wrapperLength: whole({ from: 0, to: 100_000 }) }),
  scripts: listOf(
    fields<Script>({
      url: text,
      wrapped: flag,
      transformed: flag,
      sourceMap: nullable(text),
      tool: optional(oneOf(['jest', 'transform'])),
    }),
  ),
  tests: list,
  sites: fields({ name: list }),
  functions: fields({ name: list }),
  nodes: fields({ function: list }),
})

/** As V8 gives it: 0-based, -1 where there is none. */
const POSITION = column({ from: -1, to: Number.MAX_SAFE_INTEGER })

const PLACES: Check = columns<Recording['functions'] & Recording['sites']>({
  name: texts,
  script: positionsIn('scripts'),
  line: POSITION,
  column: POSITION,
})

const REFERRING = fields<Omit<Recording, 'version' | 'header' | 'scripts'>>({
  functions: PLACES,
  sites: PLACES,
  nodes: columns<Recording['nodes']>({ function: positionsIn('functions'), caller: CALLERS }),
  tests: TEST_SPANS,
  phases: PHASE_STARTS,
  hooks: HOOKS,
  modules: nullable(modulesCheck(texts)),
  transforms: TRANSFORMS,
  failedModules: FAILED_MODULES,
  cacheKeys: CACHE_KEYS,
  waits: nullable(WAITS),
  clock: nullable(CLOCK),
  heap: HEAP,
  ticks: TICKS,
  samples: SAMPLES,
})

export function flawOfRaw(content: unknown): Flaw | undefined {
  if (typeof content === 'object' && content !== null && 'problem' in content)
    return PROBLEM(content, NO_SIZES)
  return TABLES(content, NO_SIZES) ?? REFERRING(content, sizesOf(content as Recording))
}

function sizesOf({ header, scripts, tests, sites, functions, nodes }: Recording) {
  return {
    moments: header.wallMicros + 1,
    scripts: scripts.length,
    tests: tests.length,
    sites: sites.name.length,
    functions: functions.name.length,
    nodes: nodes.function.length,
  }
}

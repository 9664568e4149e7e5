// A recording as it lies in a run's folder, which may come from anywhere → what is wrong with it. What passes can be
// folded: no way up the call tree without end, no position in nowhere, no time that is counted twice or below zero.

import { allOf, type Flaw, fields, list, listOf, NO_SIZES, nullable, oneOf, texts } from '../checks/check.js'
import { column, columns, positionsIn, positionsOrNone } from '../checks/columns.js'
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
} from '../checks/noted-checks.js'
import { CATEGORIES } from '../profile/profile.js'
import type { StoredRecording } from './stored-recording.js'

type Tables = 'header' | 'paths' | 'names' | 'categories' | 'tests' | 'sites' | 'frames' | 'nodes'

/** What tells the sizes that the others are checked against. */
const TABLES = fields<Pick<StoredRecording, Tables>>({
  header: fields(HEADER),
  paths: texts,
  names: texts,
  categories: listOf(oneOf(CATEGORIES)),
  tests: list,
  sites: fields({ frame: list }),
  frames: fields({ name: list }),
  nodes: fields({ frame: list }),
})

const LINE_OR_COLUMN = column({ from: 0, to: Number.MAX_SAFE_INTEGER })

const FRAMES = allOf(
  columns<Omit<StoredRecording['frames'], 'generated'>>({
    name: positionsIn('names'),
    file: positionsIn('paths'),
    package: positionsOrNone('names'),
    line: LINE_OR_COLUMN,
    column: LINE_OR_COLUMN,
    category: positionsIn('categories'),
  }),
  fields({ generated: column({ from: 0, to: 'frames', ascending: true }) }),
)

const REFERRING = fields<Omit<StoredRecording, 'version' | 'header' | 'paths' | 'names' | 'categories'>>({
  frames: FRAMES,
  sites: columns<StoredRecording['sites']>({
    frame: positionsIn('frames'),
    line: LINE_OR_COLUMN,
    column: LINE_OR_COLUMN,
  }),
  nodes: columns<StoredRecording['nodes']>({ frame: positionsIn('frames'), caller: CALLERS }),
  tests: TEST_SPANS,
  phases: PHASE_STARTS,
  hooks: HOOKS,
  modules: nullable(modulesCheck(positionsIn('paths'))),
  transforms: TRANSFORMS,
  failedModules: FAILED_MODULES,
  cacheKeys: CACHE_KEYS,
  waits: nullable(WAITS),
  clock: nullable(CLOCK),
  heap: HEAP,
  atomicsWaitNodes: column({ from: 0, to: 'nodes', ascending: true }),
  ticks: TICKS,
  samples: SAMPLES,
})

export function flawOfStored(content: unknown): Flaw | undefined {
  return TABLES(content, NO_SIZES) ?? REFERRING(content, sizesOf(content as StoredRecording))
}

function sizesOf({ header, paths, names, categories, tests, sites, frames, nodes }: StoredRecording) {
  return {
    moments: header.wallMicros + 1,
    paths: paths.length,
    names: names.length,
    categories: categories.length,
    tests: tests.length,
    sites: sites.frame.length,
    frames: frames.name.length,
    nodes: nodes.frame.length,
  }
}

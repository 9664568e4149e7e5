// Small Recordings and ResolvedRecordings, with default values for what a test does not set.

import type { Frame } from '../../src/profile/profile.js'
import { RECORDING_VERSION } from '../../src/recording/enums.js'
import type {
  ModuleLoads,
  Recording,
  RecordingHeader,
  Script,
  TestSpan,
} from '../../src/recording/recording.js'
import { RESOLVED_VERSION, type ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { NO_LOOKUPS } from './modules.js'
import { columnsOfText, drawnFrame } from './profile-from-text.js'

export function header(given: Partial<RecordingHeader> = {}): RecordingHeader {
  return {
    projectId: 'project-id',
    project: '',
    testPath: '/project/a.test.js',
    worker: 1,
    processId: 100,
    threadId: 0,
    nodeVersion: 'v22.0.0',
    engine: 'inspector',
    samplingIntervalMicros: 1000,
    startedAtMs: 1_700_000_000_000,
    wallMicros: 10_000,
    overheadMicros: 0,
    samplerMicros: null,
    end: 'teardown',
    wrapperLength: 0,
    ...given,
  }
}

/** A test that passed at its first attempt. */
export function span(given: Partial<TestSpan> & Pick<TestSpan, 'index' | 'start' | 'end'>): TestSpan {
  const name = [`test ${given.index}`]
  return { name, attempt: 1, concurrent: false, status: 'passed', site: -1, ...given }
}

/** No records besides samples. */
export const NOTHING_NOTED = {
  tests: [],
  phases: [],
  hooks: { definitions: [], runs: { definition: [], start: [], end: [], test: [] } },
  modules: null,
  transforms: [],
  failedModules: [],
  cacheKeys: [],
  waits: null,
  clock: null,
  heap: { time: [], usedBytes: [] },
} satisfies Partial<Recording>

type DrawnParts = Omit<ResolvedRecording, 'header' | 'samples' | 'nodes' | 'frames' | 'modules'>

export type DrawnRecording = Partial<DrawnParts> & {
  header?: Partial<RecordingHeader>
  /** By default without `lookups`. */
  modules?: (Omit<ModuleLoads, 'lookups'> & Partial<Pick<ModuleLoads, 'lookups'>>) | null
}

/**
 * Draws samples like `profileFromText`, with their times (microseconds since the start) as heads. Node 0 is V8's root; the
 * others are in the order of their first appearance in the columns.
 */
export function resolvedFromText(text: string, given: DrawnRecording = {}): ResolvedRecording {
  const { wrapperLength: _, ...ownHeader } = header(given.header)
  const tree = new DrawnTree()
  const drawn = columnsOfText(text).map(({ head, names }) => ({ node: tree.add(names), time: Number(head) }))
  return {
    version: RESOLVED_VERSION,
    ...NOTHING_NOTED,
    sites: { frame: [], line: [], column: [] },
    atomicsWaitNodes: [],
    ...given,
    modules: given.modules ? { lookups: NO_LOOKUPS, ...given.modules } : null,
    header: ownHeader,
    frames: tree.frames,
    nodes: tree.nodes,
    ticks: given.ticks ?? { node: [], line: [], count: [] },
    samples: { node: drawn.map(({ node }) => node), time: drawn.map(({ time }) => time) },
  }
}

class DrawnTree {
  readonly frames: Frame[] = [{ ...drawnFrame('program'), name: '(root)' }]
  readonly nodes: ResolvedRecording['nodes'] = { frame: [0], caller: [-1] }
  readonly #nodeByPath = new Map<string, number>()

  add(names: readonly string[]): number {
    if (names.length === 0) return 0
    const path = names.join('>')
    const known = this.#nodeByPath.get(path)
    if (known !== undefined) return known
    const caller = this.add(names.slice(0, -1))
    const node = this.nodes.caller.length
    this.nodes.caller.push(caller)
    this.nodes.frame.push(this.#frame(drawnFrame(names.at(-1) ?? '')))
    this.#nodeByPath.set(path, node)
    return node
  }

  #frame(frame: Frame): number {
    const known = this.frames.findIndex(
      ({ name, category }) => name === frame.name && category === frame.category,
    )
    return known >= 0 ? known : this.frames.push(frame) - 1
  }
}

/** A function as V8 reports it, with 0-based positions; `-1` when V8 knows no position. */
export interface RawFunction {
  name: string
  url: string
  line?: number
  column?: number
}

export interface RawRecording {
  header?: Partial<RecordingHeader>
  scripts?: (Partial<Script> & Pick<Script, 'url'>)[]
  tests?: TestSpan[]
  /** V8's line ticks of each stack's innermost function, with 1-based lines. */
  ticks?: { stack: number; line: number; count: number }[]
}

/** A recording with one sample of 1000 µs for each stack, outermost function first, all below V8's root. */
export function rawRecording(
  stacks: readonly (readonly RawFunction[])[],
  given: RawRecording = {},
): Recording {
  const root: RawFunction = { name: '(root)', url: '', line: -1, column: -1 }
  const functions: RawFunction[] = []
  const nodes: Recording['nodes'] = { function: [], caller: [] }
  const add = (entry: RawFunction, caller: number) => {
    const known = functions.indexOf(entry)
    nodes.caller.push(caller)
    return nodes.function.push(known >= 0 ? known : functions.push(entry) - 1) - 1
  }
  const top = add(root, -1)
  const leaves = stacks.map(stack => stack.reduce((caller, entry) => add(entry, caller), top))
  const urls = [...new Set(functions.map(({ url }) => url))]
  const ticks = given.ticks ?? []
  return {
    version: RECORDING_VERSION,
    ...NOTHING_NOTED,
    sites: { name: [], script: [], line: [], column: [] },
    header: header({ wallMicros: stacks.length * 1000, ...given.header }),
    tests: given.tests ?? [],
    scripts: urls.map(url => ({
      url,
      wrapped: true,
      transformed: false,
      sourceMap: null,
      ...given.scripts?.find(script => script.url === url),
    })),
    functions: {
      name: functions.map(({ name }) => name),
      script: functions.map(({ url }) => urls.indexOf(url)),
      line: functions.map(({ line = 0 }) => line),
      column: functions.map(({ column = 0 }) => column),
    },
    nodes,
    ticks: {
      node: ticks.map(({ stack }) => leaves[stack] ?? 0),
      line: ticks.map(({ line }) => line),
      count: ticks.map(({ count }) => count),
    },
    samples: { node: leaves, time: leaves.map((_, sample) => sample * 1000) },
  }
}

import { expect, test } from '@jest/globals'
import { RESOLVED_RECORDING } from '../../src/recording/resolved-recording.js'
import { describeIssue } from '../../src/schema/issues.js'
import { findIssue } from '../../src/schema/schema.js'
import { resolvedFromText, span } from '../support/recording.js'

const STORED = RESOLVED_RECORDING.pack(
  resolvedFromText('0  1000 2000\nA  A    idle\n   B', {
    tests: [span({ index: 0, start: 100, end: 1500 }), span({ index: 1, start: 1600, end: 3000 })],
    phases: [
      { phase: 'environment', start: 0 },
      { phase: 'imports', start: 50 },
    ],
    hooks: {
      definitions: [{ type: 'beforeEach', describe: [], site: 0 }],
      runs: { definition: [0], start: [100], end: [150], test: [0] },
    },
    modules: {
      path: ['/project/a.test.js', '/project/a.js'],
      transformers: [],
      loads: {
        ...{ module: [0, 1], importer: [-1, 0], within: [-1, 0], start: [50, 60], end: [90, -1] },
        ...{ resolve: [0, 2], transform: [3, 4], compile: [1, 1] },
      },
      lookups: { module: [1], within: [0], start: [55], resolve: [2], mock: [1] },
      edges: { from: [0], to: [1] },
    },
    waits: {
      resources: { kind: ['timer'], stack: [[0]], test: [1], repeats: [false] },
      wakes: { time: [2500, 2600], since: [2000, 2000], resource: [0, 0] },
      leaks: { resource: [0], during: [1], time: [2900], count: [1], micros: [10] },
      thinned: { kind: [], created: [], kept: [] },
      pauses: { start: [], end: [] },
      contexts: { time: [100, 1600], test: [0, 1] },
    },
    clock: { step: 4000, time: [0, 3500], cpu: [0, 2500] },
    heap: { time: [100], usedBytes: [1e6] },
    sites: { frame: [1], line: [3], column: [5] },
    atomicsWaitNodes: [1, 2],
    ticks: { node: [1], line: [3], count: [1] },
    transforms: [
      {
        transformer: null,
        extension: '.js',
        files: 1,
        misses: 0,
        micros: 5,
        missMicros: 0,
        loadMicros: 0,
        missLoadMicros: 0,
        uncached: 0,
      },
    ],
  }),
)

function issueOf(content: unknown): string | undefined {
  const issue = findIssue(RESOLVED_RECORDING.schema, content)
  return issue && describeIssue(issue)
}

/** The stored recording with another value at a path such as `nodes.caller.1`. */
function withValue(path: string, value: unknown): unknown {
  const changed: unknown = structuredClone(STORED)
  const keys = path.split('.')
  const container = keys.slice(0, -1).reduce<unknown>((part, key) => (part as never)[key], changed)
  Object.assign(container as object, { [keys.at(-1) ?? '']: value })
  return changed
}

test('a stored recording is valid', () => {
  expect(issueOf(STORED)).toBeUndefined()
})

test.each([
  ['header.wallMicros', -1, 'header.wallMicros is -1, not a whole number from 0 to 10000000000000'],
  ['header.testPath', ['x'], 'header.testPath is an array, not a string'],
  ['header.startedAtMs', 1e15, 'header.startedAtMs is 1000000000000000, not a number from 0 to'],
  ['header.samplingIntervalMicros', 0, 'header.samplingIntervalMicros is 0, not a number from 1 to'],
  ['header.end', 'hang', "header.end is \"hang\", not 'teardown', 'process exit',"],
  ['names.0', { toString: 'x' }, 'names[0] is an object, not a string'],
  ['categories.0', 'theirs', "categories[0] is \"theirs\", not 'source', 'test',"],
  ['frames.file.1', 99, 'frames.file[1] is 99, not a whole number from 0 to'],
  ['frames.line', [1], 'frames.line has 1 rows, and the column before it 4'],
  ['frames.generated', [4], 'frames.generated[0] is 4, not a whole number from 0 to 3'],
  ['sites.frame.0', 4, 'sites.frame[0] is 4, not a whole number from 0 to 3'],
  ['nodes.caller.1', 1, 'nodes.caller[1] is 1, not a whole number from -1 to 0'],
  ['nodes.frame.1', 0.5, 'nodes.frame[1] is 0.5, not a whole number from 0 to 3'],
  ['samples.node.0', '0', 'samples.node[0] is "0", not a whole number from 0 to 3'],
  ['samples.time.1', 3000, 'samples.time[2] is 2000, not a whole number from 3000 to 10000'],
  ['samples.time.2', 10_001, 'samples.time[2] is 10001, not a whole number from 1000 to 10000'],
  ['samples.time', null, 'samples.time is null, not an array of numbers'],
  ['atomicsWaitNodes', [2, 1], 'atomicsWaitNodes[1] is 1, not a whole number from 2 to 3'],
  ['ticks.count.0', 0, 'ticks.count[0] is 0, not a whole number from 1 to'],
  ['tests.0.index', 4_000_000_000, 'tests[0].index is 4000000000, not a whole number from -1 to 1000000'],
  ['tests.0.end', 99, 'tests[0].end is 99, not at or after its start, 100'],
  ['tests.1.start', 1499, 'tests[1].start is 1499, not at or after the end of the one before, 1500'],
  ['tests.0.site', 1, 'tests[0].site is 1, not a whole number from -1 to 0'],
  ['phases.1.start', -1, 'phases[1].start is -1, not at or after that of the one before, 0'],
  ['hooks.runs.definition.0', 1, 'hooks.runs.definition[0] is 1, not a whole number from 0 to 0'],
  ['hooks.runs.end.0', 1, 'hooks.runs.end[0] is 1, not at or after its start, 100'],
  ['hooks.runs.test.0', 2, 'hooks.runs.test[0] is 2, not a whole number from -1 to 1'],
  ['modules.path.0', 1000, 'modules.path[0] is 1000, not a whole number from 0 to'],
  ['modules.loads.within.1', 1, 'modules.loads.within[1] is 1, not a whole number from -1 to 0'],
  ['modules.loads.end.0', 49, 'modules.loads.end[0] is 49, not at or after its start, 50'],
  ['modules.edges.to.0', 2, 'modules.edges.to[0] is 2, not a whole number from 0 to 1'],
  ['transforms.0.micros', '5', 'transforms[0].micros is "5", not a number from 0 to'],
  ['waits.resources.stack.0', [1], 'waits.resources.stack[0][0] is 1, not a whole number from 0 to 0'],
  ['waits.wakes.time.1', 1, 'waits.wakes.time[1] is 1, not a whole number from 2500 to'],
  ['waits.wakes.resource.0', 1, 'waits.wakes.resource[0] is 1, not a whole number from 0 to 0'],
  ['waits.leaks.during.0', 2, 'waits.leaks.during[0] is 2, not a whole number from -1 to 1'],
  ['waits.contexts.time.1', 99, 'waits.contexts.time[1] is 99, not a whole number from 100 to'],
  ['clock', { step: 0, time: [], cpu: [] }, 'clock.time is empty'],
  ['clock.step', -1, 'clock.step is -1, not a number from 0 to'],
  ['clock.cpu', [3, 2], 'clock.cpu[1] is 2, not a number from 3 to'],
  ['heap.usedBytes', [], 'heap.usedBytes has 0 rows, and the column before it 1'],
  ['samples', undefined, 'samples is missing, not columns'],
])('a recording whose %s is %j is invalid', (path, value, said) => {
  expect(issueOf(withValue(path, value))).toContain(said)
})

test('concurrent tests may overlap with any other tests', () => {
  const tests = [0, 1].map(index => span({ index, start: 100, end: 1500, concurrent: index > 0 }))
  expect(issueOf({ ...STORED, tests })).toBeUndefined()
})

test.each([null, 7, 'text', [], {}])('%j is not a valid recording', content => {
  expect(issueOf(content)).toBeDefined()
})

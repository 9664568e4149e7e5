// Saved runs of a suite's shards, made without running anything: by default recordings of ten tests, 400 samples, some 300
// frames and 500 nodes each. 300 of the nodes are Jest's and what all files load, the others stand below the file's own tests.

import { join } from 'node:path'
import { ROOT } from './project.mjs'
import { randomFrom } from './random.mjs'

const INTERVAL = 10_000
/** What one recording is drawn with; `depth`: calls below a test, each in the one before. */
const DRAWN = { samples: 400, tests: 10, depth: 0 }
/** Functions and call-tree nodes of the whole suite. */
const LIBRARY_FUNCTIONS = 3000
const SOURCE_FUNCTIONS = 20_000
const FUNCTIONS_OF_MODULE = 10
const SHARED_NODES = 20_000
/** Nodes of each file: those that it shares with others, and all of them. */
const SHARED_NODES_OF_FILE = 300
const NODES_OF_FILE = 500
const STARTED_AT = Date.parse('2026-01-01T00:00:00Z')

/** Writes `count` run folders into `directory` and returns their paths. */
export async function writeShards(directory, { recordings, count, ...given }) {
  const drawn = { ...DRAWN, ...given }
  const { RunStore } = await import(join(ROOT, '.cache/modules/storage/run-store.js'))
  const { makeRunFolder } = await import(join(ROOT, '.cache/modules/storage/run-folder.js'))
  const { RESOLVED_VERSION } = await import(join(ROOT, '.cache/modules/recording/resolved-recording.js'))
  const { SAVED_VERSION } = await import(join(ROOT, '.cache/modules/report/record/saved-run.js'))
  const suite = drawSuite()
  return Array.from({ length: count }, (_, shard) => {
    const folder = makeRunFolder(join(directory, `shard-${shard + 1}`), `run-${shard + 1}`)
    const store = new RunStore(folder)
    const files = []
    for (let file = shard; file < recordings; file += count) {
      const place = { file, turn: files.length }
      const recording = { version: RESOLVED_VERSION, ...drawRecording(suite, place, drawn) }
      files.push(savedFile(recording, store.save(recording)))
    }
    store.saveRun({
      version: SAVED_VERSION,
      ...savedRun({ shard: `${shard + 1}/${count}`, files, wall: wallOf(drawn) }),
      files,
    })
    return folder.directory
  })
}

function wallOf({ samples }) {
  return samples * INTERVAL
}

function savedRun({ shard, files, wall }) {
  return {
    run: {
      ...{
        id: `run-${shard.replace('/', '-of-')}`,
        suite: 'bench',
        rootDir: '/project',
        displayRoot: '/project',
        jestVersion: '30.5.2',
      },
      ...{
        nodeVersion: process.version,
        platform: 'linux',
        arch: 'x64',
        cpuModel: 'none',
        cpuCount: 2,
        workers: 2,
      },
      ...{ engine: 'inspector', samplingIntervalMicros: INTERVAL, command: `jest --shard=${shard}`, shard },
    },
    startedAtMs: STARTED_AT,
    endedAtMs: STARTED_AT + (Math.ceil(files.length / 2) * wall) / 1000,
    ...{ missing: [], injectedGlobals: [], mergeMicros: 0, notes: [], budgets: [] },
  }
}

function savedFile({ header, tests }, recording) {
  const { projectId, project, testPath, startedAtMs, wallMicros } = header
  const results = tests.map(({ name, status, start, end }) => ({
    name,
    status,
    wallMs: (end - start) / 1000,
  }))
  return {
    projectId,
    project,
    path: testPath,
    status: 'passed',
    results,
    startedAtMs,
    wallMs: wallMicros / 1000,
    recording,
  }
}

/** What all files share: functions, and a tree of calls with Jest's own outermost. */
function drawSuite() {
  const random = randomFrom(1)
  const library = Array.from({ length: LIBRARY_FUNCTIONS }, (_, index) => {
    const name = ['jest-runtime', 'jest-circus', 'expect', 'lodash', 'date-fns', 'react-dom'][index % 6]
    const file = `/project/node_modules/${name}/build/file-${index % 97}.js`
    return frame(`call${index}`, file, {
      line: index + 1,
      category: index % 6 < 3 ? 'jest' : 'dependency',
      package: name,
    })
  })
  const source = Array.from({ length: SOURCE_FUNCTIONS }, (_, index) => {
    const file = modulePath(Math.floor(index / FUNCTIONS_OF_MODULE))
    return frame(`compute${index}`, file, {
      line: (index % FUNCTIONS_OF_MODULE) * 10 + 1,
      category: 'source',
    })
  })
  const calls = { frame: [0], caller: [-1] }
  for (let node = 1; node < SHARED_NODES; node++) {
    calls.frame.push(Math.floor(random() ** 2 * LIBRARY_FUNCTIONS))
    // The first ones stand below each other, as what Jest calls before anything is loaded.
    calls.caller.push(node < 20 ? node - 1 : 15 + Math.floor(random() ** 2 * (node - 15)))
  }
  return { library, source, calls }
}

function modulePath(index) {
  return `/project/src/area-${index % 40}/module-${index}.ts`
}

function frame(name, file, given) {
  return { name, file, line: 1, column: 10, generated: false, ...given }
}

/** `file`: its number in the suite; `turn`: in its shard, whose two workers take turns. */
function drawRecording({ library, source, calls }, { file, turn }, drawn) {
  const { samples, tests, depth } = drawn
  const random = randomFrom(file + 2)
  const testPath = `/project/test/area-${file % 40}/file-${file}.test.ts`
  const tree = new DrawnTree(frame('(root)', '', { line: 0, column: 0, category: 'program' }))
  const shared = node =>
    tree.add(`s${node}`, library[calls.frame[node]], node === 0 ? 0 : shared(calls.caller[node]))
  while (tree.size < SHARED_NODES_OF_FILE) shared(Math.floor(random() ** 2 * SHARED_NODES))
  const own = Array.from({ length: tests }, (_, test) =>
    tree.add(
      `t${test}`,
      frame('(anonymous)', testPath, { line: 10 * test + 5, category: 'test' }),
      shared(19),
    ),
  )
  const below = [...own]
  while (tree.size < NODES_OF_FILE) {
    const used = source[(file * 37 + Math.floor(random() ** 2 * 100)) % SOURCE_FUNCTIONS]
    const caller = below[Math.floor(random() * below.length)]
    below.push(tree.add(`o${tree.size}`, used, caller))
  }
  for (let call = 0; call < depth; call++)
    below.push(tree.add(`d${call}`, source[(file + call) % SOURCE_FUNCTIONS], below.at(-1)))
  const idle = tree.add('idle', frame('(idle)', '', { line: 0, column: 0, category: 'idle' }), 0)
  const node = Array.from({ length: samples }, (_, sample) => {
    if (sample % 10 === 9) return idle
    return sample < samples / 2
      ? 1 + Math.floor(random() * (SHARED_NODES_OF_FILE - 1))
      : below[Math.floor(random() ** 2 * below.length)]
  })
  const ticked = [...new Set(node)].filter(index => index !== idle).slice(0, 150)
  return {
    header: header(testPath, turn, wallOf(drawn)),
    ...notes(testPath, file, drawn),
    ...{ frames: tree.frames, nodes: tree.nodes, atomicsWaitNodes: [] },
    ticks: { node: ticked, line: ticked.map(index => (index % 9) + 1), count: ticked.map(() => 1) },
    samples: { node, time: node.map((_, sample) => sample * INTERVAL) },
  }
}

class DrawnTree {
  frames
  nodes = { frame: [0], caller: [-1] }
  #frameOf = new Map()
  #nodeOf = new Map()

  constructor(root) {
    this.frames = [root]
  }

  get size() {
    return this.nodes.frame.length
  }

  /** The node of that key, made if there is none. */
  add(key, frame, caller) {
    const known = this.#nodeOf.get(key)
    if (known !== undefined) return known
    if (!this.#frameOf.has(frame)) this.#frameOf.set(frame, this.frames.push(frame) - 1)
    this.nodes.caller.push(caller)
    const node = this.nodes.frame.push(this.#frameOf.get(frame)) - 1
    this.#nodeOf.set(key, node)
    return node
  }
}

function header(testPath, turn, wallMicros) {
  return {
    ...{
      projectId: 'project-id',
      project: '',
      testPath,
      worker: (turn % 2) + 1,
      processId: 100 + (turn % 2),
      threadId: 0,
    },
    ...{ nodeVersion: process.version, engine: 'inspector', samplingIntervalMicros: INTERVAL },
    ...{
      startedAtMs: STARTED_AT + (Math.floor(turn / 2) * wallMicros) / 1000,
      wallMicros,
      overheadMicros: 5000,
      samplerMicros: null,
      end: 'teardown',
    },
  }
}

/** What is noted beside the samples; the tests are in the second half. */
function notes(testPath, file, drawn) {
  const wall = wallOf(drawn)
  const { tests } = drawn
  const span = wall / 2 / tests
  const start = test => wall / 2 + test * span
  const moments = Array.from({ length: 30 }, (_, index) => (index * wall) / 30)
  return {
    tests: Array.from({ length: tests }, (_, index) => ({
      ...{ index, name: [`area ${file % 40}`, `file ${file}`, `does the thing number ${index}`], attempt: 1 },
      ...{ concurrent: false, status: 'passed', start: start(index), end: start(index) + span, site: -1 },
    })),
    phases: ['environment', 'framework', 'imports', 'other', 'teardown'].map((phase, index) => ({
      phase,
      start: [0, 0.05, 0.2, 0.5, 0.99][index] * wall,
    })),
    hooks: {
      definitions: [{ type: 'beforeEach', describe: [`area ${file % 40}`], site: -1 }],
      runs: {
        definition: Array(tests).fill(0),
        start: Array.from({ length: tests }, (_, test) => start(test)),
        end: Array.from({ length: tests }, (_, test) => start(test) + span / 10),
        test: Array.from({ length: tests }, (_, test) => test),
      },
    },
    modules: moduleLoads(testPath, file, wall),
    transforms: [
      {
        transformer: '/project/node_modules/ts-jest/dist/index.js',
        extension: '.ts',
        files: 61,
        misses: 0,
        uncached: 0,
        micros: 9000,
        missMicros: 0,
        loadMicros: 0,
        missLoadMicros: 0,
      },
    ],
    ...{ failedModules: [], cacheKeys: [], waits: null, clock: null },
    heap: { time: moments, usedBytes: moments.map((_, index) => 50_000_000 + index * 1_000_000) },
    sites: { frame: [], line: [], column: [] },
  }
}

/** The test file and 60 modules: each fourth is asked for by the test file and loads the next three. */
function moduleLoads(testPath, file, wall) {
  const amount = 60
  const first = wall * 0.2
  const each = (wall * 0.28) / amount
  const path = [
    testPath,
    ...Array.from({ length: amount }, (_, index) => modulePath((file * 4 + index) % 2000)),
  ]
  const parent = path.map((_, index) =>
    index === 0 ? -1 : (index - 1) % 4 === 0 ? 0 : index - ((index - 1) % 4),
  )
  const startOf = index => Math.round(first + index * each)
  const endOf = index => {
    if (index === 0) return wall * 0.5
    return startOf(parent[index] === 0 ? index + 4 : index + 1) - 1
  }
  const zero = path.map(() => 0)
  return {
    path,
    transformers: [],
    lookups: { module: [], within: [], start: [], resolve: [], mock: [] },
    loads: {
      module: path.map((_, index) => index),
      importer: parent,
      within: parent,
      start: path.map((_, index) => startOf(index)),
      end: path.map((_, index) => endOf(index)),
      ...{ resolve: zero, transform: zero.map(() => 150), compile: zero.map(() => 80) },
    },
    edges: { from: parent.slice(1), to: parent.slice(1).map((_, index) => index + 1) },
  }
}

// The option `memory`: which test files are never freed, what holds them, and that nothing else is accused.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import type { Report } from '../../src/report/report.js'
import { ROOT } from './support/cache.js'
import { runOrThrow } from './support/commands.js'
import { NEWEST_NODE, NODE_MAJORS } from './support/node-versions.js'
import { createSuite, NEWEST_JEST, type Suite } from './support/suite.js'

/** Some megabytes, which each sandbox has anyway, and a test. */
const KEPT = 'const kept = Array.from({ length: 1000 }, (_, i) => ({ i }))\n'
const PASSES = "test('passes', () => { expect(kept.length).toBe(1000) })\n"

/** Each leaks in another way: what must be named of the holder. */
const LEAKS: Readonly<Record<string, { code: string; holder: RegExp }>> = {
  patched: {
    code: "const https = require('node:https')\nhttps.request = (original => function request(...args) { kept.push(args); return original(...args) })(https.request)",
    holder: /^node:https › request test\/leak-patched\.test\.js:3$/,
  },
  listener: {
    code: "require('node:http').globalAgent.on('free', function onFree() { kept.length = 0 })",
    holder: /^node:http › globalAgent › free › onFree test\/leak-listener\.test\.js:2$/,
  },
  agent: {
    code: "require('node:https').globalAgent.createConnection = function connect() { return kept }",
    holder: /^node:https › globalAgent › createConnection › connect test\/leak-agent\.test\.js:2$/,
  },
  interval: {
    code: 'setInterval(function poll() { kept.length }, 60000).unref()',
    holder: /^timer › poll test\/leak-interval\.test\.js:2$/,
  },
  outer: {
    code: "const outer = require('node:events').constructor.constructor('return globalThis')()\nouter.registry = () => kept",
    holder: /^global object of Jest’s process › registry › .*test\/leak-outer\.test\.js:3$/,
  },
  environment: {
    code: 'shared.push(function inEnvironment() { return kept })',
    holder: /inEnvironment test\/leak-environment\.test\.js:2$/,
  },
  channel: {
    code: "require('node:diagnostics_channel').subscribe('app', function onMessage() { kept.length = 0 })",
    holder: /onMessage test\/leak-channel\.test\.js:2$/,
  },
  prototype: {
    code: "require('node:events').prototype.traced = function traced() { return kept }",
    holder: /traced test\/leak-prototype\.test\.js:2$/,
  },
}

/** None of them is kept, though each leaves something behind for a while. */
const CLEAN: Readonly<Record<string, string>> = {
  nothing: '',
  stdin: 'process.stdin',
  timer: 'setTimeout(() => kept, 200)',
  immediate: 'setImmediate(() => kept)',
  server:
    "const server = require('node:http').createServer(() => kept)\nafterAll(done => { server.listen(0, () => server.close(done)) })",
  removed:
    "const { globalAgent } = require('node:http')\nconst listen = () => kept\nglobalAgent.on('free', listen)\nafterAll(() => globalAgent.off('free', listen))",
  promise: 'const never = new Promise(() => {})\nnever.then(() => kept)',
  weak: "const outer = require('node:events')\nnew WeakMap().set(outer, () => kept)",
  fake: 'jest.useFakeTimers()\nsetTimeout(() => kept, 1e6)',
  emitter: "new (require('node:events'))().on('x', () => kept)",
}

const FILES = {
  'jest.config.json': '{ "testEnvironment": "./environment.js" }',
  'environment.js': `
const { TestEnvironment } = require('jest-environment-node')
const shared = []
module.exports = class extends TestEnvironment {
  async setup() { await super.setup(); this.global.shared = shared }
}
`,
  ...Object.fromEntries(
    Object.entries(LEAKS).map(([name, { code }]) => [
      `test/leak-${name}.test.js`,
      `${KEPT}${code}\n${PASSES}`,
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(CLEAN).map(([name, code]) => [`test/clean-${name}.test.js`, `${KEPT}${code}\n${PASSES}`]),
  ),
}

const MEMORY = { flags: ['--memory'] }
const leaking = Object.keys(LEAKS).map(name => `test/leak-${name}.test.js`)
const memoryOf = ({ memory }: Report) => {
  if (memory === undefined) throw new Error('no memory')
  return memory
}

/** A native addon that keeps each function that it is given: https://nodejs.org/api/n-api.html */
const ADDON = `
typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_ref__ *napi_ref;
typedef struct napi_callback_info__ *napi_callback_info;
extern int napi_get_cb_info(napi_env, napi_callback_info, unsigned long *, napi_value *, napi_value *, void **);
extern int napi_create_reference(napi_env, napi_value, unsigned, napi_ref *);
extern int napi_create_function(napi_env, const char *, unsigned long, napi_value (*)(napi_env, napi_callback_info), void *, napi_value *);
extern int napi_set_named_property(napi_env, napi_value, const char *, napi_value);
static napi_value keep(napi_env env, napi_callback_info info) {
  unsigned long count = 1;
  napi_value given[1];
  napi_ref kept;
  napi_get_cb_info(env, info, &count, given, 0, 0);
  napi_create_reference(env, given[0], 1, &kept);
  return 0;
}
napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  napi_value function;
  napi_create_function(env, "keep", 4, keep, 0, &function);
  napi_set_named_property(env, exports, "keep", function);
  return exports;
}
`
const hasCompiler = process.platform === 'linux' && spawnSync('g++', ['--version']).status === 0
const compilingTest = hasCompiler ? test : test.skip

compilingTest('What a native addon keeps is named by its function', async () => {
  const file = (code: string) => `${KEPT}${code}\n${PASSES}`
  const suite = await createSuite(NEWEST_JEST, {
    title: 'memory-addon',
    files: {
      'jest.config.json': '{}',
      'keep.c': ADDON,
      ...Object.fromEntries(
        ['a', 'b', 'c'].map(name => [
          `test/keeps-${name}.test.js`,
          file("require('../keep.node').keep(function onChange() { return kept })"),
        ]),
      ),
      'test/clean.test.js': file(''),
    },
  })
  await runOrThrow('g++', ['-x', 'c', '-shared', '-fPIC', '-o', 'keep.node', 'keep.c'], {
    cwd: suite.directory,
  })
  const { kept } = memoryOf((await suite.profile(['-i'], MEMORY)).report())
  expect(kept.map(({ file: path, path: steps }) => `${path}: ${steps.join(' › ')}`).toSorted()).toEqual(
    ['a', 'b', 'c'].map(name => `test/keeps-${name}.test.js: onChange test/keeps-${name}.test.js:2`),
  )
})

describe.each([
  { how: 'in workers', jestMajor: '30', args: ['-w', '2'] },
  { how: 'in worker threads', jestMajor: '29', args: ['-w', '2', '--workerThreads'] },
  { how: 'in band', jestMajor: '30', args: ['-i'] },
  { how: 'in workers', jestMajor: '29', args: ['-w', '2'] },
] as const)('Sandboxes under Jest $jestMajor, $how', ({ how, jestMajor, args }) => {
  let suite: Suite
  let report: Report
  let stderr: string

  beforeAll(async () => {
    suite = await createSuite(jestMajor, { title: `memory-${how}`.replaceAll(' ', '-'), files: FILES })
    const finished = await suite.profile(args, MEMORY)
    expect(finished.exitCode).toBe(0)
    report = finished.report()
    stderr = finished.stderr
  })

  test('that are never freed are named, and no other', () => {
    const { files, kept } = memoryOf(report)
    expect(files.length).toBe(Object.keys(FILES).length - 2)
    expect(kept.map(({ file }) => file).toSorted()).toEqual(leaking.toSorted())
    expect(
      files
        .filter(({ sandboxKept }) => sandboxKept === true)
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(leaking.toSorted())
  })

  test.each(Object.entries(LEAKS))('%s: what holds it is named', (name, { holder }) => {
    const found = memoryOf(report).kept.find(({ file }) => file === `test/leak-${name}.test.js`)
    expect(found?.path.join(' › ')).toMatch(holder)
    expect(found?.position?.file).toBe(`test/leak-${name}.test.js`)
  })

  test('each take some megabytes', () => {
    const { kept } = memoryOf(report)
    for (const { retainedBytes } of kept) expect(retainedBytes).toBeGreaterThan(5e5)
  })

  test('are the first findings, in memory and not in time', () => {
    const ofMemory = report.findings.filter(({ id }) => id.startsWith('kept-sandboxes:'))
    expect(report.findings.slice(0, ofMemory.length)).toEqual(ofMemory)
    expect(ofMemory.length).toBeGreaterThan(0)
    expect(stderr).toMatch(/Sandboxes never freed {3}8 of 18 test files/)
    expect(stderr).toMatch(/Memory was recorded/)
  })

  test('leave no snapshot behind', () => {
    const run = join(suite.directory, '.jest-profiler', report.run.id)
    const left = readdirSync(run, { recursive: true, encoding: 'utf8' })
    expect(left.filter(name => /heapsnapshot|\.memory$|all-done/.test(name))).toEqual([])
  })

  test('are in later commands as well', async () => {
    const { stdout, exitCode } = await suite.command(['show', '--by', 'heap', '--top', '100'])
    expect(exitCode).toBe(0)
    expect(stdout.match(/never freed/g)).toHaveLength(leaking.length)
    const checked = await suite.command(['show', '--budgets', 'keptSandboxes=7'])
    expect(checked).toMatchObject({ exitCode: 1 })
    expect(checked.stderr).toMatch(/budget exceeded: keptSandboxes 8 > 7: test\/leak-/)
    const shown = await suite.command(['show', '--by', 'heap', '--top', '100', '--json'])
    const { by, rows } = JSON.parse(shown.stdout)
    expect(by).toBe('heap')
    expect(rows.map(({ id }: { id: string }) => id)).toEqual(stdout.match(/heap-[0-9a-f]{8}/g))
    const markdown = readFileSync(join(suite.directory, '.jest-profiler/latest/report.md'), 'utf8')
    expect(markdown).toMatch(/## Sandboxes never freed/)
  })
})

/**
 * React's scheduler, timers and a frame of an animation: all of them outlive the tests. No delayed callback of the scheduler: happy-dom waits
 * for its timer at teardown.
 */
const LEAVES = `
const { unstable_scheduleCallback: schedule } = require('scheduler')
schedule(3, () => kept.length)
setInterval(() => kept.length, 1000)
setTimeout(() => kept.length, 60000)
if (globalThis.requestAnimationFrame) requestAnimationFrame(() => kept.length)
`
const CLOSING = `
import Environment from '@happy-dom/jest-environment'
export default class extends Environment {
  async teardown() {
    const window = this.global
    await super.teardown()
    await window.happyDOM.close()
  }
}
`

describe('Schedulers and timers that are left behind', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const files = Object.fromEntries(
    names.map((name, index) => [`test/${name}.test.js`, `${KEPT}${index % 2 ? LEAVES : ''}${PASSES}`]),
  )
  const recorded = async (environment: string) => {
    const suite = await createSuite(NEWEST_JEST, {
      title: `memory-timers-${environment.replaceAll(/\W/g, '')}`,
      files: {
        ...files,
        'closing.mjs': CLOSING,
        'jest.config.json': JSON.stringify({
          testEnvironment: environment,
          testEnvironmentOptions: { pretendToBeVisual: true },
        }),
      },
    })
    return (await suite.profile(['-w', '2'], MEMORY)).report()
  }

  test.each(['jsdom', './closing.mjs'])('in %s keep no sandbox', async environment => {
    const { files: all, kept } = memoryOf(await recorded(environment))
    expect(all.map(({ sandboxKept }) => sandboxKept)).toEqual(names.map(() => false))
    expect(kept).toEqual([])
  })

  test('are not accused of what happy-dom itself keeps: all its windows', async () => {
    const report = await recorded('@happy-dom/jest-environment')
    const { kept } = memoryOf(report)
    expect(kept.map(({ file }) => file).toSorted()).toEqual(names.map(name => `test/${name}.test.js`))
    for (const { path } of kept) expect(path.join(' › ')).toMatch(/^WindowBrowserContext .*\/happy-dom\//)
    const [finding] = report.findings
    expect(finding?.remedy).toMatch(/The package `happy-dom` holds them/)
  })
})

// Node 22 frees the ES modules of sandboxes only when V8 asks for all that can be: https://github.com/nodejs/node/issues/59118
describe.each(NODE_MAJORS.filter(major => major === '22' || major === NEWEST_NODE))(
  'ES modules on Node %s',
  node => {
    test('are freed with their sandboxes, and what is kept has its holder', async () => {
      const leaks = ['patched', 'agent', 'interval'] as const
      const importing = (code: string) =>
        code.replaceAll(/require\('([\w:]+)'\)/g, "process.getBuiltinModule('$1')")
      const module = (code: string) => `import 'node:events'\n${KEPT}${importing(code)}\n${PASSES}`
      const clean = ['a', 'b', 'c'].map(name => `test/clean-${name}.test.mjs`)
      const suite = await createSuite(NEWEST_JEST, {
        title: `memory-esm-${node}`,
        files: {
          'jest.config.json': '{ "testMatch": ["**/*.test.mjs"], "moduleFileExtensions": ["js", "mjs"] }',
          ...Object.fromEntries(
            leaks.map(name => [`test/leak-${name}.test.mjs`, module(LEAKS[name]?.code ?? '')]),
          ),
          ...Object.fromEntries(clean.map(path => [path, module('')])),
        },
      })
      const nodeArgs = ['--experimental-vm-modules', '--no-warnings']
      const { kept } = memoryOf((await suite.profile(['-i'], { ...MEMORY, node, nodeArgs })).report())
      const holders = new Map(kept.map(({ file, path }) => [file, path.join(' › ')]))
      for (const name of leaks)
        expect(holders.get(`test/leak-${name}.test.mjs`)).toMatch(
          new RegExp(`test/leak-${name}\\.test\\.mjs:\\d+$`),
        )
      expect(kept).toHaveLength(leaks.length)
    })
  },
)

/** Objects of 56 bytes, and arrays of 100 kB. They are kept for a while, because V8 leaves out objects that are replaced at once. */
const ALLOCATING = {
  'src/allocate.js': `
const ring = new Array(64).fill(null)
exports.objects = function objects(megabytes) {
  const count = Math.round((megabytes * 1e6) / 56)
  for (let i = 0; i < count; i++) ring[i % 64] = { a: i, b: i, c: i, d: i }
}
exports.arrays = function arrays(megabytes) {
  for (let i = 0; i < megabytes * 10; i++) ring[i % 64] = new Array(12500).fill(i)
}
`,
  'src/table.js': 'exports.rows = Array.from({ length: 100000 }, (_, i) => ({ a: i, b: i, c: i, d: i }))',
  'test/known.test.js': `
const { objects, arrays } = require('../src/allocate')
require('../src/table')
test('compiles what the others call', () => { objects(1), arrays(1) })
beforeEach(() => objects(2))
for (const megabytes of [1, 8, 20]) {
  test('objects ' + megabytes, () => { objects(megabytes) })
  test('arrays ' + megabytes, () => { arrays(megabytes) })
  test('waits ' + megabytes, async () => {
    objects(megabytes / 2)
    await new Promise(resolve => setTimeout(resolve, 5))
    objects(megabytes / 2)
  })
}
`,
  'test/other.test.js': "test('nothing', () => {})",
}
const HOOK_BYTES = 2e6

describe.each([
  { how: 'in workers', args: ['-w', '2'], flags: [] },
  { how: 'in band without a profile', args: ['-i'], flags: ['--engine', 'none'] },
])('Allocations $how', ({ how, args, flags }) => {
  let suite: Suite
  let report: Report
  let directory: string
  let stderr: string

  beforeAll(async () => {
    suite = await createSuite(NEWEST_JEST, {
      title: `allocations-${how}`.replaceAll(' ', '-'),
      files: ALLOCATING,
    })
    const limits = ['testAllocatedMb=15', 'testAllocatedMb=40 keptSandboxes=0']
    const budgets = limits.flatMap(text => ['--budgets', text])
    const finished = await suite.profile(args, { flags: ['--memory', ...budgets, ...flags] })
    expect(finished.exitCode).toBe(1)
    report = finished.report()
    directory = finished.runDirectory
    stderr = finished.stderr
  })

  test('of tests over their budget fail the run, with the function that allocates most', () => {
    const [exceeded, met] = report.budgets
    expect(exceeded?.excesses.map(({ test }) => test?.name.at(-1)).toSorted()).toEqual([
      'arrays 20',
      'objects 20',
      'waits 20',
    ])
    expect(met).toMatchObject({ checked: 12, exceeded: 0, notes: [] })
    expect(stderr).toMatch(
      /\d MB +> 15\.0 MB +testAllocatedMb +objects 20 +.*\n +→ objects src\/allocate\.js:3:/,
    )
    const schema = JSON.parse(readFileSync(join(ROOT, 'build/report.schema.json'), 'utf8'))
    const ajv = new Ajv({ strict: true, allowUnionTypes: true })
    expect({ valid: ajv.validate(schema, report), errors: ajv.errors }).toEqual({ valid: true, errors: null })
  })

  test('of tests are known within a quarter, hooks included', () => {
    const { tests } = memoryOf(report)
    for (const megabytes of [1, 8, 20])
      for (const kind of ['objects', 'arrays', 'waits']) {
        const name = `${kind} ${megabytes}`
        const own = (tests.find(({ fullName }) => fullName === name)?.allocatedBytes ?? 0) - HOOK_BYTES
        expect({ name, isNear: Math.abs(own / 1e6 - megabytes) <= megabytes / 4 + 0.1 }).toEqual({
          name,
          isNear: true,
        })
      }
    expect(tests[0]?.allocations[0]).toMatchObject({ file: 'src/allocate.js', category: 'source' })
    const test = report.files.flatMap(file => file.tests).find(({ fullName }) => fullName === 'objects 20')
    expect(test?.allocatedBytes).toBe(tests.find(({ fullName }) => fullName === 'objects 20')?.allocatedBytes)
  })

  test('of functions have their place; of all, hooks and modules, they are sums', () => {
    const { allocated, allocations, modules } = memoryOf(report)
    const objects = allocations.find(row => row.function === 'objects')
    expect(objects).toMatchObject({ file: 'src/allocate.js', line: 3 })
    // Of tests 59 MB, and of hooks 20 MB.
    expect(Math.abs((objects?.bytes ?? 0) / 79e6 - 1)).toBeLessThan(0.1)
    expect(modules.find(({ module }) => module === 'src/table.js')?.bytes).toBeGreaterThan(4e6)
    const [hook] = report.hooks
    expect(Math.abs((hook?.allocatedBytes ?? 0) / (10 * HOOK_BYTES) - 1)).toBeLessThan(0.15)
    const { betweenFiles: _, ...phases } = report.phases
    const bytes = Object.values(phases).reduce((sum, phase) => sum + (phase.allocatedBytes ?? 0), 0)
    expect(bytes).toBe(allocated?.bytes)
    expect(allocated?.sampledFiles).toBe(2)
  })

  test('are in later commands and formats', async () => {
    const shown = await suite.command(['show', '--by', 'allocation', '--test', 'arrays 20', '--json'])
    const { rows } = JSON.parse(shown.stdout)
    expect(rows[0]).toMatchObject({ function: 'arrays', file: 'src/allocate.js', line: 7 })
    const exported = await suite.command(['export', '--format', 'heapprofile', '--file', 'known'])
    const { head, samples } = JSON.parse(exported.stdout)
    expect(JSON.stringify(head)).toMatch(/"functionName":"arrays"/)
    const bytes = samples.reduce((sum: number, { size }: { size: number }) => sum + size, 0)
    const known = report.files.find(({ path }) => path === 'test/known.test.js')
    expect(Math.abs(bytes / (known?.allocatedBytes ?? 0) - 1)).toBeLessThan(0.01)
    expect(existsSync(join(directory, 'profile.heapprofile'))).toBe(false)
  })
})

describe('Without the option', () => {
  test('allocations are refused, with what to do', async () => {
    const suite = await createSuite(NEWEST_JEST, { title: 'allocations-off', files: ALLOCATING })
    const finished = await suite.profile(['-i', 'other'], { flags: ['--artifacts', 'json,heapprofile'] })
    expect(finished).toMatchObject({ exitCode: 0 })
    expect(finished.stderr).toMatch(/profile\.heapprofile\. Set the option "memory"/)
    expect(finished.report().files.every(({ allocatedBytes }) => allocatedBytes === undefined)).toBe(true)
    const exported = await suite.command(['export', '--format', 'heapprofile', '-o', 'x.heapprofile'])
    expect(exported.exitCode).toBe(2)
    expect(exported.stderr).toMatch(/needs allocations.*--memory/)
  })

  test('nothing of it is in the report, and nothing is written', async () => {
    const suite = await createSuite(NEWEST_JEST, { title: 'memory-off', files: FILES })
    const finished = await suite.profile(['-w', '2', 'leak-patched'])
    expect(finished.report().memory).toBeUndefined()
    expect(finished.stderr).not.toMatch(/Sandboxes|Memory was recorded/)
    const { stdout } = await suite.command(['show', '--by', 'heap'])
    expect(stdout).toMatch(/which --memory records: none/)
    expect(existsSync(join(finished.runDirectory, 'recordings/incoming'))).toBe(false)
  })
})

test('A suite without leaks has no finding of memory, and says how many were freed', async () => {
  const clean = Object.fromEntries(Object.entries(FILES).filter(([path]) => !path.startsWith('test/leak')))
  const suite = await createSuite(NEWEST_JEST, { title: 'memory-clean', files: clean })
  const finished = await suite.profile(['-w', '2'], MEMORY)
  const { memory, findings } = finished.report()
  expect(memory?.kept).toEqual([])
  expect(memory?.files.every(({ sandboxKept }) => sandboxKept === false)).toBe(true)
  expect(findings.filter(({ id }) => id.startsWith('kept-sandboxes'))).toEqual([])
  expect(memory?.processes.every(({ snapshotMs, peakBytes }) => snapshotMs === 0 && peakBytes > 1e7)).toBe(
    true,
  )
  expect(memory?.ownPeakBytes).toBeGreaterThan(1e7)
  const { stdout } = await suite.command(['show', '--by', 'heap'])
  expect(stdout).toMatch(/most in memory: worker \d: \d+ MB, worker \d: \d+ MB, Jest’s own process: \d+ MB/)
})

// `npx jest-profiler` runs the project's own Jest with its config unchanged: every test file is recorded, in any environment, and
// tests cannot detect the profiler.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { BURN } from './support/burn.js'
import { NEWEST_NODE, NODE_MAJORS, OLDEST_NODE } from './support/node-versions.js'
import {
  createSuite,
  JEST_MAJORS,
  type JestMajor,
  NEWEST_JEST,
  type Suite,
  WARNING,
} from './support/suite.js'

const SWC = `transform: { '\\\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] }`
const DOM_TEST = "test('in a document', () => { expect(document.title).toBe('') })"
const NODE_TEST = "test('in node', () => { expect(typeof document).toBe('undefined') })"
const TYPED_ENVIRONMENT = `
import NodeEnvironment from 'jest-environment-node'
export default class Typed extends NodeEnvironment {
  #typed: boolean = true
  async setup(): Promise<void> { await super.setup(); this.global.typed = this.#typed }
}`
const TYPED_TEST = "test('typed', () => { expect(typed).toBe(true) })"
// Checks the parts of its process that a test can see, and that child processes inherit.
const INNOCENT_TEST = `
const { execFileSync } = require('child_process')
const { Worker, isMainThread } = require('worker_threads')
const [flags, script] = [process.execArgv, process.argv[1]]
test('has the flags and arguments that Jest gave it', async () => {
  expect(flags.join(' ')).toBe(process.env.EXPECTED_FLAGS ?? '')
  if (process.env.EXPECTED_SCRIPT) expect(script).toContain(process.env.EXPECTED_SCRIPT)
  expect(execFileSync(process.execPath, ['-p', 'process.execArgv.length']).toString()).toBe('2\\n')
  const worker = new Worker("require('worker_threads').parentPort.postMessage(process.execArgv)", { eval: true })
  expect(await new Promise(resolve => worker.on('message', resolve))).toEqual(flags)
})`

/** The last line that the profiler prints. */
const REPORTED = / Report {2}/
/** Milliseconds in which a run that one of the profiler's files triggered would have started, and mostly ended. */
const AFTERWARDS = 4000

const BURNING = `${BURN}module.exports = burn`

// Hangs when the other file is recorded, if there is one.
const HANGING = `
const { readdirSync, writeSync } = require('fs')
const isDone = () => !process.env.IS_RECORDED ||
  readdirSync('.jest-profiler', { recursive: true }).some(name => name.endsWith('.recording.gz'))
test('hangs', async () => {
  while (!isDone()) await new Promise(resolve => setTimeout(resolve, 20))
  writeSync(2, 'here it hangs\\n')
  await new Promise(() => setInterval(() => {}, 1000))
}, 60_000)`

async function recorded(suite: Suite, ...given: Parameters<Suite['profile']>) {
  const finished = await suite.profile(...given)
  expect(finished).toMatchObject({ exitCode: 0 })
  expect(finished.stderr).not.toMatch(WARNING)
  const { files, missing } = finished.report()
  expect(missing).toEqual([])
  expect(files.filter(({ recording }) => recording === null)).toEqual([])
  return {
    ...finished,
    paths: files.map(({ path, project }) => (project === '' ? path : `${project}: ${path}`)).toSorted(),
  }
}

/**
 * The flags of workers depend on both Jest and Node, so the newest Jest runs on every Node, and the oldest Jest on the oldest. In band
 * and in threads nothing depends on both, so each Jest runs on the oldest or newest Node.
 */
const BARE = [
  ...NODE_MAJORS.map(node => ({ jestMajor: NEWEST_JEST, node, mode: 'in workers' as const })),
  { jestMajor: '29', node: OLDEST_NODE, mode: 'in workers' },
  { jestMajor: '29', node: OLDEST_NODE, mode: 'in band' },
  { jestMajor: '30', node: NEWEST_NODE, mode: 'in band' },
  { jestMajor: '29', node: NEWEST_NODE, mode: 'in threads' },
  { jestMajor: '30', node: OLDEST_NODE, mode: 'in threads' },
] as const

/** Transformers do not affect what tests see of their process, and loading Babel would take as long as everything else. */
const NO_BABEL = '--transform={}'

const MODES = {
  'in band': { args: ['-i'], script: 'bin/jest.js' },
  'in workers': { args: ['-w', '2'], script: 'jest-worker' },
  'in threads': { args: ['-w', '2', '--workerThreads'], script: 'jest-worker' },
} as const

test.each(BARE)(
  'tests without a config are recorded $mode and cannot detect the profiler: Jest $jestMajor, Node $node',
  async ({ jestMajor, node, mode }) => {
    const { args, script } = MODES[mode]
    const title = `launch-bare-${mode.replace(' ', '-')}-${node}`
    const files = { 'a.test.js': INNOCENT_TEST, 'b.test.js': INNOCENT_TEST }
    const suite = await createSuite(jestMajor, { title, files })
    const nodeArgs = ['--stack-trace-limit=20']
    const env = { EXPECTED_FLAGS: nodeArgs.join(' '), EXPECTED_SCRIPT: script }
    const { paths } = await recorded(suite, [NO_BABEL, ...args], { node, nodeArgs, env })
    expect(paths).toEqual(['a.test.js', 'b.test.js'])
  },
)

const suitesUnder = (jestMajor: JestMajor) => (title: string, files: Readonly<Record<string, string>>) =>
  createSuite(jestMajor, { title: `launch-${title}`, files })

describe.each(JEST_MAJORS)('npx jest-profiler under Jest %s', jestMajor => {
  const suiteOf = suitesUnder(jestMajor)

  test('environments by docblock, by project, in TypeScript and from jest-profiler/jsdom are all recorded', async () => {
    const suite = await suiteOf('environments', {
      'environment.ts': TYPED_ENVIRONMENT,
      'a/docblock.test.js': `/** @jest-environment jsdom */\n${DOM_TEST}`,
      'a/plain.test.js': NODE_TEST,
      'a/typed.test.js': `/** @jest-environment <rootDir>/../environment.ts */\n${TYPED_TEST}`,
      'b/dom.test.js': DOM_TEST,
      'c/typed.test.js': TYPED_TEST,
      'd/ours.test.js': DOM_TEST,
      'jest.config.js': `
const rootDir = __dirname
module.exports = { projects: [
  { displayName: 'a', rootDir: rootDir + '/a', ${SWC} },
  { displayName: 'b', rootDir: rootDir + '/b', testEnvironment: 'jsdom', transform: {} },
  { displayName: 'c', rootDir: rootDir + '/c', testEnvironment: rootDir + '/environment.ts', ${SWC} },
  { displayName: 'd', rootDir: rootDir + '/d', testEnvironment: 'jest-profiler/jsdom', transform: {} },
] }`,
    })
    expect((await recorded(suite, ['-w', '2'])).paths).toEqual([
      'a: a/docblock.test.js',
      'a: a/plain.test.js',
      'a: a/typed.test.js',
      'b: b/dom.test.js',
      'c: c/typed.test.js',
      'd: d/ours.test.js',
    ])
    const some = await recorded(suite, ['-i', '--selectProjects', 'a', '-t', 'typed'])
    expect(some.paths).toHaveLength(3)
  })

  test('a config in package.json, its reporters and preset, --config and --env are kept', async () => {
    const suite = await suiteOf('package', {
      'package.json': JSON.stringify({
        private: true,
        jest: { preset: 'some-preset', reporters: ['<rootDir>/theirs.js'] },
      }),
      'node_modules/some-preset/package.json': '{ "name": "some-preset", "version": "1.0.0" }',
      'node_modules/some-preset/jest-preset.js':
        "module.exports = { testEnvironment: 'jsdom', transform: {} }",
      'theirs.js':
        "module.exports = class { onRunComplete() { process.stderr.write('their reporter ran\\n') } }",
      'dom.test.js': DOM_TEST,
    })
    const { paths, stderr } = await recorded(suite)
    expect(paths).toEqual(['dom.test.js'])
    expect(stderr).toContain('their reporter ran')
    expect(stderr).not.toContain('Test Suites:')
    const config = JSON.stringify({ transform: {}, rootDir: suite.directory })
    const configured = await recorded(suite, ['--config', config, '--env=jsdom'])
    expect(configured.paths).toEqual(['dom.test.js'])
  })

  test('a config with withProfiler keeps its own options, and is recorded once', async () => {
    const suite = await suiteOf('with-profiler', {
      'a.test.js': NODE_TEST,
      'jest.config.js':
        "module.exports = require('jest-profiler').withProfiler({ transform: {} }, { artifacts: ['json'] })",
    })
    const { paths, runDirectory, stderr } = await recorded(suite)
    expect(paths).toEqual(['a.test.js'])
    expect(stderr.match(/Test profile/g)).toHaveLength(1)
    expect(readdirSync(runDirectory).filter(name => name.startsWith('report'))).toEqual(['report.json'])
  })

  test('native ES modules are recorded with the flag that Jest needs for them', async () => {
    const suite = await suiteOf('esm', {
      'package.json': '{ "private": true, "type": "module" }',
      'jest.config.mjs': 'export default async () => ({ transform: {} })',
      'a.test.js': "import { sep } from 'node:path'\ntest('a', () => { expect(sep).toBeDefined() })",
      'b.test.js': "test('b', () => { expect(import.meta.url).toMatch(/b.test.js$/) })",
    })
    const env = { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' }
    const { paths } = await recorded(suite, ['-w', '2'], { env })
    expect(paths).toEqual(['a.test.js', 'b.test.js'])
  })

  test('a profiled run and a profiled watch use the transform cache of runs without the profiler', async () => {
    const suite = await suiteOf('cache', {
      'jest.config.js': `module.exports = { ${SWC} }`,
      'src.ts': 'export const one: number = 1',
      'a.test.ts': "import { one } from './src'\ntest('a', () => { expect(one).toBe(1) })",
      'b.test.ts': "import { one } from './src'\ntest('b', () => { expect(one).toBe(1) })",
    })
    expect(await suite.jest(['-w', '2'])).toMatchObject({ exitCode: 0 })
    // A run without cache misses writes nothing, so the second one finds only what the run without the profiler wrote.
    const watch = ['--watchAll', '--watchman=false']
    for (const [args, options] of [
      [watch, { interruptAfter: { printed: REPORTED, ms: 0 } }],
      [[], {}],
    ] as const) {
      const { transforms, files } = (await suite.profile(['-w', '2', ...args], options)).report()
      expect(files).toHaveLength(2)
      expect(transforms).toMatchObject([{ extension: '.ts', cacheMisses: 0 }])
    }
  })

  test('the exit code is Jest’s, and 2 for a config that does not load or has invalid options of the profiler', async () => {
    const suite = await suiteOf('exit-codes', {
      'bad.test.js': "test('fails', () => { throw new Error('on purpose') })",
      'broken.config.js': "throw new Error('broken on purpose')",
      'options.config.js': "module.exports = { reporters: [['jest-profiler/reporter', { topn: 3 }]] }",
      'nowhere.config.js': "module.exports = { testEnvironment: 'no-such-thing' }",
    })
    expect(await suite.profile(['bad'])).toMatchObject({ exitCode: 1 })
    expect(await suite.profile(['--no-such-flag'])).toMatchObject({ exitCode: 1 })
    for (const [config, message] of [
      ['broken', 'broken on purpose'],
      ['options', 'unknown option "topn". Did you mean "topN"?'],
      ['nowhere', 'Test environment no-such-thing cannot be found'],
    ]) {
      const { exitCode, stderr } = await suite.profile(['--config', `${config}.config.js`])
      expect({ config, exitCode }).toEqual({ config, exitCode: 2 })
      expect(stderr).toContain(message)
    }
  })

  test('flags that run no tests print Jest’s output, and nothing is written', async () => {
    const suite = await suiteOf('no-tests', { 'a.test.js': NODE_TEST })
    const plain = await suite.jest(['--showConfig', '--seed=1'])
    expect(plain.stdout).toContain('"rootDir"')
    expect((await suite.profile(['--showConfig', '--seed=1'])).stdout).toBe(plain.stdout)
    expect((await suite.profile(['--listTests'])).stdout.trim()).toBe(join(suite.directory, 'a.test.js'))
    expect((await suite.profile(['--help'])).stdout).toMatch(/^Usage: jest/)
    expect(existsSync(join(suite.directory, '.jest-profiler'))).toBe(false)
  })

  test('in watch mode every artifact is written, and none triggers another run', async () => {
    const suite = await suiteOf('watch', { 'a.test.js': NODE_TEST })
    const { stderr, report, runDirectory } = await suite.profile(['--watchAll', '--watchman=false'], {
      flags: ['--artifacts', 'html,json,speedscope'],
      interruptAfter: { printed: REPORTED, ms: AFTERWARDS },
    })
    expect(stderr.match(/Test profile/g)).toHaveLength(1)
    expect(stderr).not.toContain('is not written in watch mode')
    expect(report()).toMatchObject({ files: [{ path: 'a.test.js', recording: expect.any(String) }] })
    expect(readdirSync(runDirectory)).toContain('profile.speedscope.json')
  })

  test('an interrupted run ends as Jest does, names its folder, and can be read', async () => {
    const suite = await suiteOf('interrupted', {
      'jest.config.js': "module.exports = { transform: {}, sandboxInjectedGlobals: ['Math'] }",
      'fast.test.js': NODE_TEST,
      'hangs.test.js': HANGING,
    })
    const options = { interruptAfter: { printed: /here it hangs/, ms: 0 } }
    const plain = await suite.jest(['-w', '2'], options)
    const { exitCode, signal, stderr } = await suite.profile(['-w', '2'], {
      ...options,
      env: { IS_RECORDED: '1' },
    })
    expect({ exitCode, signal }).toEqual({ exitCode: plain.exitCode, signal: plain.signal })
    const [, folder = ''] =
      /\njest-profiler: interrupted after 1 of 2 test files\. To see them: npx jest-profiler show (\S+)\n/.exec(
        stderr,
      ) ?? []
    const shown = await suite.command(['show', folder, '--json'])
    expect(JSON.parse(shown.stdout)).toMatchObject({
      run: { jestVersion: expect.stringMatching(`^${jestMajor}\\.`) },
      files: [{ path: 'fast.test.js', status: 'passed' }],
      missing: [
        { file: 'hangs.test.js', reason: expect.stringMatching(/^interrupted after .* in test “/) },
        { reason: expect.stringMatching(/^the run was interrupted by SIGINT after \d/) },
      ],
    })
  })
})

describe('npx jest-profiler under the newest Jest', () => {
  const suiteOf = suitesUnder(NEWEST_JEST)

  test('a shard is reported as one, and a test selected by name comes first', async () => {
    const suite = await suiteOf('shard', {
      'a.test.js': `
beforeEach(() => new Promise(resolve => setTimeout(resolve, 30)))
test('fast', () => {})
test('too many addresses', () => { const end = Date.now() + 60; while (Date.now() < end); })`,
      'b.test.js': NODE_TEST,
    })
    expect((await suite.profile(['--shard', '1/2'])).report()).toMatchObject({
      run: { shard: '1/2' },
      totals: { testFiles: 1 },
    })
    const { stderr, report } = await suite.profile(['a.test.js', '-t', 'too many addresses'])
    expect(report().run.samplingIntervalMicros).toBe(1000)
    const lines = stderr.slice(stderr.indexOf('Test profile')).split('\n')
    const first = lines.indexOf('') + 1
    expect(lines.slice(first, first + 2)).toEqual([
      expect.stringMatching(/^ too many addresses {3}a\.test\.js:4:\d+$/),
      expect.stringMatching(/^ {3}\d+ ms: CPU \d+ ms.* · including hooks \d+ ms/),
    ])
    expect(lines.some(line => /hook +beforeEach +a\.test\.js:2:\d+$/.test(line))).toBe(true)
  })

  test('a Jest that a test starts runs as usual and is not recorded', async () => {
    const suite = await suiteOf('nested', {
      'a.test.js': `
const { execFileSync } = require('child_process')
test('runs Jest', () => {
  const jest = require.resolve('jest/bin/jest')
  execFileSync(process.execPath, [jest, '--rootDir', __dirname + '/inner', '-w', '2'], { cwd: __dirname + '/inner', stdio: 'pipe' })
}, 60000)`,
      'inner/package.json': '{ "private": true }',
      'inner/inner.spec.js': NODE_TEST,
      'jest.config.js': "module.exports = { transform: {}, testMatch: ['<rootDir>/*.test.js'] }",
    })
    expect((await recorded(suite, ['-i'])).paths).toEqual(['a.test.js'])
    expect(existsSync(join(suite.directory, 'inner/.jest-profiler'))).toBe(false)
  })

  test('a Jest that reads its config in an unknown way runs as usual, and a message says that it is not recorded', async () => {
    const suite = await createSuite(NEWEST_JEST, {
      title: 'launch-other-jest',
      files: {
        'node_modules/jest/package.json': '{ "name": "jest", "version": "31.0.0" }',
        'node_modules/jest/bin/jest.js': "console.log('all tests passed')",
      },
    })
    expect(await suite.profile()).toMatchObject({
      exitCode: 0,
      stdout: 'all tests passed\n',
      stderr:
        'jest-profiler: nothing was recorded, because Jest 31.0.0 reads its config differently from Jest 29.7 to 30.5. ' +
        'Look for a newer jest-profiler, or wrap the config with withProfiler(config).\n',
    })
    expect(existsSync(join(suite.directory, '.jest-profiler'))).toBe(false)
  })

  test('Jest’s reporter for coding agents is kept', async () => {
    const suite = await suiteOf('agent', { 'a.test.js': NODE_TEST })
    const env = { CLAUDECODE: '1' }
    const [plain, profiled] = [await suite.jest([], { env }), await suite.profile([], { env })]
    const statusLines = ({ stderr }: { stderr: string }) => stderr.match(/^(PASS|FAIL).*$/gm) ?? []
    expect(statusLines(profiled)).toEqual(statusLines(plain))
    expect(statusLines(await suite.profile())).toEqual(['PASS ./a.test.js'])
  })

  test('a killed run can be read, with its versions', async () => {
    const suite = await suiteOf('killed', {
      'a.test.js': "test('ends it all', () => process.kill(process.pid, 'SIGKILL'))",
    })
    expect(await suite.profile(['-i'])).toMatchObject({ signal: 'SIGKILL' })
    const { stdout } = await suite.command(['show', '--json'])
    expect(JSON.parse(stdout).run.jestVersion).toMatch(new RegExp(`^${NEWEST_JEST}\\.`))
  })
})

test.each([
  { jestMajor: '29', mode: 'in workers', args: ['-w', '2'] },
  { jestMajor: '30', mode: 'in band', args: ['-i'] },
] as const)(
  'packages that only Jest uses are not dependencies of the project, under Jest $jestMajor $mode',
  async ({ jestMajor, args }) => {
    const suite = await suitesUnder(jestMajor)('jests-own', {
      'jest.config.js': 'module.exports = { transform: {} }',
      'node_modules/theirs/index.js': BURNING,
      'a.test.js': "test('a', () => require('theirs')(50))",
      'b.test.js': "test('b', () => require('theirs')(50))",
      'dom.test.js': `/** @jest-environment jsdom */\n${DOM_TEST}`,
    })
    const packagesOf = (run: Awaited<ReturnType<Suite['profile']>>) =>
      run.report().packages.map(row => `${row.package} ${row.category}`)
    const flags = ['--sampling-interval-micros', '200']
    const all = await suite.profile(args, { flags })
    expect(packagesOf(all)).toEqual(expect.arrayContaining(['theirs dependency', 'jsdom dependency']))
    const nodeOnly = packagesOf(await suite.profile([...args, 'a.test', 'b.test'], { flags }))
    expect(nodeOnly.filter(name => name.endsWith('dependency'))).toEqual(['theirs dependency'])
    const known = ['graceful-fs', 'pure-rand', '@sinonjs/fake-timers', 'chalk', 'resolve', 'stack-utils']
    expect(known.some(name => nodeOnly.includes(`${name} jest`))).toBe(true)
  },
)

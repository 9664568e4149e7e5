// Transformers that are expensive to load, that wait, or that never find anything in Jest's cache; and modules that fail to
// load again and again.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { ImportReport } from '../../../src/report/account-reports.js'
import type { Report } from '../../../src/report/report.js'
import { createSuite, JEST_MAJORS, type JestMajor } from '../support/suite.js'

const BURN = `const burn = ms => { const end = performance.now() + ms; while (performance.now() < end); }
`
const TRANSFORMER = 'tools/transformer.js'
/** One of those that are known to transform, wherever it is called. */
const PACKAGE = 'node_modules/esbuild-jest/index.js'
const LOADING = `loading the transformer ${TRANSFORMER}`

interface Drawn {
  /** Statements of the transformer's module, of `process` before it returns, and the key that `getCacheKey` returns. */
  module?: string
  process?: string
  key?: string
  tests?: number
  test?: string
  files?: Readonly<Record<string, string>>
  settings?: string
  transformer?: string
}

/** Test files that require one source file each, and all of them one more. */
function suiteWith(jestMajor: JestMajor, title: string, drawn: Drawn) {
  const { module = '', process = '', key = 'source + path', tests = 4, settings = '', files = {} } = drawn
  const transformer = drawn.transformer ?? TRANSFORMER
  const body = drawn.test ?? "expect(require('./src/shared')).toBe(1)"
  const testFiles = Array.from({ length: tests }, (_, index) => [
    `t${index}.test.js`,
    `test('works', () => { ${body} })`,
  ])
  return createSuite(jestMajor, {
    title: `transformer-${title}`,
    files: {
      ...Object.fromEntries(testFiles),
      'src/shared.js': 'module.exports = 1',
      'setup.js': 'globalThis.isSetUp = true',
      [transformer]: `${BURN}${module}
module.exports = {
  getCacheKey(source, path) { return ${key} },
  process(source, path) { ${process}
    return { code: source } },
}`,
      'jest.config.js': `module.exports = { setupFiles: ['./setup.js'], transform: { '\\\\.js$': './${transformer}' }, ${settings} }`,
      ...files,
    },
  })
}

function importOf({ imports }: Report, isMeant: (row: ImportReport) => boolean): ImportReport {
  const found = imports.filter(isMeant)
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} imports are meant`)
  return found[0]
}

const idsOf = ({ findings }: Report) => findings.map(({ id }) => id)

describe.each(JEST_MAJORS)('a transformer that is expensive to load, under Jest %s', jestMajor => {
  test('is a row of its own, once a worker, under one name, and no cost of the file that came first', async () => {
    const suite = await suiteWith(jestMajor, 'loading', {
      process: "require('./preset.js')",
      files: { 'tools/preset.js': `${BURN}burn(400)` },
    })
    const finished = await suite.profile(['-w', '2'])
    expect(finished).toMatchObject({ exitCode: 0 })
    const report = finished.report()
    const loading = importOf(report, ({ transformer }) => transformer !== null)
    expect(loading).toMatchObject({ transformer: TRANSFORMER, module: TRANSFORMER, category: 'transform' })
    const workers = new Set(report.files.map(({ worker }) => worker)).size
    expect(loading.files).toBe(workers)
    expect(loading.selfMs).toBeGreaterThan(workers * 350)
    const setUp = importOf(report, ({ module }) => module === 'setup.js')
    for (const ms of [setUp.selfMs, setUp.savedMs, setUp.totalMs, setUp.transformMs])
      expect(ms).toBeLessThan(loading.selfMs / 4)
    const transforms = report.transforms.filter(({ transformer }) => transformer === TRANSFORMER)
    const sum = (amountOf: (row: (typeof transforms)[number]) => number) =>
      transforms.reduce((total, row) => total + amountOf(row), 0)
    expect(sum(row => row.loadMs)).toBeGreaterThan(workers * 350)
    expect(sum(row => row.totalMs)).toBeLessThan(sum(row => row.loadMs) / 2)
    expect(finished.stderr).toMatch(new RegExp(`transforms .*${LOADING} `))
    expect(finished.stderr).toMatch(new RegExp(`^.*self.*${LOADING} +once a worker`, 'm'))
    expect(readFileSync(join(finished.runDirectory, 'report.md'), 'utf8')).toContain(LOADING)
    const { stdout } = await suite.command(['show', '--by', 'import'])
    expect(stdout).toContain(LOADING)
  })

  test('so is what else its first call takes', async () => {
    const suite = await suiteWith(jestMajor, 'first-call', {
      module: 'let isReady = false',
      process: 'if (!isReady) burn(400); isReady = true',
    })
    const report = (await suite.profile(['-i'])).report()
    const loading = importOf(report, ({ transformer }) => transformer === TRANSFORMER)
    const setUp = importOf(report, ({ module }) => module === 'setup.js')
    expect(loading.selfMs).toBeGreaterThan(350)
    expect(setUp.savedMs).toBeLessThan(loading.selfMs / 4)
    expect(loading.files).toBe(1)
  })

  test('a transformer that takes as long for each file has no such row', async () => {
    const suite = await suiteWith(jestMajor, 'steady', { process: 'burn(50)' })
    const report = (await suite.profile(['-i'])).report()
    const setUp = importOf(report, ({ module }) => module === 'setup.js')
    expect(setUp.transformMs).toBeGreaterThan(40)
    const loading = report.imports.find(({ transformer }) => transformer !== null)
    expect(loading?.selfMs ?? 0).toBeLessThan(setUp.transformMs)
  })
})

describe.each(JEST_MAJORS)('a transformer that waits, under Jest %s', jestMajor => {
  const CHILD = "require('child_process').spawnSync(process.execPath, ['-e', 'setTimeout(() => {}, 300)'])"
  const ATOMICS = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)'

  test.each([
    ['child process (synchronous)', CHILD, TRANSFORMER],
    ['child process (synchronous)', CHILD, PACKAGE],
    ['Atomics.wait (synchronous)', ATOMICS, TRANSFORMER],
    ['Atomics.wait (synchronous)', ATOMICS, PACKAGE],
  ])('in a %s blocks the thread, at its own line', async (kind, process, transformer) => {
    const suite = await suiteWith(jestMajor, 'blocked', { process, transformer, tests: 1 })
    const report = (await suite.profile(['-i', '--no-cache'])).report()
    const waits = report.waits.filter(wait => wait.kind === kind)
    expect(waits).toHaveLength(1)
    const [wait] = waits
    // The set-up file, the test file, and what it requires.
    expect(wait?.totalMs).toBeGreaterThan(750)
    expect(wait?.blocking).toBe(true)
    expect(wait?.stack[0]).toMatchObject({ function: 'process', file: transformer })
    expect(report.totals.blockedMs).toBeGreaterThan(750)
  })
})

describe.each(JEST_MAJORS)('a cache that never warms, under Jest %s', jestMajor => {
  const WORK = 'burn(60)'

  test('is told in the first run, where the same file has another key a little later', async () => {
    const key = 'source + path + performance.now()'
    const suite = await suiteWith(jestMajor, 'random-key', { key, process: WORK })
    const report = (await suite.profile(['-i'])).report()
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        id: `cache-never-warms:${TRANSFORMER}`,
        title: `Jest's transform cache never warms: getCacheKey of ${TRANSFORMER} returns another key in every run`,
      }),
    )
    expect(idsOf(report)).not.toContain('cold-cache')
  })

  test('is told in the first run of several workers, and in the second of one, where each process has keys of its own', async () => {
    const drawn = { module: 'const salt = Math.random()', key: 'source + path + salt', process: WORK }
    const workers = await suiteWith(jestMajor, 'key-of-worker', drawn)
    const parallel = (await workers.profile(['-w', '2'])).report()
    expect(new Set(parallel.files.map(({ worker }) => worker)).size).toBe(2)
    expect(idsOf(parallel)).toContain(`cache-never-warms:${TRANSFORMER}`)
    const single = await suiteWith(jestMajor, 'key-of-process', drawn)
    expect(idsOf((await single.profile(['-i'])).report())).toEqual(expect.arrayContaining(['cold-cache']))
    const second = (await single.profile(['-i'])).report()
    expect(idsOf(second)).toContain(`cache-never-warms:${TRANSFORMER}`)
    expect(idsOf(second)).not.toContain('cold-cache')
    // It is kept with the run.
    const { stdout } = await single.command(['show'])
    expect(stdout).toContain('never warms')
  })

  test('is not told of a cold cache, an edited file, a cleared cache or none', async () => {
    const suite = await suiteWith(jestMajor, 'stable-key', { process: WORK })
    const cold = (await suite.profile(['-w', '2'])).report()
    expect(idsOf(cold)).toContain('cold-cache')
    suite.write({ 'src/shared.js': 'module.exports = 1 // edited', 'setup.js': 'globalThis.isSetUp = 1' })
    const reports = [
      cold,
      (await suite.profile(['-i'])).report(),
      (await suite.profile(['-i', `--cacheDirectory=${join(suite.directory, '.other-cache')}`])).report(),
      (await suite.profile(['-i', '--no-cache'])).report(),
    ]
    for (const report of reports) expect(idsOf(report).join()).not.toContain('never-warms')
    const [, , , withoutCache] = reports.map(idsOf)
    expect(withoutCache).toContain('cache-off')
    expect(withoutCache).not.toContain('cold-cache')
  })
})

describe.each(JEST_MAJORS)('a module that fails to load, under Jest %s', jestMajor => {
  const BROKEN = `${BURN}burn(20)
throw new Error('no native build was found\\nat all')`

  test('again and again is told with its tries, who asks for it, and why', async () => {
    const suite = await suiteWith(jestMajor, 'failing', {
      settings: 'transform: {}',
      tests: 2,
      test: "const load = require('./src/chart'); for (let i = 0; i < 10; i++) expect(load()).toBe(false)",
      files: {
        'src/canvas.js': BROKEN,
        'src/chart.js':
          "module.exports = () => { try { return require('./canvas') } catch { return false } }",
      },
    })
    const finished = await suite.profile(['-i'])
    expect(finished).toMatchObject({ exitCode: 0 })
    const finding = finished.report().findings.find(({ id }) => id === 'failing-module:src/canvas.js')
    expect(finding).toMatchObject({ title: '`src/canvas.js` fails to load 20 times' })
    expect(finding?.evidence).toMatch(/in 2 test files, for `src\/chart\.js`: no native build was found$/)
    expect(finding?.costMs).toBeGreaterThan(390)
  })

  test('is told where all tests fail for it, too, and not of what only requires it', async () => {
    const suite = await suiteWith(jestMajor, 'failing-tests', {
      settings: 'transform: {}',
      tests: 6,
      test: "require('./src/chart')",
      files: { 'src/canvas.js': BROKEN, 'src/chart.js': "require('./canvas')" },
    })
    const finished = await suite.profile(['-i'])
    expect(finished).toMatchObject({ exitCode: 1 })
    const failing = idsOf(finished.report()).filter(id => id.startsWith('failing-module'))
    expect(failing).toEqual(['failing-module:src/canvas.js'])
  })
})

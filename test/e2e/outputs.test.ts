// The files of the run folder: their names, folders and contents.

import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { ARTIFACT_NAMES } from '../../src/formats/artifact-names.js'
import { BURN } from './support/burn.js'
import { ROOT } from './support/cache.js'
import { createSuite, JEST_MAJORS, NEWEST_JEST } from './support/suite.js'

const config = (options: string) =>
  `module.exports = require('jest-profiler').withProfiler({ transform: {} }, ${options})`

function treeOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .toSorted()
}

describe('the run folder', () => {
  test.each([true, false])(
    'with embedSource %p the page contains source texts accordingly',
    async embedSource => {
      const suite = await createSuite(NEWEST_JEST, {
        title: `outputs-source-${embedSource}`,
        files: {
          'burns.test.js': `${BURN}test('burns', () => burn(60)) // a secret`,
          'jest.config.js': config(`{ samplingIntervalMicros: 1000, embedSource: ${embedSource} }`),
        },
      })
      const finished = await suite.jest()
      expect(finished).toMatchObject({ exitCode: 0 })
      const html = readFileSync(join(finished.runDirectory, 'report.html'), 'utf8')
      const [, block = ''] = /id="profile">([^<]*)</.exec(html) ?? []
      const page = gunzipSync(Buffer.from(block, 'base64')).toString()
      expect(page.includes('a secret')).toBe(embedSource)
      const { heap } = finished.report().files[0] ?? {}
      expect(heap?.atMs.length).toBeGreaterThan(2)
      expect(Math.min(...(heap?.usedBytes ?? []))).toBeGreaterThan(1_000_000)
    },
  )

  test('holds every format of the option artifacts, even those that are not written by default', async () => {
    const suite = await createSuite(NEWEST_JEST, {
      title: 'outputs-all',
      files: {
        'burns.test.js': "test('burns', () => { const end = Date.now() + 30; while (Date.now() < end); })",
        'jest.config.js': config(
          "{ artifacts: ['firefox', 'trace', 'collapsed'], perFile: 'none', perTest: 'none' }",
        ),
      },
    })
    const finished = await suite.jest()
    expect(finished).toMatchObject({ exitCode: 0 })
    const names = readdirSync(finished.runDirectory).filter(name => name.startsWith('profile'))
    expect(names.toSorted()).toEqual([
      'profile.collapsed.txt',
      'profile.firefox.json.gz',
      'profile.trace.json.gz',
    ])
    const read = (name: string) => readFileSync(join(finished.runDirectory, name))
    expect(JSON.parse(gunzipSync(read('profile.firefox.json.gz')).toString()).threads).toHaveLength(1)
    expect(JSON.parse(gunzipSync(read('profile.trace.json.gz')).toString()).traceEvents).not.toEqual([])
    expect(read('profile.collapsed.txt').toString()).toMatch(/^burns\.test\.js;burns;.* \d+$/m)
  })

  test('holds the report in every format, and report.json matches the published schema', async () => {
    const suite = await createSuite(NEWEST_JEST, {
      title: 'run-folder',
      files: {
        'sub/burns.test.js': `${BURN}test('burns', () => burn(50))\ntest('burns', () => burn(20))`,
        'rests.test.js': 'test("rests", () => {})',
        'jest.config.js': config(
          `{ samplingIntervalMicros: 1000, artifacts: ${JSON.stringify(ARTIFACT_NAMES)} }`,
        ),
      },
    })
    const finished = await suite.jest()
    expect(finished).toMatchObject({ exitCode: 0 })
    expect(
      treeOf(realpathSync(finished.runDirectory)).filter(name => !name.startsWith('recordings/')),
    ).toEqual([
      '.jest-profiler-run',
      'files/rests.test.js.cpuprofile',
      'files/sub/burns.test.js.cpuprofile',
      'profile.collapsed.txt',
      'profile.cpuprofile',
      'profile.firefox.json.gz',
      'profile.pb.gz',
      'profile.speedscope.json',
      'profile.trace.json.gz',
      'report.html',
      'report.json',
      'report.md',
      'tests/rests.test.js/0-rests.cpuprofile',
      'tests/sub/burns.test.js/0-burns.cpuprofile',
      'tests/sub/burns.test.js/1-burns.cpuprofile',
    ])
    expect(readFileSync(join(suite.directory, '.jest-profiler/.gitignore'), 'utf8')).toBe('*\n')
    const schema = JSON.parse(readFileSync(join(ROOT, 'build/report.schema.json'), 'utf8'))
    const ajv = new Ajv({ strict: true, allowUnionTypes: true })
    expect({ valid: ajv.validate(schema, finished.report()), errors: ajv.errors }).toEqual({
      valid: true,
      errors: null,
    })
    const profile = JSON.parse(
      readFileSync(join(finished.runDirectory, 'tests/sub/burns.test.js/0-burns.cpuprofile'), 'utf8'),
    )
    expect(
      profile.nodes.some((node: { callFrame: object }) =>
        Object.entries(node.callFrame).join().includes('burn'),
      ),
    ).toBe(true)
  })

  test('keeps the newest runs, and removes nothing that the profiler did not write', async () => {
    const suite = await createSuite(NEWEST_JEST, {
      title: 'retention',
      files: {
        'a.test.js': 'test("a", () => {})',
        'jest.config.js': config("{ keepRuns: 2, artifacts: ['json'] }"),
      },
    })
    const outputDir = join(suite.directory, '.jest-profiler')
    mkdirSync(join(outputDir, '2000-somebody'), { recursive: true })
    writeFileSync(join(outputDir, '2000-somebody/notes.txt'), 'precious')
    const ids: string[] = []
    for (let run = 0; run < 3; run++) ids.push((await suite.jest()).report().run.id)
    expect(readdirSync(outputDir).toSorted()).toEqual(
      ['.gitignore', '2000-somebody', ...ids.slice(1), 'latest'].toSorted(),
    )
    expect(lstatSync(join(outputDir, 'latest')).isSymbolicLink()).toBe(true)
    expect(realpathSync(join(outputDir, 'latest'))).toBe(join(outputDir, ids[2] ?? ''))
    expect(existsSync(join(outputDir, 'latest/report.md'))).toBe(false)
  })

  test('has a file for every test, with any characters in its name', async () => {
    const names = [
      '../../up',
      'a/b',
      'nul',
      'x'.repeat(300),
      'line\nbreak',
      'bell\u0007\u001b[31mred',
      '<img onerror=1>',
      'ünï 漢字',
    ]
    const suite = await createSuite(NEWEST_JEST, {
      title: 'hostile-names',
      files: {
        'co|n `tick`/a.test.js': [
          BURN,
          ...names.map(name => `test(${JSON.stringify(name)}, () => burn(2))`),
        ].join('\n'),
        'jest.config.js': config("{ perTest: 'all', samplingIntervalMicros: 1000 }"),
      },
    })
    const finished = await suite.jest()
    expect(finished).toMatchObject({ exitCode: 0 })
    const profiles = treeOf(realpathSync(finished.runDirectory)).filter(name => name.startsWith('tests/'))
    expect(profiles).toHaveLength(names.length)
    for (const path of profiles) expect(path).not.toMatch(/[<>:"|?*\p{Cc}]|\.\.\//u)
    expect(existsSync(join(suite.directory, 'up'))).toBe(false)
    const summary = finished.stderr.slice(finished.stderr.indexOf('Test profile'))
    expect(summary).toContain('bell red')
    expect(summary).not.toContain('\u001b')
    const markdown = readFileSync(join(finished.runDirectory, 'report.md'), 'utf8')
    expect(markdown.replace(/(`+).*?\1/g, '')).not.toContain('<img')
  })

  test('is plain for a coding agent, and names report.md as what to read', async () => {
    const suite = await createSuite(NEWEST_JEST, {
      title: 'agent',
      files: {
        'a.test.js': "test('adds', () => expect(1 + 1).toBe(2))",
        // As in a terminal.
        'jest.config.js': `process.stderr.isTTY = true\n${config('{ topN: 50 }')}`,
      },
    })
    const env = { CLAUDECODE: '1' }
    const finished = await suite.jest([], { env })
    expect(finished).toMatchObject({ exitCode: 0 })
    const shown = await suite.command(['show', '--top', '50'], { env })
    for (const text of [finished.stderr.slice(finished.stderr.indexOf(' Test profile')), shown.stdout]) {
      expect(text).not.toContain('\u001b')
      expect(text).toContain(' Report  .jest-profiler/latest/report.md ')
      expect(text).not.toContain('report.html')
    }
  })

  test('has a summary for GitHub: the Markdown report is appended, within GitHub’s limit', async () => {
    const suite = await createSuite(NEWEST_JEST, {
      title: 'step-summary',
      files: {
        'a.test.js': 'test("a", () => {})',
        'jest.config.js': config('{}'),
        'summary.md': '# before\n',
        'full.md': '',
      },
    })
    const summary = join(suite.directory, 'summary.md')
    await suite.jest([], { env: { GITHUB_STEP_SUMMARY: summary } })
    expect(readFileSync(summary, 'utf8')).toMatch(/^# before\n# Test profile: /)
    const full = join(suite.directory, 'full.md')
    writeFileSync(full, 'x'.repeat(1024 * 1024 - 100))
    const { exitCode, stderr } = await suite.jest([], { env: { GITHUB_STEP_SUMMARY: full } })
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(
      /jest-profiler: the step summary is not written: \d+ of GitHub's 1048576 bytes are used/,
    )
    expect(readFileSync(full, 'utf8')).toHaveLength(1024 * 1024 - 100)
  })

  test('lacks only the artifact that cannot be written, and the run fails', async () => {
    const suite = await createSuite(NEWEST_JEST, {
      title: 'failing-artifact',
      files: {
        'a.test.js': `test('a', () => { const { readdirSync, mkdirSync } = require('fs'); const { join } = require('path')
          const dir = join(__dirname, '.jest-profiler'); for (const run of readdirSync(dir)) if (run.startsWith('20')) mkdirSync(join(dir, run, 'report.md')) })`,
        'jest.config.js': config('{}'),
      },
    })
    const { exitCode, stderr, report } = await suite.jest()
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(
      /jest-profiler: report\.md could not be written: .*\. Fix this, or remove it from the option "artifacts"/,
    )
    expect(report().files[0]).toMatchObject({ status: 'passed' })
  })
})

test.each(JEST_MAJORS)(
  'files that are written in watch mode do not trigger another run, under Jest %s',
  async jestMajor => {
    const suite = await createSuite(jestMajor, {
      title: 'watch',
      files: {
        'a.test.js': 'test("a", () => {})',
        'jest.config.js':
          "module.exports = { testEnvironment: 'jest-profiler/node', transform: {}, reporters: ['default', 'jest-profiler/reporter'] }",
      },
    })
    const { stderr, runDirectory } = await suite.jest(['--watchAll', '--watchman=false'], {
      // Milliseconds in which a run that one of the profiler's files triggered would have started, and mostly ended.
      interruptAfter: { printed: / Report {2}/, ms: 4000 },
    })
    // Jest 29 reports the other new files of the folder as one change.
    expect(stderr.match(/Test Suites: /g)?.length).toBeLessThanOrEqual(2)
    expect(stderr).toContain('report.json is not written in watch mode')
    expect(existsSync(join(runDirectory, 'report.md'))).toBe(true)
    expect(existsSync(join(runDirectory, 'report.json'))).toBe(false)
  },
)

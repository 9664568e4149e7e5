// Commands that cannot be carried out exit with 2 and one line with reason and remedy, and write nothing.

import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { temporaryFolder } from '../support/temporary-folder.js'
import { run } from './support/commands.js'
import { createShop, filesBelow, recordRun } from './support/shop.js'
import type { Suite } from './support/suite.js'

let suite: Suite
/** The suite of another project. */
let other: Suite

beforeAll(async () => {
  other = await createShop('30', 'bad-input-other', { 'package.json': '{ "name": "bakery" }' })
  suite = await createShop('30', 'bad-input', {
    'broken.config.js': "throw new Error('broken on purpose')",
    'notes/text.txt': 'no run',
  })
  const flags = ['--artifacts', 'none']
  await recordRun(other, { flags })
  for (const shard of ['1', '2'])
    await recordRun(suite, { outputDir: `shard-${shard}`, flags, args: [`--shard=${shard}/2`] })
  const latest = await recordRun(suite, { flags })
  for (const name of ['cut', 'newer-recording', 'newer-run', ...Object.keys(HOSTILE)])
    cpSync(latest, join(suite.directory, name), { recursive: true })
  truncateSync(recordingOf('cut'), 500)
  rewrite(recordingOf('newer-recording'), content => ({ ...content, version: 999 }))
  rewrite(join(suite.directory, 'newer-run/recordings/run.gz'), content => ({ ...content, version: 999 }))
  for (const [name, { file, change }] of Object.entries(HOSTILE))
    rewrite(file === 'run' ? join(suite.directory, name, 'recordings/run.gz') : recordingOf(name), change)
})

type Content = Record<string, unknown>

/** Damaged contents with valid file names and versions. */
const HOSTILE: Readonly<
  Record<string, { file: 'recording' | 'run'; change: (content: Content) => unknown }>
> = {
  'null-recording': { file: 'recording', change: () => null },
  'empty-recording': { file: 'recording', change: ({ version }) => ({ version }) },
  'wild-recording': { file: 'recording', change: content => withNumbers(content, 1e9) },
  'text-recording': { file: 'recording', change: content => withNumbers(content, '<b>') },
  'null-run': { file: 'run', change: () => null },
  'empty-run': { file: 'run', change: ({ version }) => ({ version }) },
  'text-run': { file: 'run', change: content => ({ ...content, files: 'none' }) },
}

/** The content with all numbers of its columns replaced. */
function withNumbers(content: Content, by: unknown): unknown {
  const change = (_key: string, value: unknown) =>
    Array.isArray(value) && typeof value[0] === 'number' ? value.map(() => by) : value
  return JSON.parse(JSON.stringify(content), change)
}

/** The path of the first recording in a run folder. */
function recordingOf(run: string): string {
  const folder = join(suite.directory, run, 'recordings')
  return join(folder, readdirSync(folder).find(name => name.endsWith('.recording.gz')) ?? '')
}

function rewrite(path: string, change: (content: Content) => unknown): void {
  writeFileSync(path, gzipSync(JSON.stringify(change(JSON.parse(gunzipSync(readFileSync(path)).toString())))))
}

/** The message of the refused command, without its prefix. */
async function refused(args: readonly string[], cwd = suite.directory): Promise<string> {
  const [said = ''] = await allRefused([args], cwd)
  return said
}

async function allRefused(
  commands: readonly (readonly string[])[],
  cwd = suite.directory,
): Promise<string[]> {
  const before = filesBelow(cwd)
  const finished = await Promise.all(commands.map(args => suite.command(args, { cwd })))
  expect(filesBelow(cwd)).toEqual(before)
  return finished.map(({ exitCode, stdout, stderr }, index) => {
    expect({ args: commands[index], exitCode, stdout, stderr }).toEqual({
      ...{ args: commands[index], exitCode: 2, stdout: '' },
      stderr: expect.stringMatching(/^jest-profiler: .+[.?]\n$/),
    })
    return stderr.slice('jest-profiler: '.length, -1)
  })
}

describe('an unreadable run', () => {
  test.each([
    [['show', 'nowhere']],
    [['export', 'nowhere', '--format', 'json']],
    [['diff', 'nowhere', 'shard-1']],
    [['diff', 'shard-1', 'nowhere']],
    [['merge', 'shard-1', 'nowhere', '-o', 'out']],
  ])('is refused when it does not exist: %j', async args => {
    expect(await refused(args)).toMatch(
      /^there is no run "nowhere": no such folder, nor a run of that id in .*\. `npx jest-profiler list` lists the runs\.$/,
    )
  })

  test.each([
    [['show', 'notes']],
    [['export', 'notes', '--format', 'json', '-o', 'out.json']],
    [['merge', 'notes', 'shard-1', '-o', 'out']],
  ])('is refused when the folder contains something else: %j', async args => {
    expect(await refused(args)).toMatch(/^".*notes" is not a run folder\. Name one below \.jest-profiler\//)
  })

  test('is refused by diff when the folder has no runs', async () => {
    expect(await refused(['diff', 'shard-1', 'notes'])).toMatch(/^there is no run in ".*notes"\. /)
  })

  test('is refused in a folder without recorded runs', async () => {
    const empty = temporaryFolder()
    expect(await refused(['show'], empty)).toContain(
      'Record a run with `npx jest-profiler`, or name a run folder.',
    )
  })

  test.each([
    ['cut', /\.recording\.gz is truncated\. /],
    [
      'newer-recording',
      /\.recording\.gz has version 999, this release reads version \d+\. Update jest-profiler\.$/,
    ],
    ['newer-run', /run\.gz has version 999, this release reads version \d+\. Update jest-profiler\.$/],
  ])('is refused by every command when it has a defect: %s', async (run, message) => {
    const said = await allRefused([
      ['show', run],
      ['show', run, '--by', 'test', '--json'],
      ['export', run, '--format', 'pprof', '-o', 'out.pb.gz'],
      ['diff', 'shard-1', run, '-o', 'out.txt'],
      ['merge', run, '-o', 'out'],
    ])
    for (const line of said) expect(line).toMatch(message)
  })

  test.each(Object.keys(HOSTILE))('is refused with the name of the damaged file: %s', async run => {
    const said = await allRefused([
      ['show', run],
      ['export', run, '--format', 'html', '-o', 'out.html'],
    ])
    for (const line of said) expect(line).toMatch(/\.gz is damaged \(.+\)\. Copy the run again[;,] /)
  })

  test('is refused by merge when runs belong to two projects or are not shards', async () => {
    expect(await refused(['merge', 'shard-1', join(other.directory, '.jest-profiler'), '-o', 'out'])).toMatch(
      /^merge takes shards of one project, got "(shop|bakery)" .* and "(shop|bakery)" .*\. Leave one of them out\.$/,
    )
    expect(await refused(['merge', 'shard-1', '.jest-profiler', '-o', 'out'])).toMatch(
      /^merge takes shards, got two runs with one test file, .*Compare them with `jest-profiler diff`, or leave one out\.$/,
    )
  })
})

describe('an output path that cannot be written', () => {
  test.each([
    [
      ['merge', 'shard-1', 'shard-2', '-o', 'package.json'],
      '-o "package.json" is a file. Name a folder that does not exist yet.',
    ],
    [
      ['merge', 'shard-1', 'shard-2', '-o', 'notes'],
      '-o "notes" already exists. Name another folder, or remove it first.',
    ],
    [
      ['merge', 'shard-1', 'shard-2', '-o', 'no/where'],
      /^-o "no\/where" is in .*no, which is not a folder\. Create it first\.$/,
    ],
    [['export', '--format', 'json', '-o', 'notes'], '-o "notes" is a folder. Name a file in it.'],
    [
      ['export', '--format', 'json', '-o', 'no/where'],
      /^-o "no\/where" is in .*no, which is not a folder\. Create it first\.$/,
    ],
    [['diff', 'shard-1', 'shard-2', '-o', 'notes'], '-o "notes" is a folder. Name a file in it.'],
    [['diff', 'shard-1', 'shard-2', '-o', 'package.json/x'], /which is not a folder/],
  ])('is refused: %j', async (args, message) => {
    const said = await refused(args)
    if (typeof message === 'string') expect(said).toBe(message)
    else expect(said).toMatch(message)
  })
})

const HELP = (command: string) => `See \`npx jest-profiler ${command} --help\`.`

describe('a wrong command line', () => {
  test.each([
    [
      ['shwo', '--by', 'import'],
      'unknown command shwo, and no file path contains it. Did you mean show? To use it as a pattern for Jest, ' +
        'put it after --: `npx jest-profiler -- shwo`.',
    ],
    [['--topn', '3'], 'unknown flag --topn. Did you mean --top-n?'],
    [['--top-n', 'many'], '--top-n must be a whole number from 1 to 1000, got "many".'],
    [['--top-n'], "option '--top-n <n>' argument missing. See `npx jest-profiler --help`."],
    [
      ['--watch', '--', 'a.test.js'],
      "unknown flag --watch. Put Jest's flags after --; jest-profiler's own are in `npx jest-profiler --help`.",
    ],
    [['--budgets', 'testMs=3'], '--budgets[0] has no "testMs". Did you mean "tests"?'],
    [['show', '--nope'], `unknown option '--nope' (Did you mean --top?). ${HELP('show')}`],
    [
      ['show', '--by', 'lines'],
      /^option '--by <kind>' argument 'lines' is invalid\. Allowed choices are call, function, line, .*heap\. See/,
    ],
    [['show', '--top', '0'], '--top must be a positive integer, got "0". Write --top 20.'],
    [['show', 'a', 'b'], `too many arguments for 'show'. Expected 1 argument but got 2. ${HELP('show')}`],
    [
      ['show', '--budgets', '{"testWallMs"'],
      /^--budgets must be limits such as testWallMs=500, or JSON, got /,
    ],
    [['show', '--', '--top', '3'], /^-- is for running tests, and show runs none\. /],
    [
      ['--top-n', '3', 'show'],
      /^--top-n is for running tests, and show runs none\. .*`npx jest-profiler show --help`\.$/,
    ],
    [['export'], `required option '--format <name>' not specified. ${HELP('export')}`],
    [
      ['export', '--format', 'svg'],
      /^option '--format <name>' argument 'svg' is invalid\. Allowed choices are html, /,
    ],
    [['diff', 'shard-1'], `missing required argument 'head'. ${HELP('diff')}`],
    [
      ['diff', 'shard-1', 'shard-2', '--fail-above', 'x'],
      '--fail-above must be a percentage >= 0, got "x". Write --fail-above 10.',
    ],
    [['diff', 'shard-1', 'shard-2', '--format', 'svg'], /Allowed choices are text, markdown, json, html\./],
    [['diff', 'shard-1', 'shard-2', '--by', 'wait'], /^option '--by <kind>' argument 'wait' is invalid/],
    [
      ['diff', 'shard-1', 'shard-2', '--top', '1.5'],
      '--top must be a positive integer, got "1.5". Write --top 20.',
    ],
    [['merge', '-o', 'out'], `missing required argument 'runs'. ${HELP('merge')}`],
    [['merge', 'shard-1'], `required option '-o, --output <folder>' not specified. ${HELP('merge')}`],
  ])('is refused: %j', async (args, message) => {
    const said = await refused(args)
    if (typeof message === 'string') expect(said).toBe(message)
    else expect(said).toMatch(message)
  })

  test('is refused when a selection matches nothing', async () => {
    expect(await refused(['show', '--test', 'pays by cart'])).toBe(
      '--test matches nothing in this run, got "pays by cart". The nearest: "pays by card".',
    )
    expect(await refused(['show', '--test', '€'])).toMatch(
      /List all with `npx jest-profiler show --by test`\.$/,
    )
    expect(await refused(['export', '--format', 'json', '--file', '€€€', '-o', 'out.json'])).toMatch(
      /^--file matches nothing in this run, got "€€€"\. List .* --by test-file`\.$/,
    )
  })
})

describe('a project that cannot be run', () => {
  // In a folder below the fixture's project, the fixture's Jest would be found.
  const outside = join(tmpdir(), `jest-profiler-bad-input-${process.pid}`)
  afterAll(() => rmSync(outside, { recursive: true, force: true }))

  test('is refused when its Jest is too old', async () => {
    const manifest = join(outside, 'old/node_modules/jest/package.json')
    mkdirSync(join(manifest, '..'), { recursive: true })
    writeFileSync(manifest, '{ "name": "jest", "version": "29.6.4" }')
    expect(await refused([], join(outside, 'old'))).toMatch(
      /^the project's Jest must be 29\.7\.0 or later, got 29\.6\.4 in .*\. Run `npm install --save-dev jest@\^29\.7\.0`\.$/,
    )
  })

  test('is refused when it has no Jest', async () => {
    const { profiler } = suite
    const copy = join(outside, 'without/node_modules/jest-profiler')
    cpSync(profiler, copy, { recursive: true })
    const { dependencies } = JSON.parse(readFileSync(join(profiler, 'package.json'), 'utf8'))
    for (const name of Object.keys(dependencies)) {
      mkdirSync(join(copy, '..', name, '..'), { recursive: true })
      symlinkSync(join(profiler, '..', name), join(copy, '..', name), 'junction')
    }
    expect(
      await run(process.execPath, [join(copy, 'build/cli.js')], { cwd: join(outside, 'without') }),
    ).toEqual({
      ...{ exitCode: 2, signal: null, stdout: '' },
      stderr: expect.stringMatching(
        /^jest-profiler: Jest is not installed here: not found from .*without\. Run `npm install --save-dev jest` there\.\n$/,
      ),
    })
  })

  test('is refused with Jest’s message when its config does not load', async () => {
    const before = filesBelow(suite.directory)
    const { exitCode, stderr } = await suite.command(['--config', 'broken.config.js'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('broken on purpose')
    expect(stderr).not.toContain('jest-profiler: ')
    expect(filesBelow(suite.directory)).toEqual(before)
  })
})

// `jest-profiler export` writes every format for a run, for one of its files, and for one of its tests.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ARTIFACT_NAMES, type ArtifactName } from '../../src/formats/artifact-names.js'
import type { Report } from '../../src/report/report.js'
import { readFolded } from '../support/folded-stacks.js'
import { readCpuProfile } from '../support/read-cpuprofile.js'
import { readFirefox } from '../support/read-firefox.js'
import { readPprof } from '../support/read-pprof.js'
import { readSpeedscope } from '../support/read-speedscope.js'
import { readTrace } from '../support/read-trace.js'
import { goPprof } from './support/go-pprof.js'
import { findReader, testWith } from './support/readers.js'
import { createShop, filesBelow, recordRun } from './support/shop.js'
import type { Suite } from './support/suite.js'

const SCANS = 'scans, weighs and scans'
const PARTS = {
  run: [],
  file: ['--file', 'test/rates.test.js'],
  test: ['--test', SCANS],
} as const
type Part = keyof typeof PARTS
/** Allocations are in test/e2e/memory.test.ts. */
type Format = Exclude<ArtifactName, 'heapprofile'>
const FORMATS = ARTIFACT_NAMES.filter((name): name is Format => name !== 'heapprofile')

let suite: Suite

beforeAll(async () => {
  suite = await createShop('30', 'export-command')
  await recordRun(suite, { flags: ['--artifacts', FORMATS.join(',')] })
})

const done = new Map<string, Promise<Buffer>>()

/** Each once. */
function exported(format: Format, part: Part): Promise<Buffer> {
  const name = `${part}.${format}`
  const content = done.get(name) ?? exportTo(name, ['--format', format, ...PARTS[part]])
  done.set(name, content)
  return content
}

async function exportTo(name: string, args: readonly string[]): Promise<Buffer> {
  const finished = await suite.command(['export', ...args, '-o', name])
  expect(finished).toEqual({ exitCode: 0, signal: null, stdout: '', stderr: '' })
  return readFileSync(join(suite.directory, name))
}

/** What there is to see of functions, and of tests. */
const READERS: Readonly<Record<Format, (bytes: Buffer) => string[]>> = {
  html: bytes => {
    const [, block = ''] = /id="report">([^<]*)</.exec(bytes.toString()) ?? []
    return [gunzipSync(Buffer.from(block, 'base64')).toString()]
  },
  markdown: bytes => [bytes.toString()],
  json: bytes =>
    (JSON.parse(bytes.toString()) as Report).files.flatMap(({ tests }) =>
      tests.map(({ fullName }) => fullName),
    ),
  cpuprofile: bytes => readCpuProfile(bytes.toString()).samples.map(({ stack }) => stack),
  speedscope: bytes =>
    readSpeedscope(bytes.toString()).profiles.flatMap(({ samples }) => samples.map(({ stack }) => stack)),
  pprof: bytes => readPprof(bytes).samples.map(({ stack }) => stack),
  firefox: bytes =>
    readFirefox(gunzipSync(bytes).toString()).threads.flatMap(({ samples }) =>
      samples.map(({ stack }) => stack ?? ''),
    ),
  trace: bytes =>
    [...readTrace(gunzipSync(bytes).toString()).samples.values()].flat().map(({ stack }) => stack),
  collapsed: bytes => readFolded(bytes.toString()).map(({ frames }) => frames.join(';')),
}

const REPORTS: readonly Format[] = ['html', 'markdown', 'json']

describe.each(FORMATS)('jest-profiler export --format %s', format => {
  test('contains what ran in the run, the file or the test, and nothing else', async () => {
    const seen = async (part: Part) => READERS[format](await exported(format, part)).join('\n')
    const [run, file, one] = await Promise.all([seen('run'), seen('file'), seen('test')])
    // Tests are recognized in profiles by their functions; outside of tests, Jest loads modules.
    const [ofFile, ofTest, outside] = REPORTS.includes(format)
      ? ['asks for the rates', SCANS, 'pays by card']
      : ['scan', 'weigh', 'oadModule']
    const tells = (text: string) => [ofFile, ofTest, outside].map(name => text.includes(name))
    expect(tells(run)).toEqual([true, true, true])
    expect(tells(file)).toEqual([true, false, !REPORTS.includes(format)])
    expect(tells(one)).toEqual([!REPORTS.includes(format), true, false])
  })
})

describe('jest-profiler export', () => {
  test('writes the same bytes as the run', async () => {
    const { runDirectory } = suite.savedRun()
    for (const [format, name] of [
      ['markdown', 'report.md'],
      ['json', 'report.json'],
      ['cpuprofile', 'profile.cpuprofile'],
      ['speedscope', 'profile.speedscope.json'],
      ['pprof', 'profile.pb.gz'],
      ['firefox', 'profile.firefox.json.gz'],
      ['trace', 'profile.trace.json.gz'],
      ['collapsed', 'profile.collapsed.txt'],
    ] as const) {
      const same = (await exported(format, 'run')).equals(readFileSync(join(runDirectory, name)))
      expect({ format, same }).toEqual({ format, same: true })
    }
  })

  test('writes the same to standard output as to a file', async () => {
    const { stdout, stderr, exitCode } = await suite.command(['export', '--format', 'json'])
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toBe((await exported('json', 'run')).toString())
  })

  test('keeps the chronological order in a profile of one test, which is as long as the test', async () => {
    const { samples, profile } = readCpuProfile((await exported('cpuprofile', 'test')).toString())
    const order = samples.flatMap(({ stack }) => /\b(scan|weigh)\b/.exec(stack)?.[1] ?? [])
    expect(order.filter((name, index) => name !== order[index - 1])).toEqual(['scan', 'weigh', 'scan'])
    const [one] = suite
      .savedRun()
      .report()
      .files.flatMap(({ tests }) => tests)
      .filter(({ name }) => name.at(-1) === SCANS)
    // Its timestamps are rounded to eighths of a millisecond.
    expect(Math.abs((profile.endTime - profile.startTime) / 1000 - (one?.wallMs ?? 0))).toBeLessThanOrEqual(
      0.126,
    )
  })

  test('writes nothing when it fails', async () => {
    const before = filesBelow(suite.directory)
    const args = ['export', '--format', 'json', '--test', 'no such test', '-o', 'failed.json']
    expect((await suite.command(args)).exitCode).toBe(2)
    expect(existsSync(join(suite.directory, 'failed.json'))).toBe(false)
    expect(filesBelow(suite.directory)).toEqual(before)
  })
})

const go = await findReader('go tool pprof', goPprof)
afterAll(() => go?.remove())

testWith(go)('go tool pprof reads an exported test', async ({ run }) => {
  await exported('pprof', 'test')
  const { stdout } = run(suite.directory, ['-top', 'test.pprof'])
  expect(stdout).toMatch(/ burn\b/)
})

// A small suite for the command line: tests that compute, wait, or share a name, in two test files.

import { readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { BURN } from './burn.js'
import { createSuite, type JestMajor, type Suite } from './suite.js'

/** Distinct functions in `src`, by which profiles can be recognized. */
const FILES = {
  'package.json': '{ "name": "shop", "private": true }',
  'jest.config.js': 'module.exports = { transform: {} }',
  'src/burn.js': `${BURN}
exports.burn = burn
exports.sleep = function sleep(ms) { return new Promise(resolve => setTimeout(resolve, ms)) }`,
  'src/barcode.js': `
const { burn } = require('./burn')
burn(20)
exports.scan = function scan() { burn(25) }
exports.weigh = function weigh() { burn(25) }`,
  'test/checkout.test.js': `
const { scan, weigh } = require('../src/barcode')
const { sleep } = require('../src/burn')
describe('checkout', () => {
  beforeEach(() => sleep(5))
  test('scans, weighs and scans', async () => { scan(); weigh(); await sleep(15); scan() })
  test('pays by card', () => scan())
  test('twice', () => weigh())
  test('twice', () => weigh())
})`,
  'test/rates.test.js': `
const { sleep } = require('../src/burn')
const { scan } = require('../src/barcode')
test('asks for the rates', async () => { scan(); await sleep(20) })`,
}

export function createShop(jestMajor: JestMajor, title: string, files: Record<string, string> = {}) {
  return createSuite(jestMajor, { title, files: { ...FILES, ...files } })
}

/** Absolute paths of all files below a folder, sorted. */
export function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name))
    .toSorted()
}

interface Recording {
  readonly outputDir?: string
  /** Flags of the profiler. */
  readonly flags?: readonly string[]
  /** Arguments of Jest. */
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

/** Records a run and returns its folder, which a later run does not change. */
export async function recordRun(
  suite: Suite,
  { outputDir = '.jest-profiler', flags = [], args = [], env = {} }: Recording = {},
): Promise<string> {
  const finished = await suite.profile(args, { flags: [...flags, '--output-dir', outputDir], env })
  if (finished.exitCode !== 0) throw new Error(`the run failed:\n${finished.stdout}${finished.stderr}`)
  return realpathSync(join(suite.directory, outputDir, 'latest'))
}

// A suite in a project with Jest 30, the three transformers and our packed tarball, installed as for the end-to-end
// tests (test/e2e/support/suite.ts) and shared with them.

import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure, measureOnCore, runOrThrow } from './commands.mjs'
import { progress } from './print.mjs'
import { UsageError } from './usage-error.mjs'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FIXTURE = join(ROOT, 'test/e2e/fixtures/jest-30')
export const PROJECT = join(ROOT, '.cache/e2e/jest-30')
const JEST = join(PROJECT, 'node_modules/jest/bin/jest.js')

/** `files`: the suite's, contents by path. The suite's folder is created again. */
export function createSuite(name, files) {
  installDependencies()
  installProfiler()
  const directory = join(PROJECT, 'suites', `bench-${name}`)
  rmSync(directory, { recursive: true, force: true })
  for (const [path, content] of Object.entries({ 'package.json': '{ "private": true }', ...files })) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), content)
  }
  return {
    directory,
    jestVersion: createRequire(join(PROJECT, 'package.json'))('jest/package.json').version,
    /** Runs Jest to its end and measures it; `script`: what to run in place of Jest's own. */
    jest(args, { env = {}, ...how } = {}) {
      return measure(process.execPath, jestCommand(directory, args, how), { cwd: directory, env })
    },
    /** The same, bound to one core, while this process goes on; a run that fails is no error. */
    jestOnCore(core, args, { env = {}, ...how } = {}) {
      return measureOnCore(core, process.execPath, jestCommand(directory, args, how), { cwd: directory, env })
    },
    /** The report of the latest run. */
    report: () => JSON.parse(readFileSync(join(directory, '.jest-profiler/latest/report.json'), 'utf8')),
    latest: join(directory, '.jest-profiler/latest'),
  }
}

function jestCommand(directory, args, { nodeArgs = [], script = JEST }) {
  const cache = join(directory, '.jest-cache')
  forgetDurations(cache)
  return [...nodeArgs, script, `--cacheDirectory=${cache}`, ...args]
}

/** The name in a suite's package.json, or that of its folder. */
export function nameOfSuite(directory) {
  const { name } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  return name ?? basename(directory)
}

// Jest does without workers where it remembers that all files were fast, whatever `-w` says:
// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-core/src/testSchedulerHelper.ts
function forgetDurations(cache) {
  if (!existsSync(cache)) return
  for (const name of readdirSync(cache))
    if (name.startsWith('perf-cache-')) rmSync(join(cache, name), { force: true })
}

function installDependencies() {
  const key = sha256(join(FIXTURE, 'package-lock.json'))
  const stamp = join(PROJECT, '.filled')
  if (isStamped(stamp, key)) return
  progress(`installing Jest and transformers in ${PROJECT}`)
  rmSync(PROJECT, { recursive: true, force: true })
  cpSync(FIXTURE, PROJECT, { recursive: true })
  runOrThrow('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: PROJECT })
  writeFileSync(stamp, key)
}

function installProfiler() {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const tarball = join(ROOT, '.cache/packed', `jest-profiler-${version}.tgz`)
  if (!existsSync(tarball)) throw new UsageError(`bench: ${tarball} is not there. Run \`npm run pretest\`.`)
  const key = sha256(tarball)
  const stamp = join(PROJECT, 'node_modules/jest-profiler/.tarball')
  if (isStamped(stamp, key)) return
  progress(`installing ${tarball}`)
  const options = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund']
  runOrThrow('npm', ['install', ...options, tarball], { cwd: PROJECT })
  writeFileSync(stamp, key)
}

function isStamped(stamp, key) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === key
}

function sha256(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

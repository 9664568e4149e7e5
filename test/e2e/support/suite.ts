// A fixture suite in a project with Jest, the transformers, and the packed profiler.

import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Report } from '../../../src/report/report.js'
import { cached, exclusively, FIXTURES } from './cache.js'
import { type CommandOptions, type Finished, npm, run, runOrThrow } from './commands.js'
import { nodeBinary } from './node-versions.js'
import { packedTarball } from './tarball.js'

/** A warning of Node, Jest or the profiler, but not a function in a table such as Node's `pipeWithoutWarning`. */
export const WARNING = /^jest-profiler:|warning:/im

export type JestMajor = '29' | '30'

/** For tests of what differs between major versions: events, modules, workers, configs, coverage, watch mode. */
export const JEST_MAJORS: readonly JestMajor[] = ['29', '30']

/** For tests of what depends only on a recording, whose format does not depend on Jest. */
export const NEWEST_JEST: JestMajor = '30'

export interface Suite {
  /** The suite's folder, in which Jest runs. */
  readonly directory: string
  /** The folder of the installed profiler. */
  readonly profiler: string
  jest(args?: readonly string[], options?: SuiteRunOptions): Promise<SuiteRun>
  /** Runs `npx jest-profiler -- <args>`, with the config unchanged. */
  profile(args?: readonly string[], options?: ProfileOptions): Promise<SuiteRun>
  /** Runs `npx jest-profiler <args>`, for commands that run no tests. */
  command(args: readonly string[], options?: CommandOptions): Promise<Finished>
  write(files: Readonly<Record<string, string>>): void
  /** The folder of the latest run. */
  savedRun(): Pick<SuiteRun, 'runDirectory' | 'report'>
}

interface SuiteRunOptions extends Omit<CommandOptions, 'cwd'> {
  /** Major version of the Node to run on; that of the tests by default. */
  node?: string
  nodeArgs?: readonly string[]
}

interface ProfileOptions extends SuiteRunOptions {
  /** Flags of the profiler, such as `--top-n`. */
  flags?: readonly string[]
}

interface SuiteRun extends Finished {
  readonly runDirectory: string
  /** The report of the run; throws when there is none. */
  report(): Report
}

/** Creates a suite of `files`, which replace those of the fixture folder `name` if there is one. */
export async function createSuite(
  jestMajor: JestMajor,
  { name, title, files = {} }: { name?: string; title: string; files?: Readonly<Record<string, string>> },
): Promise<Suite> {
  const project = await installProject(jestMajor)
  const directory = join(project, 'suites', title)
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  if (name !== undefined)
    cpSync(join(FIXTURES, 'suites', name), directory, { recursive: true, verbatimSymlinks: true })
  // It is committed under another name, because node_modules folders are ignored.
  const packages = join(directory, 'packages')
  if (existsSync(packages))
    cpSync(packages, join(directory, 'node_modules'), { recursive: true, verbatimSymlinks: true })
  const write = (contents: Readonly<Record<string, string>>) => {
    for (const [path, content] of Object.entries(contents)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), content)
    }
  }
  write({ 'package.json': '{ "private": true }', ...files })
  const jest = join(project, 'node_modules/jest/bin/jest.js')
  const profiler = join(project, 'node_modules/jest-profiler')
  const command = join(profiler, binOf(profiler))
  const start = async (
    args: readonly string[],
    { node, nodeArgs = [], ...options }: SuiteRunOptions & CommandOptions,
  ) =>
    run(node === undefined ? process.execPath : await nodeBinary(node), [...nodeArgs, ...args], {
      cwd: directory,
      ...options,
    })
  // The suite has its own cache, because Jest uses its data of earlier runs to decide whether to use workers.
  const cache = `--cacheDirectory=${join(directory, '.jest-cache')}`
  const runJest = async (args: readonly string[], options: SuiteRunOptions) => {
    const finished = await start(args, options)
    return { ...finished, ...savedRun(directory, finished) }
  }
  return {
    directory,
    profiler,
    write,
    jest: (args = [], options = {}) => runJest([jest, cache, ...args], options),
    profile: (args = [], { flags = [], ...options } = {}) =>
      runJest([command, ...flags, '--', cache, ...args], options),
    command: (args, options = {}) => start([command, ...args], options),
    savedRun: () => savedRun(directory, { stdout: '', stderr: '' }),
  }
}

/** The script behind `node_modules/.bin/jest-profiler`. */
function binOf(profiler: string): string {
  const manifest = join(profiler, 'package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> }
  return typeof bin === 'string' ? bin : (bin['jest-profiler'] ?? '')
}

function savedRun(
  directory: string,
  finished: Pick<Finished, 'stdout' | 'stderr'>,
): Pick<SuiteRun, 'runDirectory' | 'report'> {
  const runDirectory = join(directory, '.jest-profiler/latest')
  return {
    runDirectory,
    report: () => {
      const path = join(runDirectory, 'report.json')
      if (!existsSync(path))
        throw new Error(`no report.json; Jest printed:\n${finished.stdout}${finished.stderr}`)
      return JSON.parse(readFileSync(path, 'utf8')) as Report
    },
  }
}

async function installProject(jestMajor: JestMajor): Promise<string> {
  const fixture = join(FIXTURES, `jest-${jestMajor}`)
  const lock = readFileSync(join(fixture, 'package-lock.json'))
  const key = createHash('sha256').update(lock).digest('hex')
  const project = await cached(`jest-${jestMajor}`, key, async directory => {
    cpSync(fixture, directory, { recursive: true })
    await runOrThrow(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: directory })
  })
  await installProfiler(jestMajor, project)
  return project
}

async function installProfiler(jestMajor: JestMajor, project: string): Promise<void> {
  const { path, hash } = packedTarball()
  const stamp = join(project, 'node_modules/jest-profiler/.tarball')
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
  if (isInstalled()) return
  await exclusively(`jest-${jestMajor}`, async () => {
    if (isInstalled()) return
    // The lock file is read and not written; without it, npm would resolve all versions again.
    const install = [
      'install',
      '--no-save',
      '--prefer-offline',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
    ]
    await runOrThrow(npm, [...install, path], { cwd: project })
    writeFileSync(stamp, hash)
  })
}

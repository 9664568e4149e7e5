// Profiles example-project as a user would: builds and packs this package, installs the tarball there, runs Jest.
// Arguments are passed on to Jest, and its exit code is ours: npm run example -- price-rules --verbose

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const project = join(root, 'example-project')

class StepError extends Error {}

try {
  installDependencies()
  installProfiler()
  process.exitCode = runJest(process.argv.slice(2))
  // Jest ran in that folder, so its paths are not relative to where the command was typed.
  console.error(
    `example: the report is ${join('example-project', '.jest-profiler', 'latest', 'report.html')}`,
  )
} catch (error) {
  if (!(error instanceof StepError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

function installDependencies() {
  // npm ci begins by removing node_modules, and the stamp with it: an install that broke off leaves none.
  const stampPath = join(project, 'node_modules', '.example-install')
  const stamp = stampOfDependencies()
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return
  npm('install the locked dependencies', project, ['ci', '--no-audit', '--no-fund'])
  writeFileSync(stampPath, stamp)
}

/** Changes with all that decides what npm ci installs; some packages are binaries for one platform. */
function stampOfDependencies() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const name of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(project, name)))
  return hash.digest('hex')
}

function installProfiler() {
  const folder = mkdtempSync(join(tmpdir(), 'jest-profiler-example-'))
  try {
    npm('build jest-profiler', root, ['run', 'build'])
    // Without scripts, because packing would build again.
    npm('pack jest-profiler', root, ['pack', '--ignore-scripts', '--pack-destination', folder])
    const tarballs = readdirSync(folder).map(name => join(folder, name))
    // The lockfile is read and not written: --no-package-lock would resolve the locked dependencies again.
    const options = ['--no-save', '--no-audit', '--no-fund']
    npm('install jest-profiler', project, ['install', ...options, ...tarballs])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function runJest(args) {
  const jest = join(project, 'node_modules', 'jest', 'bin', 'jest.js')
  const command = `npx ${['jest', ...args].join(' ')}`
  console.error(`example: ${command}`)
  // What npx would start, but without a shell on Windows, which would take the arguments apart.
  const { status, signal, error } = spawnSync(process.execPath, [jest, ...args], {
    cwd: project,
    stdio: 'inherit',
  })
  if (status === null) throw new StepError(failure('run Jest', command, { status, signal, error }))
  return status
}

/** Silent while all goes well; else what npm said comes before the error. */
function npm(step, directory, args) {
  const command = ['npm', ...args].join(' ')
  console.error(`example: ${step}`)
  const options = { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }
  // npm is a script on Windows that only a shell can start, and a shell takes paths apart that have spaces.
  const result =
    process.platform === 'win32'
      ? spawnSync(`npm ${args.map(arg => `"${arg}"`).join(' ')}`, { ...options, shell: true })
      : spawnSync('npm', args, options)
  if (result.status === 0) return
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`)
  throw new StepError(failure(step, command, result))
}

function failure(step, command, { status, signal, error }) {
  const reason = error?.message ?? (signal ? `ended by ${signal}` : `exit code ${status}`)
  return `example: could not ${step}: ${reason}, from: ${command}`
}

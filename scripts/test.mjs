// All tests: first those that may share the machine, then one at a time those that measure things.
// Arguments are Jest's: `npm test -- --testPathPatterns page`.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const jest = fileURLToPath(import.meta.resolve('jest/bin/jest'))
const args = process.argv.slice(2)

function run(...own) {
  const node = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules', jest]
  const { status } = spawnSync(process.execPath, [...node, ...own, ...args], { stdio: 'inherit' })
  return status ?? 1
}

const chosen = args.length > 0 ? ['--passWithNoTests'] : []
const together = run('--selectProjects', 'unit', 'e2e', ...chosen)
const alone = run('--selectProjects', 'timing', '--runInBand', ...chosen)
process.exitCode = together || alone

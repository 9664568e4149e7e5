// Runs the tests: all projects of jest.config.js, or the one that the first argument names. All other arguments are Jest's:
//   npm test -- --testPathPatterns page
//   npm run test:unit -- --watch
// Unit and end-to-end tests share the machine. Timing tests run after them, one file at a time.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const TOGETHER = ['unit', 'e2e']
const ALONE = ['timing']

const jest = fileURLToPath(import.meta.resolve('jest/bin/jest'))
const [first, ...rest] = process.argv.slice(2)
const isProject = [...TOGETHER, ...ALONE].includes(first)
const jestArguments = isProject ? rest : process.argv.slice(2)

/** Returns the exit code of Jest: 0 when none of these projects was asked for. */
function runProjects(projects, ...flags) {
  const chosen = projects.filter(project => !isProject || project === first)
  if (chosen.length === 0) return 0
  const node = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules']
  // A pattern for one project need not match a test of another.
  if (!isProject && jestArguments.length > 0) flags.push('--passWithNoTests')
  const args = [...node, jest, '--selectProjects', ...chosen, ...flags, ...jestArguments]
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
}

const together = runProjects(TOGETHER)
const alone = runProjects(ALONE, '--runInBand')
process.exitCode = together || alone

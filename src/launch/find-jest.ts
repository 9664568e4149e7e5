// The Jest that `npx jest` would run in a folder, or one line on why there is none to profile.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { UserError } from '../user-error.js'

const OLDEST = [29, 7] as const

/** Where `npx` and its like keep a package that no project asked for, and with it a Jest that is nobody's either. */
const BORROWED = /[\\/](_npx|dlx|dlx-[^\\/]+)[\\/]/

/**
 * Absolute path of the script that runs Jest. `own` is a file of this package: where it is installed beside a Jest,
 * that one serves folders outside of the project too. Throws a UserError when there is none, or one that is too old.
 */
export function findJest(cwd: string, own: string): string {
  const manifestPath =
    tryResolve(join(cwd, 'package.json')) ?? (BORROWED.test(own) ? undefined : tryResolve(own))
  if (manifestPath === undefined) {
    throw new UserError(
      `jest-profiler: there is no Jest in this project, looked for from ${cwd}. Run \`npm install --save-dev jest\` there.`,
    )
  }
  const { version }: { version: string } = JSON.parse(readFileSync(manifestPath, 'utf8'))
  if (isTooOld(version)) {
    const oldest = `${OLDEST.join('.')}.0`
    throw new UserError(
      `jest-profiler: the project's Jest has to be ${oldest} or later, got ${version} in ${dirname(manifestPath)}. ` +
        `Run \`npm install --save-dev jest@^${oldest}\`.`,
    )
  }
  return join(dirname(manifestPath), 'bin/jest.js')
}

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
}

function tryResolve(from: string): string | undefined {
  try {
    return createRequire(from).resolve('jest/package.json')
  } catch {
    return undefined
  }
}

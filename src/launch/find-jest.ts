// The Jest that `npx jest` would run in a folder, or one line on why there is none to profile.

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { UserError } from '../errors/user-error.js'

const OLDEST = [29, 7] as const

/**
 * Absolute path of the script that runs Jest. `own` is a file of this package: the project that it is installed in
 * serves other folders too, as its Jest would. Throws a UserError when there is none, or one that is too old.
 */
export function findJest(cwd: string, own: string): string {
  const manifestPath =
    tryResolve(join(cwd, 'package.json')) ?? (asksForJest(own) ? tryResolve(own) : undefined)
  if (manifestPath === undefined) {
    throw new UserError(
      `jest-profiler: there is no Jest in this project, looked for from ${cwd}. Run \`npm install --save-dev jest\` there.`,
    )
  }
  const { version } = readJson<{ version: string }>(manifestPath)
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

/** Whether the package that `own` is installed for has asked for Jest: npm installs one beside us in any case, as a peer. */
function asksForJest(own: string): boolean {
  const [folder, ...below] = own.split(/[\\/]node_modules[\\/]/)
  const manifestPath = join(folder ?? '', 'package.json')
  if (below.length === 0 || !existsSync(manifestPath)) return false
  const manifest: { dependencies?: object; devDependencies?: object } = readJson(manifestPath)
  return 'jest' in { ...manifest.dependencies, ...manifest.devDependencies }
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function tryResolve(from: string): string | undefined {
  try {
    return createRequire(from).resolve('jest/package.json')
  } catch {
    return undefined
  }
}

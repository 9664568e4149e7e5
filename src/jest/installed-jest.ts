// The Jest that `npx jest` would run in a folder, or a UserError with the reason why there is none to profile.
//
// Known: `bin/jest.js` of the package `jest`, in 29.7 and 30.0 to 30.5. https://github.com/jestjs/jest/tree/v30.5.2/packages/jest/bin

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UserError } from '../errors/user-error.js'
import { tryResolve } from './packages.js'

const OLDEST = [29, 7] as const
const MANIFEST = 'jest/package.json'

/**
 * Returns the path of Jest's script and its version, found from `cwd` or from the project that our file `own` is installed in. Throws
 * a UserError if there is no Jest, or one that is too old.
 */
export function findJest(cwd: string, own: string): { script: string; version: string } {
  const manifestPath =
    tryResolve(join(cwd, 'package.json'), MANIFEST) ??
    (asksForJest(own) ? tryResolve(own, MANIFEST) : undefined)
  if (manifestPath === undefined) {
    throw new UserError(
      `jest-profiler: Jest is not installed here: not found from ${cwd}. Run \`npm install --save-dev jest\` there.`,
    )
  }
  const { version } = readJson<{ version: string }>(manifestPath)
  if (isTooOld(version)) {
    const oldest = `${OLDEST.join('.')}.0`
    throw new UserError(
      `jest-profiler: the project's Jest must be ${oldest} or later, got ${version} in ${dirname(manifestPath)}. ` +
        `Run \`npm install --save-dev jest@^${oldest}\`.`,
    )
  }
  return { script: join(dirname(manifestPath), 'bin/jest.js'), version }
}

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
}

/** Whether the package that `own` is installed in depends on Jest: npm installs our peer dependency in any case. */
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

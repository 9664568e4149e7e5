// Loads the engine in the parent, so that a run whose engine cannot load stops before any test.

import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { UserError } from '../errors/user-error.js'
import type { EngineName } from '../recording/enums.js'

/** Returns the path of the engine's module; null: it is built in. Throws a UserError with the module, the reason and the remedy. */
export function checkEngine(
  engine: EngineName,
  rootDir: string,
  requireFrom: (base: string) => NodeJS.Require = createRequire,
): string | null {
  const require = requireFrom(join(rootDir, 'package.json'))
  if (engine === 'none') return null
  if (engine !== 'inspector') return checkAddon(require, requireFrom(import.meta.url))
  try {
    require('node:inspector')
    return null
  } catch (error) {
    throw new UserError(
      `jest-profiler: engine "inspector" cannot load node:inspector: ${(error as Error).message}. ` +
        `This Node (${process.execPath}) was built without it. Use another build of Node, or set engine: 'v8-profiler-next'.`,
      { cause: error },
    )
  }
}

const ADDON = 'v8-profiler-next'

function checkAddon(fromProject: NodeJS.Require, fromHere: NodeJS.Require): string {
  const [path] = [fromProject, fromHere].flatMap(require => {
    try {
      return require.resolve(ADDON)
    } catch {
      return []
    }
  })
  if (path === undefined) {
    throw new UserError(
      `jest-profiler: engine "${ADDON}" needs the module ${ADDON}, which is not installed. ` +
        `Run \`npm install --save-dev ${ADDON}\`, or leave out the option "engine" to use Node's own inspector.`,
    )
  }
  try {
    fromHere(path)
    return path
  } catch (error) {
    throw new UserError(describeFailure(path, error as NodeJS.ErrnoException), { cause: error })
  }
}

function describeFailure(path: string, error: NodeJS.ErrnoException): string {
  const where = `jest-profiler: engine "${ADDON}" cannot load the module ${ADDON} (${path}):`
  const instead = 'or leave out the option "engine" to use Node\'s own inspector.'
  const [message = ''] = error.message.split('\n')
  const otherNode = /NODE_MODULE_VERSION|different Node\.js version/.test(error.message)
  if (otherNode || (error.code === 'MODULE_NOT_FOUND' && hasBinary(path)))
    return `${where} it was built for another Node than this ${process.version}. Run \`npm rebuild ${ADDON}\`, ${instead}`
  if (!hasBinary(path)) {
    const allow = 'allow it (`npm install-scripts approve v8-profiler-next`, pnpm: `pnpm approve-builds`)'
    return (
      `${where} its native part is missing, because its install script was blocked or its build failed (${message}). ` +
      `To build it, ${allow}, then run \`npm rebuild ${ADDON}\`, which needs python3 and a C++ compiler, ${instead}`
    )
  }
  return `${where} ${message}. Run \`npm rebuild ${ADDON}\`, ${instead}`
}

// The addon has its binaries below build/binding/Release.
function hasBinary(path: string): boolean {
  return existsSync(join(dirname(path), 'build/binding/Release'))
}

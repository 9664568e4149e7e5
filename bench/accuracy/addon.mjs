// v8-profiler-next for a suite: as the end-to-end tests have compiled it (test/e2e/timing/engines.test.ts), if they have.

import { spawnSync } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../support/project.mjs'

const MODULES = join(ROOT, '.cache/e2e/v8-profiler-next/node_modules')

/** Links it into the suite's folder. */
export function addonOf({ directory }) {
  const program = `require(${JSON.stringify(join(MODULES, 'v8-profiler-next'))})`
  const { status } = spawnSync(process.execPath, ['-e', program])
  if (status !== 0)
    return {
      isLoaded: false,
      reason: 'it is not compiled: `npm test -- --testPathPatterns timing/engines` does that',
    }
  const link = join(directory, 'node_modules')
  if (!existsSync(link)) symlinkSync(MODULES, link, 'junction')
  return { isLoaded: true }
}

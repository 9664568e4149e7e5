// `jest-profiler open`: the report of a saved run in the browser.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ARTIFACT_FILES } from '../artifacts/artifact-files.js'
import { fromHere } from '../artifacts/shown-paths.js'
import { UserError } from '../errors/user-error.js'
import { type Context, writeOut } from './context.js'
import { findRun } from './run-argument.js'

/** Throws a UserError if the run has no page. */
export async function openRun(run: string | undefined, { cwd }: Context): Promise<void> {
  const directory = findRun(run, cwd)
  const page = join(directory, ARTIFACT_FILES.html.name)
  const shown = fromHere(page, cwd)
  if (!existsSync(page))
    throw new UserError(
      `jest-profiler: open: the run has no ${ARTIFACT_FILES.html.name}. Write it: \`npx jest-profiler export ${fromHere(directory, cwd)} --format html -o ${shown}\`.`,
    )
  const { default: open } = await import('open')
  await open(page)
  writeOut(`Opened ${shown}\n`)
}

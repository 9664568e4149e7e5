// `jest-profiler [jest arguments]`: the project's own Jest, profiled.

import { resolve } from 'node:path'
import { type ProfilerOptions, parseOptions } from '../options/options.js'
import type { Context } from './context.js'
import { flagOf } from './option-flags.js'

/** Checks the options before Jest starts. Jest ends the process with its own exit code. */
export async function runJest(
  jestArguments: string[],
  options: ProfilerOptions,
  { cwd }: Context,
): Promise<void> {
  parseOptions(options, { base: cwd, spell: flagOf })
  // A path on the command line is relative to the working directory; one in a config to the display root.
  const { outputDir } = options
  const fromHere = outputDir === undefined ? {} : { outputDir: resolve(cwd, outputDir) }
  const { launchJest } = await import('../launch/launch-jest.js')
  await launchJest({ cwd, jestArguments, profilerOptions: { ...options, ...fromHere } })
}

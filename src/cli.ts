#!/usr/bin/env node
// The command `jest-profiler`. An error that the user can fix is one line and exit code 2.

import { cacheCompiledCode } from './launch/compile-cache.js'

// Before anything else is loaded, and so before Jest.
cacheCompiledCode()
const { runProgram } = await import('./cli/program.js')

// The reader of our output may close early, as `head` does.
process.stdout.on('error', error => {
  if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  process.exit()
})

await runProgram(process.argv.slice(2), { cwd: process.cwd(), env: process.env })

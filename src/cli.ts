#!/usr/bin/env node
// The command `jest-profiler`: says what is wrong in one line, and exits with 2 if the user can fix it.

import { runProgram } from './cli/program.js'

// The reader of our output may stop early, as `head` does.
process.stdout.on('error', error => {
  if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  process.exit()
})

await runProgram(process.argv.slice(2), { cwd: process.cwd(), env: process.env })

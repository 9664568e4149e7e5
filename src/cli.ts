#!/usr/bin/env node
// The command `jest-profiler`: says what is wrong in one line, and ends with 2 where the user can mend it.

import { runProgram } from './cli/program.js'

// What reads our output may have seen enough, as `head` does.
process.stdout.on('error', error => {
  if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  process.exit()
})

await runProgram(process.argv.slice(2), { cwd: process.cwd(), env: process.env })

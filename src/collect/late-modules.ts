// Modules that most processes never need, loaded when they are needed: each module that a worker loads delays its tests.

import { createRequire } from 'node:module'
import { ownFile } from '../own-files.js'

// Every supported Node can load an ES module synchronously: https://nodejs.org/api/modules.html#loading-ecmascript-modules-using-require
const require = createRequire(import.meta.url)

/** Where a test runs for long, or a test file leaves something open. */
export function requireLateParts(): typeof import('./late-parts.js') {
  return require(ownFile('collect/late-parts.js'))
}

/** With the option `memory`. */
export function requireSandboxWatch(): typeof import('./memory/sandbox-watch.js') {
  return require(ownFile('collect/memory/sandbox-watch.js'))
}

/** With the option `memory`. */
export function requireAllocationLog(): typeof import('./memory/allocation-log.js') {
  return require(ownFile('collect/memory/allocation-log.js'))
}

/** Without a profile. */
export function requireThreadStates(): typeof import('./states/thread-states.js') {
  return require(ownFile('collect/states/thread-states.js'))
}

/** With the option `engine: 'v8-profiler-next'`. */
export function requireV8ProfilerNext(): typeof import('./engines/v8-profiler-next.js') {
  return require(ownFile('collect/engines/v8-profiler-next.js'))
}

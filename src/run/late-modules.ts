// Modules that are needed when a run has ended are loaded while its tests run in workers: they would delay Jest's start, and in band
// be measured as a part of a test.

import { createRequire } from 'node:module'

type Publishing = typeof import('./publish-run.js')

// Module state, as modules are: one for the process.
let loaded: Publishing | undefined

export async function loadPublishing(): Promise<void> {
  loaded ??= await import('./publish-run.js')
}

/** Works while the process exits, too, when nothing can be awaited. */
export function requirePublishing(): Publishing {
  loaded ??= createRequire(import.meta.url)('./publish-run.js') as Publishing
  return loaded
}

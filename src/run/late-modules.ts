// What is needed when a run has ended is loaded while its tests run in workers: it would hold up Jest's start, and in
// band be measured as a part of somebody's test.

import { createRequire } from 'node:module'

type Publishing = typeof import('./publish-run.js')

// Module state, as modules are: one for the process.
let loaded: Publishing | undefined

export async function loadPublishing(): Promise<void> {
  loaded ??= await import('./publish-run.js')
}

/** Also while the process exits, and nothing can be waited for. */
export function publishing(): Publishing {
  loaded ??= createRequire(import.meta.url)('./publish-run.js') as Publishing
  return loaded
}

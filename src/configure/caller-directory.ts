// The folder of the config file that calls us, which Jest takes for `rootDir` when the config names none.

import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const OWN_FOLDER = fileURLToPath(new URL('..', import.meta.url))

/** Absolute path; undefined when the stack has no file, as in the REPL. */
export function callerDirectory(): string | undefined {
  // https://v8.dev/docs/stack-trace-api
  const { prepareStackTrace } = Error
  try {
    Error.prepareStackTrace = (_error, callSites) => callSites.map(site => site.getFileName())
    const files = new Error().stack as unknown as (string | null | undefined)[]
    const caller = files.map(toPath).find(file => file !== undefined && !file.startsWith(OWN_FOLDER))
    return caller === undefined ? undefined : dirname(caller)
  } finally {
    Error.prepareStackTrace = prepareStackTrace as NonNullable<typeof prepareStackTrace>
  }
}

function toPath(file: string | null | undefined): string | undefined {
  if (!file || file.startsWith('node:')) return undefined
  return file.startsWith('file:') ? fileURLToPath(file) : file
}

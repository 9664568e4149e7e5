// Where this package's own files are. Only this module derives it from its own place, because the build joins the others into fewer files.

import { fileURLToPath } from 'node:url'

/** URL of the folder of this package's code, with `/` at its end. */
const OWN_URL = new URL('.', import.meta.url)

/** Path of that folder, with a separator at its end. */
export const OWN_FOLDER = fileURLToPath(OWN_URL)

/** Absolute path of a file given relative to that folder. */
export function ownFile(path: string): string {
  return fileURLToPath(new URL(path, OWN_URL))
}

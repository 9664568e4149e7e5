// How a row of imports is called, the same in every output.

import type { ImportReport } from '../account-reports.js'

/** Path of the module; a transformer's row tells what that one loaded for itself. */
export function importName({ module, transformer }: Pick<ImportReport, 'module' | 'transformer'>): string {
  return transformer === null ? module : loadingOf(transformer)
}

export function loadingOf(transformer: string): string {
  return `loading the transformer ${transformer}`
}

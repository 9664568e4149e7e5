// The most expensive imports as a person wants to see them: what the project's own code asks for, each cost once. And their names.

import { isOwnFile } from '../../profile/own-code.js'
import type { ImportReport } from '../account-reports.js'
import type { Report } from '../report.js'

/** A module whose cost is nearly all that of one it imports is shown as that one. */
const NEARLY_ALL = 0.9

/**
 * By what removing the import would save. A test file cannot be removed, what a library loads in turn is a matter of
 * that library, unless a test had it load that, and of a chain of modules with one cost the innermost that is asked for by own code stands for all.
 */
export function costlyImports({ imports, run }: Pick<Report, 'imports' | 'run'>): ImportReport[] {
  const modules = imports.filter(({ transformer }) => transformer === null)
  const rowOf = new Map(modules.map(row => [row.module, row]))
  // What a library loads only when a test calls it stands for itself: the library has been loaded before.
  const isFirstOfTest = ({ importers }: ImportReport) =>
    run.selection?.test !== undefined && importers.every(({ module }) => !rowOf.has(module))
  const isAskedFor = (row: ImportReport) => isAskedForByOwnCode(row) || isFirstOfTest(row)
  const shown = new Set<ImportReport>()
  for (const row of imports) {
    if (row.category === 'test' || row.savedMs <= 0 || !isAskedFor(row)) continue
    shown.add(row)
    const [importer, ...others] = row.importers.flatMap(({ module }) => rowOf.get(module) ?? [])
    if (importer !== undefined && others.length === 0 && row.savedMs >= NEARLY_ALL * importer.savedMs)
      shown.delete(importer)
  }
  return [...shown]
}

function isAskedForByOwnCode({ importers, category }: ImportReport): boolean {
  if (category === 'source') return true
  return importers.length === 0 || importers.some(({ module }) => isOwnFile(module))
}

/** What a row of imports is called in every output: the path of the module, or what loading a transformer was for. */
export function importName({ module, transformer }: Pick<ImportReport, 'module' | 'transformer'>): string {
  return transformer === null ? module : loadingOf(transformer)
}

export function loadingOf(transformer: string): string {
  return `loading the transformer ${transformer}`
}

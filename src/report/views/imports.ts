// The most expensive imports that the project's own code causes, each cost counted once, and the names of imports.

import { isOwnFile } from '../../profile/own-code.js'
import type { ImportReport } from '../account-reports.js'
import type { Report } from '../report.js'

/** A module is represented by one that it imports if that one has at least this share of its cost. */
const NEARLY_ALL = 0.9

/**
 * Sorted by what removing the import would save. Left out are test files, which cannot be removed, and modules that only
 * libraries import, unless a test caused it. A chain of modules of equal cost is represented by the innermost one that own code imports.
 */
export function costlyImports({ imports, run }: Pick<Report, 'imports' | 'run'>): ImportReport[] {
  const modules = imports.filter(({ transformer }) => transformer === null)
  const rowOf = new Map(modules.map(row => [row.module, row]))
  // A module that a library loads only when a test calls it has its own row: the library has been loaded before.
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

/** The name of an import in every output: the path of the module, or the transformer that was loaded. */
export function importName({ module, transformer }: Pick<ImportReport, 'module' | 'transformer'>): string {
  return transformer === null ? module : loadingOf(transformer)
}

export function loadingOf(transformer: string): string {
  return `loading the transformer ${transformer}`
}

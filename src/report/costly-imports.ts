// The costliest imports as a person wants to see them: what their own code asks for, each cost once.

import type { ImportReport, Report } from './report.js'

/** A row that costs nearly all of what its importer costs tells nothing new. */
const NEARLY_ALL = 0.9

/**
 * By what removing the import would save. A test file cannot be removed, what a library loads in turn is a matter of
 * that library, and a module that is all there is to another one's cost is left to that one.
 */
export function costlyImports({ imports }: Pick<Report, 'imports'>): ImportReport[] {
  const shown: ImportReport[] = []
  const costOf = new Map(imports.map(row => [row.module, row]))
  for (const row of imports) {
    if (row.category === 'test' || row.savedMs <= 0 || !isAskedForByOwnCode(row)) continue
    const [importer, ...others] = row.importers.flatMap(({ module }) => costOf.get(module) ?? [])
    const repeats =
      importer !== undefined &&
      others.length === 0 &&
      importer.category !== 'test' &&
      shown.includes(importer) &&
      row.savedMs >= NEARLY_ALL * importer.savedMs
    if (!repeats) shown.push(row)
  }
  return shown
}

function isAskedForByOwnCode({ importers, category }: ImportReport): boolean {
  if (category === 'source') return true
  return importers.length === 0 || importers.some(({ module }) => !module.includes('node_modules/'))
}

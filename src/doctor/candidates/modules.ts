// Modules that cost less: a barrel's modules themselves, one copy of a package, a smaller entry of one.

import { existsSync } from 'node:fs'
import { group } from 'd3-array'
import { byPathOfModule } from '../../findings/evidence/files.js'
import { loadedModules } from '../../findings/rules/barrels/module-graph.js'
import { ModulePaths } from '../../findings/rules/barrels/module-paths.js'
import { NameOrigins } from '../../findings/rules/barrels/name-origins.js'
import { toSlashes } from '../../profile/paths.js'
import type { ImportReport } from '../../report/account-reports.js'
import { ruleOf } from '../../report/finding-rules.js'
import type { Finding } from '../../report/report.js'
import { count, duration } from '../../report/views/figures.js'
import { type Candidate, type DoctorFacts, filesAt, wallOf } from '../candidate.js'
import { lazyBarrel, otherModules } from './set-up-texts.js'

export function modules(facts: DoctorFacts): Candidate[] {
  return facts.report.findings
    .flatMap(finding => {
      const rule = ruleOf(finding.id)
      const about = finding.id.slice(rule.length + 1)
      if (rule === 'barrel') return direct(about, finding, facts)
      return rule === 'package-copies' ? oneCopy(about, finding, facts) : []
    })
    .concat(smallerEntries(facts))
}

function absolute(path: string, { report }: DoctorFacts): string {
  return path.startsWith('/') || /^[A-Za-z]:/.test(path)
    ? path
    : `${toSlashes(report.run.displayRoot)}/${path}`
}

function withSetUp(
  candidate: Pick<Candidate, 'name' | 'title'>,
  text: string,
  { finding, facts }: { finding: Finding; facts: DoctorFacts },
): Candidate {
  const setUp = facts.writeSetUp(candidate.name, text)
  const named = filesAt(finding.files, facts)
  // The finding lists no more than a hundred.
  const files = finding.fileCount > finding.files.length || named.length === 0 ? facts.files : named
  return {
    ...candidate,
    reason: finding.title,
    files: files.map(({ key }) => key),
    scope: 'files',
    mostMs: wallOf(finding.costMs, facts),
    change: { options: ({ setupFiles }) => ({ setupFiles: [setUp, ...setupFiles] }) },
    patch: () => finding.patch ?? `// ${finding.remedy}`,
  }
}

function direct(barrel: string, finding: Finding, facts: DoctorFacts): Candidate[] {
  const { report, record, readSource } = facts
  const rows = loadedModules(record.modules, report.run.displayRoot)
  const origins = new NameOrigins(readSource, new ModulePaths(rows, readSource))
  const table = origins.table(barrel)
  if (table === undefined) return []
  const names = new Map<string, { module: string; name: string }>()
  for (const [name, exported] of table.names) {
    // Its own exports need its own code.
    if (exported === 'own') return []
    const module = exported === 'type' ? undefined : origins.resolve(exported.specifier, barrel)
    if (module !== undefined && exported !== 'type')
      names.set(name, { module: absolute(module, facts), name: exported.name })
  }
  const stars = table.stars.flatMap(star => origins.resolve(star, barrel) ?? [])
  if (stars.length < table.stars.length) return []
  const text = lazyBarrel({
    path: absolute(barrel, facts),
    names,
    stars: stars.map(star => absolute(star, facts)),
  })
  const candidate = { name: `barrel:${barrel}`, title: `imports from the modules behind ${barrel}` }
  return [withSetUp(candidate, text, { finding, facts })]
}

function oneCopy(name: string, finding: Finding, facts: DoctorFacts): Candidate[] {
  const own = facts.record.modules.filter(module => module.package === name && !module.isTransformer)
  const copies = group(own, ({ path }) => packageFolder(path, name))
  const [kept] = [...copies.keys()].toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))
  if (kept === undefined || copies.size < 2) return []
  const others = own.flatMap(({ path }): (readonly [string, string])[] => {
    const folder = packageFolder(path, name)
    const same = kept + path.slice(folder.length)
    return folder !== kept && existsSync(same) ? [[path, same]] : []
  })
  if (others.length === 0) return []
  const candidate = { name: `one-copy:${name}`, title: `one copy of ${name}` }
  return [withSetUp(candidate, otherModules(new Map(others)), { finding, facts })]
}

/** Entries of packages that promise to be less. */
const SMALLER = /^\.\/(?:lite|light|slim|mini|core|pure|server|node)$/
const LEAST_SHARE = 0.01

function smallerEntries(facts: DoctorFacts): Candidate[] {
  const { imports, totals } = facts.report
  return imports.flatMap(row => {
    const name = row.package
    if (name === null || row.savedMs < LEAST_SHARE * totals.fileWallMs) return []
    const path = absolute(row.module, facts)
    const folder = packageFolder(path, name)
    return entriesOf(facts.readSource(`${folder}/package.json`)).flatMap(([entry, file]) => {
      const other = `${folder}/${file.replace(/^\.\//, '')}`
      return other === path || !existsSync(other) ? [] : [smallerEntry(row, { path, other, entry, facts })]
    })
  })
}

function smallerEntry(
  { package: name, savedMs, files, importers: [first] }: ImportReport,
  { path, other, entry, facts }: { path: string; other: string; entry: string; facts: DoctorFacts },
): Candidate {
  const specifier = `${name}/${entry}`
  const setUp = facts.writeSetUp(`entry ${specifier}`, otherModules(new Map([[path, other]])))
  const loading = facts.record.modules.find(module => module.path === path)
  const byPath = byPathOfModule(facts.record, loading?.path ?? '')
  const own = facts.files.filter(({ key }) => byPath.has(key))
  return {
    name: `entry:${specifier}`,
    title: `${specifier} in place of ${name}`,
    reason: `importing ${name} takes ${duration(savedMs)} in ${count(files, 'test file')}`,
    files: (own.length === 0 ? facts.files : own).map(({ key }) => key),
    scope: 'files',
    mostMs: wallOf(savedMs, facts),
    change: { options: ({ setupFiles }) => ({ setupFiles: [setUp, ...setupFiles] }) },
    patch: () => `// ${first?.module ?? 'where it is imported'}\nimport … from '${specifier}'`,
  }
}

/** `/p/node_modules/@scope/name` of a file in that package. */
function packageFolder(path: string, name: string): string {
  const end = `/node_modules/${name}`
  return path.slice(0, path.lastIndexOf(`${end}/`) + end.length)
}

/** Names of entries, with the file that `require` loads. */
function entriesOf(manifest: string | undefined): (readonly [string, string])[] {
  if (manifest === undefined) return []
  const { exports = {} }: { exports?: Readonly<Record<string, unknown>> | string } = JSON.parse(manifest)
  if (typeof exports === 'string') return []
  return Object.entries(exports).flatMap(([entry, target]) => {
    const file = SMALLER.test(entry) ? requiredFile(target) : undefined
    return file === undefined ? [] : [[entry.slice(2), file] as const]
  })
}

/** Conditions in the order in which Jest's CommonJS has them. */
function requiredFile(target: unknown): string | undefined {
  if (typeof target === 'string') return target
  if (typeof target !== 'object' || target === null) return undefined
  for (const [condition, inner] of Object.entries(target))
    if (/^(?:require|node|default)$/.test(condition)) {
      const file = requiredFile(inner)
      if (file !== undefined) return file
    }
  return undefined
}

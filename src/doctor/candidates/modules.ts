// Modules that cost less: a barrel's modules themselves, one copy of a package, a smaller entry of one.

import { existsSync } from 'node:fs'
import { group } from 'd3-array'
import { loadedModules } from '../../findings/rules/barrels/module-graph.js'
import { ModulePaths } from '../../findings/rules/barrels/module-paths.js'
import { NameOrigins } from '../../findings/rules/barrels/name-origins.js'
import { toSlashes } from '../../profile/paths.js'
import { ruleOf } from '../../report/finding-rules.js'
import type { Finding } from '../../report/report.js'
import { type Candidate, type DoctorFacts, filesAt, wallOf } from '../candidate.js'
import { lazyBarrel, otherModules } from './set-up-texts.js'

export function modules(facts: DoctorFacts): Candidate[] {
  return facts.report.findings.flatMap(finding => {
    const rule = ruleOf(finding.id)
    const about = finding.id.slice(rule.length + 1)
    if (rule === 'barrel') return direct(about, finding, facts)
    if (rule === 'package-copies') return oneCopy(about, finding, facts)
    return rule === 'heavy-import' ? smallerEntry(about, finding, facts) : []
  })
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
  const end = `/node_modules/${name}`
  const copies = group(own, ({ path }) => path.slice(0, path.lastIndexOf(`${end}/`) + end.length))
  const [kept] = [...copies.keys()].toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))
  if (kept === undefined || copies.size < 2) return []
  const others = own.flatMap(({ path }): (readonly [string, string])[] => {
    const folder = path.slice(0, path.lastIndexOf(`${end}/`) + end.length)
    const same = kept + path.slice(folder.length)
    return folder !== kept && existsSync(same) ? [[path, same]] : []
  })
  if (others.length === 0) return []
  const candidate = { name: `one-copy:${name}`, title: `one copy of ${name}` }
  return [withSetUp(candidate, otherModules(new Map(others)), { finding, facts })]
}

/** Entries of packages that promise to be less. */
const SMALLER = /^\.\/(?:lite|light|slim|mini|core|pure|server|node)$/

function smallerEntry(module: string, finding: Finding, facts: DoctorFacts): Candidate[] {
  const row = facts.report.imports.find(other => other.module === module)
  const name = row?.package ?? undefined
  if (name === undefined) return []
  const path = absolute(module, facts)
  const end = `/node_modules/${name}`
  const folder = path.slice(0, path.lastIndexOf(`${end}/`) + end.length)
  return smallerEntries(facts.readSource(`${folder}/package.json`)).flatMap(([entry, file]) => {
    const other = `${folder}/${file.replace(/^\.\//, '')}`
    if (!existsSync(other)) return []
    const specifier = `${name}/${entry}`
    const candidate = { name: `entry:${specifier}`, title: `${specifier} in place of ${name}` }
    const tried = withSetUp(candidate, otherModules(new Map([[path, other]])), { finding, facts })
    return [
      {
        ...tried,
        patch: () => `// ${finding.position?.file ?? 'where it is imported'}\nimport … from '${specifier}'`,
      },
    ]
  })
}

/** Names of entries, with the file that `require` loads. */
function smallerEntries(manifest: string | undefined): (readonly [string, string])[] {
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

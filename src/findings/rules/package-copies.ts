// A package that test files load in several copies, because several versions or several folders of it are installed.

import { group, sum } from 'd3-array'
import type { ModuleTotal } from '../../attribution/module-totals.js'
import { compareText } from '../../profile/order.js'
import { relativeTo } from '../../report/relative-path.js'
import { duration } from '../../report/views/figures.js'
import { byPathOfModule } from '../evidence/files.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'

/** A share of the time of all test files: of all copies but the most expensive. */
const LEAST_SHARE = 0.02

interface Copy {
  /** Absolute path of its folder. */
  readonly folder: string
  readonly version: string
  readonly modules: readonly ModuleTotal[]
  readonly ms: number
}

export function packageCopies(facts: Facts): FindingDraft[] {
  const { report, record } = facts
  const least = LEAST_SHARE * report.totals.fileWallMs
  const packages = group(
    record.modules.filter(module => module.package !== undefined && !module.isTransformer),
    module => module.package,
  )
  return [...packages].flatMap(([name, modules]) => {
    if (name === undefined) return []
    const copies = copiesOf(name, modules, facts)
    const [kept, ...others] = copies
    const costMs = sum(others, ({ ms }) => ms)
    return kept === undefined || others.length === 0 || costMs < least
      ? []
      : [draftOf(name, { kept, others, costMs, facts: { report, record } })]
  })
}

/** The most expensive first; none for a package in one folder, whose manifest need not be read. */
function copiesOf(
  name: string,
  modules: readonly ModuleTotal[],
  { readSource }: Pick<Facts, 'readSource'>,
): Copy[] {
  const folders = group(modules, ({ path }) => folderOf(path, name))
  if (folders.size < 2) return []
  return [...folders]
    .map(([folder, own]) => ({
      folder,
      version: versionIn(readSource(`${folder}/package.json`)),
      modules: own,
      ms: sum(own, ({ self }) => self) / 1000,
    }))
    .toSorted((a, b) => b.ms - a.ms || (a.folder < b.folder ? -1 : 1))
}

function folderOf(path: string, name: string): string {
  const end = path.lastIndexOf(`/node_modules/${name}/`)
  return path.slice(0, end + `/node_modules/${name}`.length)
}

/** `''` if unknown. */
function versionIn(manifest: string | undefined): string {
  return /"version"\s*:\s*"([^"]+)"/.exec(manifest ?? '')?.[1] ?? ''
}

function draftOf(
  name: string,
  {
    kept,
    others,
    costMs,
    facts,
  }: { kept: Copy; others: readonly Copy[]; costMs: number; facts: Pick<Facts, 'report' | 'record'> },
): FindingDraft {
  const { report, record } = facts
  const toRelative = relativeTo(report.run.displayRoot)
  const copies = [kept, ...others]
  const shown = copies.map(
    ({ folder, version, ms }) => `${version} in ${toRelative(folder)} (${duration(ms)})`,
  )
  const [newest = ''] = copies.map(({ version }) => version).toSorted((a, b) => compareVersions(b, a))
  const isOneMajor = newest !== '' && copies.every(({ version }) => majorOf(version) === majorOf(newest))
  const isSame = copies.every(({ version }) => version === newest)
  const first = others[0]?.modules[0]
  return {
    id: `package-copies:${name}`,
    confidence: isOneMajor ? 'medium' : 'low',
    title: `Test files load ${copies.length} copies of ${name}`,
    evidence: `${listed(shown)}.`,
    remedy: isSame
      ? 'All copies are the same version: run `npm dedupe`, or the same of your package manager.'
      : isOneMajor
        ? `All are of one major version: let one serve all with an override (\`resolutions\` in Yarn, \`pnpm.overrides\` in pnpm), then run the tests.`
        : majorsText(copies),
    ...(isOneMajor && !isSame
      ? { patch: `// package.json\n"overrides": {\n  ${JSON.stringify(name)}: ${JSON.stringify(newest)}\n}` }
      : {}),
    costMs,
    savings: { files: byPathOfModule(record, first?.path ?? '') },
    shares: {
      modules: new Map(
        others.flatMap(({ modules }) =>
          modules.map(({ path, self }) => [toRelative(path), self / 1000] as const),
        ),
      ),
    },
  }
}

/** Such as `4 copies are of version 3, 1 of version 2: …`. */
function majorsText(copies: readonly Copy[]): string {
  const majors = [...group(copies, ({ version }) => majorOf(version))].toSorted(
    ([, a], [, b]) => b.length - a.length,
  )
  const [[most, same] = ['', []], ...others] = majors
  const rest = others.map(([major, own]) => `${own.length} of version ${major}`).join(', ')
  const joined =
    same.length > 1 ? ` The ${same.length} of version ${most} can be one: see what \`npm dedupe\` does.` : ''
  return `${same.length} of version ${most}, ${rest}: update what asks for the older one, which \`npm ls\` shows.${joined}`
}

function majorOf(version: string): string {
  const [major = '', minor = ''] = version.split('.')
  // By https://semver.org, anything may change between minor versions of 0.
  return major === '0' ? `0.${minor}` : major
}

/** By numbers. Not by `localeCompare`, which loads its languages for 30 ms at the first call. */
function compareVersions(a: string, b: string): number {
  const [parts, others] = [a, b].map(version => version.split(/[.+-]/))
  for (const [index, part] of (parts ?? []).entries()) {
    const order = Number(part) - Number(others?.[index] ?? Number.NaN)
    if (order !== 0 && !Number.isNaN(order)) return order
  }
  return compareText(a, b)
}

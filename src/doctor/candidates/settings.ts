// `--set key=value`: any option of Jest's config, as a question of the user's own.

import { isAbsolute, resolve } from 'node:path'
import type { Config } from '@jest/types'
import { findNearest } from '../../errors/nearest.js'
import { UserError } from '../../errors/user-error.js'
import { knownOptions } from '../../jest/config.js'
import { resolveEnvironment } from '../../jest/environment-module.js'
import type { Candidate, DoctorFacts } from '../candidate.js'

/** `settings`: as on the command line. Throws a UserError for a key that Jest has not, or a value of another type. */
export function settings(given: readonly string[], facts: DoctorFacts): Candidate[] {
  return given.map(setting => candidateOf(setting, facts))
}

function candidateOf(setting: string, facts: DoctorFacts): Candidate {
  const { configs, globalConfig, report } = facts
  const { key, value } = parseSetting(setting)
  const given = [globalConfig, ...configs].flatMap(config => Object.keys(config))
  const known = [...new Set([...given, ...knownOptions(globalConfig.rootDir ?? '')])]
  // An option without a value is in no config, and may belong to either.
  const isUnset = !given.includes(key)
  const inProjects = isUnset || configs.some(config => key in config)
  if (!known.includes(key)) {
    const [nearest] = findNearest(key, known, 3)
    const hint =
      nearest === undefined ? 'See https://jestjs.io/docs/configuration.' : `Did you mean ${nearest}?`
    throw new UserError(
      `jest-profiler: --set ${setting}: Jest's config has no option ${JSON.stringify(key)}. ${hint}`,
    )
  }
  const before = (inProjects ? configs[0] : globalConfig)?.[key as never] as unknown
  refuseOtherType(setting, { before, value })
  return {
    name: `set:${setting}`,
    title: `${key}: ${JSON.stringify(value)}`,
    reason: `asked for; now ${before === undefined ? 'not set' : JSON.stringify(before)}`,
    files: facts.files.map(({ key: file }) => file),
    scope: 'command',
    mostMs: report.command?.wallMs ?? report.totals.wallMs,
    change: {
      ...(isUnset || key in globalConfig ? { globalOptions: { [key]: value } } : {}),
      ...(inProjects ? { projectOptions: config => ({ [key]: resolvedValue(key, value, config) }) } : {}),
    },
    patch: () => `// in the Jest config\n${key}: ${JSON.stringify(value)}`,
  }
}

function parseSetting(setting: string): { key: string; value: unknown } {
  const at = setting.indexOf('=')
  if (at < 1)
    throw new UserError(
      `jest-profiler: --set must be key=value, got ${JSON.stringify(setting)}. Write --set maxWorkers=2.`,
    )
  const text = setting.slice(at + 1)
  return { key: setting.slice(0, at), value: parsed(text) }
}

/** JSON, or else the text itself. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function refuseOtherType(setting: string, { before, value }: { before: unknown; value: unknown }): void {
  if (before === undefined || before === null || value === null) return
  const kind = (some: unknown) => (Array.isArray(some) ? 'array' : typeof some)
  if (kind(before) === kind(value)) return
  throw new UserError(
    `jest-profiler: --set ${setting}: the option must be of type ${kind(before)}, as ${JSON.stringify(before)} is. Write the value as JSON.`,
  )
}

/** Paths and names, as Jest resolves them when it reads a config. */
function resolvedValue(key: string, value: unknown, config: Config.ProjectConfig): unknown {
  const { rootDir, runner } = config
  if (key === 'testEnvironment' && typeof value === 'string') {
    const path = resolveEnvironment(value, rootDir, runner)
    if (path !== undefined) return path
    throw new UserError(
      `jest-profiler: --set testEnvironment=${value}: the test environment cannot be found from ${rootDir}. Install it first.`,
    )
  }
  if (!PATHS.has(key) || !Array.isArray(value)) return value
  return value.map(path => {
    const inRoot = String(path).replace('<rootDir>', rootDir)
    return isAbsolute(inRoot) ? inRoot : resolve(rootDir, inRoot)
  })
}

const PATHS: ReadonlySet<string> = new Set([
  'roots',
  'setupFiles',
  'setupFilesAfterEnv',
  'snapshotSerializers',
])

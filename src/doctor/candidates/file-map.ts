// Fewer folders for Jest to look through before the first test.

import { existsSync } from 'node:fs'
import type { Config } from '@jest/types'
import { isOwnCode } from '../../profile/own-code.js'
import { toSlashes } from '../../profile/paths.js'
import { duration } from '../../report/views/figures.js'
import type { Candidate, DoctorFacts } from '../candidate.js'

const LEAST_SHARE = 0.03

export function fileMap(facts: DoctorFacts): Candidate[] {
  const { report, configs } = facts
  const { command } = report
  const costMs = command?.startUp.fileMapMs ?? 0
  if (command === null || costMs < LEAST_SHARE * command.wallMs) return []
  const narrowed = new Map(configs.map(config => [config.id, neededRoots(config, facts)]))
  const roots = [...new Set([...narrowed.values()].flatMap(paths => paths ?? []))]
  if (roots.length === 0) return []
  return [
    {
      name: 'roots',
      title: 'only folders with tests and loaded modules as roots',
      reason: `mapping all files takes ${duration(costMs)}`,
      files: facts.files.map(({ key }) => key),
      scope: 'command',
      mostMs: costMs,
      change: {
        projectOptions(config) {
          const needed = narrowed.get(config.id)
          return needed === undefined ? {} : { roots: needed }
        },
      },
      patch: () =>
        `// in the Jest config\nroots: ${JSON.stringify(roots.map(path => path.replace(toSlashes(configs[0]?.rootDir ?? ''), '<rootDir>')))}`,
    },
  ]
}

/** The folders in a project's root that hold what it loaded; undefined if it loads files of the root itself, or other roots are set. */
function neededRoots(
  { id, rootDir, roots }: Config.ProjectConfig,
  { files, record }: DoctorFacts,
): string[] | undefined {
  const root = toSlashes(rootDir)
  if (roots.length !== 1 || toSlashes(roots[0] ?? '') !== root) return undefined
  const own = record.modules.filter(module => isOwnCode(module)).map(({ path }) => path)
  const tests = files.filter(({ config }) => config.id === id).map(({ file }) => file)
  const inside = [...own, ...tests].filter(path => path.startsWith(`${root}/`))
  const folders = inside.map(path => path.slice(root.length + 1).split('/'))
  if (folders.length === 0 || folders.some(parts => parts.length < 2)) return undefined
  const mocks = existsSync(`${root}/__mocks__`) ? [`${root}/__mocks__`] : []
  return [...new Set([...folders.map(([folder]) => `${root}/${folder}`), ...mocks])].toSorted()
}

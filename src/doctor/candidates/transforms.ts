// Transforms that cost less, coverage by the other provider, globals that are injected.

import type { Config } from '@jest/types'
import { sum } from 'd3-array'
import { injectableGlobals } from '../../findings/rules/sandbox-globals.js'
import { tryResolve } from '../../jest/packages.js'
import { ruleOf } from '../../report/finding-rules.js'
import { duration } from '../../report/views/figures.js'
import { type Candidate, type DoctorFacts, filesAt, wallOf } from '../candidate.js'

const LEAST_SHARE = 0.02

type TransformEntry = Config.ProjectConfig['transform'][number]

export function transforms(facts: DoctorFacts): Candidate[] {
  return [...isolatedModules(facts), ...swc(facts), ...injectedGlobals(facts), ...coverageProvider(facts)]
}

function isolatedModules(facts: DoctorFacts): Candidate[] {
  const finding = facts.report.findings.find(({ id }) => ruleOf(id) === 'ts-jest-type-check')
  if (finding === undefined) return []
  const isolated = ([pattern, path, options]: TransformEntry): TransformEntry =>
    isTsJest(path) ? [pattern, path, { ...options, isolatedModules: true }] : [pattern, path, options]
  return [
    {
      name: 'isolated-modules',
      title: 'ts-jest without type checks (isolatedModules)',
      reason: finding.title,
      files: facts.files.map(({ key }) => key),
      scope: 'files',
      group: 'transformer',
      mostMs: wallOf(finding.costMs, facts),
      change: { options: ({ transform }) => ({ transform: transform.map(isolated) }) },
      patch: () =>
        '// tsconfig.json (before ts-jest 29.3: in the options of ts-jest); check types by `tsc --noEmit`\n"compilerOptions": { "isolatedModules": true }',
    },
  ]
}

function swc(facts: DoctorFacts): Candidate[] {
  const { report, configs } = facts
  const costMs = sum(
    report.transforms.filter(({ transformer }) => transformer !== null && !/swc|esbuild/.test(transformer)),
    ({ totalMs, loadMs }) => totalMs + loadMs,
  )
  const resolved = new Map(
    configs.map(({ rootDir }) => [rootDir, tryResolve(`${rootDir}/package.json`, '@swc/jest')]),
  )
  const files = facts.files.filter(
    ({ config }) =>
      resolved.get(config.rootDir) !== undefined && config.transform.some(([, path]) => isReplaceable(path)),
  )
  if (files.length === 0 || costMs < LEAST_SHARE * report.totals.fileWallMs) return []
  return [
    {
      name: 'swc',
      title: '@swc/jest as transformer',
      reason: `transforming and loading transformers takes ${duration(costMs)}`,
      files: files.map(({ key }) => key),
      scope: 'files',
      group: 'transformer',
      mostMs: wallOf(costMs, facts),
      change: {
        options({ transform, rootDir }) {
          const path = resolved.get(rootDir)
          return path === undefined
            ? {}
            : { transform: transform.map(entry => (isReplaceable(entry[1]) ? [entry[0], path, {}] : entry)) }
        },
      },
      patch: () => "// in the Jest config\ntransform: { '^.+\\\\.[jt]sx?$': '@swc/jest' }",
    },
  ]
}

function isTsJest(path: string): boolean {
  return /[\\/]ts-jest[\\/]/.test(path)
}

function isReplaceable(path: string): boolean {
  return isTsJest(path) || /[\\/]babel-jest[\\/]/.test(path)
}

function injectedGlobals(facts: DoctorFacts): Candidate[] {
  const finding = facts.report.findings.find(({ id }) => id === 'sandbox-globals')
  const names = injectableGlobals(facts)
  if (finding === undefined || names.length === 0) return []
  const files = filesAt(finding.files, facts)
  return [
    {
      name: 'sandbox-globals',
      title: `${names.join(', ')} injected into modules`,
      reason: finding.title,
      files: (files.length === 0 ? facts.files : files).map(({ key }) => key),
      scope: 'files',
      mostMs: wallOf(finding.costMs, facts),
      change: {
        options: ({ sandboxInjectedGlobals }) => ({
          sandboxInjectedGlobals: [...sandboxInjectedGlobals, ...names] as typeof sandboxInjectedGlobals,
        }),
      },
      patch: () => `// in the Jest config\nsandboxInjectedGlobals: ${JSON.stringify(names)}`,
    },
  ]
}

function coverageProvider(facts: DoctorFacts): Candidate[] {
  const { collectCoverage, coverageProvider: now } = facts.globalConfig
  if (!collectCoverage) return []
  const other = now === 'v8' ? 'babel' : 'v8'
  const afterMs = facts.report.command?.after.coverageMs ?? 0
  return [
    {
      name: `coverage-${other}`,
      title: `coverage by ${other}`,
      reason: `coverage is collected by ${now}`,
      files: facts.files.map(({ key }) => key),
      scope: 'command',
      mostMs: afterMs + wallOf(facts.report.totals.cpuMs / 2, facts),
      change: { globalOptions: { coverageProvider: other } },
      patch: () => `// in the Jest config\ncoverageProvider: '${other}'`,
    },
  ]
}

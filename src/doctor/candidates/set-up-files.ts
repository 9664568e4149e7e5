// Set-up files, and what they import, left out where tests do not need them.

import { toSlashes } from '../../profile/paths.js'
import { ruleOf } from '../../report/finding-rules.js'
import { relativeTo } from '../../report/relative-path.js'
import { count, duration } from '../../report/views/figures.js'
import { type Candidate, type DoctorFacts, fileLines, type SuiteFile, wallOf } from '../candidate.js'
import { emptyModule } from './set-up-texts.js'

const LEAST_SHARE = 0.01

export function setUpFiles(facts: DoctorFacts): Candidate[] {
  const paths = new Set(
    facts.configs.flatMap(({ setupFiles, setupFilesAfterEnv }) => [...setupFiles, ...setupFilesAfterEnv]),
  )
  return [...paths].flatMap(path => withoutSetUp(path, facts))
}

function withoutSetUp(path: string, facts: DoctorFacts): Candidate[] {
  const shown = relativeTo(facts.report.run.displayRoot)(toSlashes(path))
  const files = facts.files.filter(
    ({ config }) => config.setupFiles.includes(path) || config.setupFilesAfterEnv.includes(path),
  )
  const row = facts.report.imports.find(({ module }) => module === shown)
  const costMs = row?.totalMs ?? 0
  if (costMs < LEAST_SHARE * facts.report.totals.fileWallMs) return []
  const without = (paths: readonly string[]) => paths.filter(other => other !== path)
  return [
    {
      name: `without-set-up:${shown}`,
      title: `without set-up file ${shown}`,
      reason: `loading it takes ${duration(costMs)} in ${count(files.length, 'test file')}`,
      files: files.map(({ key }) => key),
      scope: 'files',
      mostMs: wallOf(costMs, facts),
      change: {
        options: ({ setupFiles, setupFilesAfterEnv }) => ({
          setupFiles: without(setupFiles),
          setupFilesAfterEnv: without(setupFilesAfterEnv),
        }),
      },
      patch: (passing, isAll) => setUpPatch(shown, { passing, isAll, files }),
    },
  ]
}

function setUpPatch(
  path: string,
  { passing, isAll, files }: { passing: readonly string[]; isAll: boolean; files: readonly SuiteFile[] },
): string {
  if (isAll)
    return `// in the Jest config: no test needs it\n// remove ${path} from setupFiles and setupFilesAfterEnv`
  const needing = new Set(files.map(file => file.path))
  for (const file of passing) needing.delete(file)
  return (
    `// in the Jest config: two projects with the options of the present one,\n// ${path} in the set-up files of the first only\n` +
    `projects: [\n  { testMatch: [\n${[...needing].map(file => `    '<rootDir>/${file}',`).join('\n')}\n  ] },\n` +
    `  { testPathIgnorePatterns: [/* the same files */] },\n]\n// files that need no ${path}:\n${fileLines(passing)}`
  )
}

/** What the profile found to be loaded in set-up without being used. */
export function setUpImports(facts: DoctorFacts): Candidate[] {
  return facts.report.findings.flatMap(({ id, title, costMs, position, patch }): Candidate[] => {
    if (ruleOf(id) !== 'set-up-import') return []
    const name = id.slice('set-up-import:'.length)
    const rows = facts.report.imports.filter(row => row.package === name || row.module === name)
    const row = rows.toSorted((a, b) => b.totalMs - a.totalMs)[0]
    if (row === undefined) return []
    const toAbsolute = (path: string) => `${toSlashes(facts.report.run.displayRoot)}/${path}`
    const setUp = facts.writeSetUp(`without ${name}`, emptyModule(toAbsolute(row.module)))
    const from = position?.file ?? 'set-up'
    // Also for files that the profile takes for users of it: only a test tells.
    return [
      {
        name: `without-import:${name}`,
        title: `without ${name} in ${from}`,
        reason: title,
        files: facts.files.map(({ key }) => key),
        scope: 'files',
        mostMs: wallOf(Math.max(costMs, row.savedMs), facts),
        change: { options: ({ setupFiles }) => ({ setupFiles: [setUp, ...setupFiles] }) },
        patch: passing =>
          `// remove it from ${from}; ${patch === undefined ? `import ${name}` : patch.split('\n').at(-1)} in the test files that use it, which are not\n${fileLines(passing)}`,
      },
    ]
  })
}

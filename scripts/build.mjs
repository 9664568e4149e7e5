// Builds the package: JavaScript and types of src/, the pages as one script and one style sheet, and the
// JSON Schema of report.json from the Report's types.

import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { createGenerator } from 'ts-json-schema-generator'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What others load: package.json, Jest, a worker, and code of ours that waits until it is needed. */
const ENTRY_POINTS = [
  'cli',
  'collect/engines/v8-profiler-next',
  'collect/late-parts',
  'collect/memory/allocation-log',
  'collect/memory/sandbox-watch',
  'collect/stalls/watch-thread',
  'collect/states/thread-states',
  'doctor/trial/profile-run',
  'environment',
  'index',
  'jsdom',
  'node',
  'reporter',
  'launch/worker',
  'run/publish-run',
  'run/tell-stalls',
  'saved-runs/folding-thread',
]

/** What the `exports` and `bin` of package.json name. */
const PUBLIC_ENTRY_POINTS = ['cli', 'environment', 'index', 'jsdom', 'node', 'reporter']

/** What the processes of trials load. */
const TRIAL_ENTRY_POINTS = ['results-reporter', 'run-suite', 'trial-sequencer', 'trial-worker']

rmSync(`${root}build`, { recursive: true, force: true })
const tsc = fileURLToPath(import.meta.resolve('typescript/package.json')).replace(/package\.json$/, 'bin/tsc')
const compile = (...flags) =>
  execFileSync(process.execPath, [tsc, '--project', 'tsconfig.build.json', ...flags], {
    cwd: root,
    stdio: 'inherit',
  })
// Single modules, for benchmarks of parts.
compile('--declarationDir', 'build', '--outDir', '.cache/modules')
keepReachableTypes(PUBLIC_ENTRY_POINTS)

const { dependencies, peerDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

// Few files instead of 380 modules and those of small packages, because loading each takes time in the command and in every worker.
// Names and lines stay readable, so that stacks and profiles do. Dependencies that not every command loads stay apart.
const bundle = options =>
  buildSync({
    outdir: `${root}build`,
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: [...Object.keys({ ...dependencies, ...peerDependencies }), 'jest-*', '@jest/*'],
    metafile: true,
    logLevel: 'warning',
    ...options,
  }).metafile
const metafile = bundle({
  entryPoints: ENTRY_POINTS.map(entry => `${root}src/${entry}.ts`),
  outbase: `${root}src`,
})
// Apart, because what these share with the others would make the others load more files.
const trials = bundle({ entryPoints: TRIAL_ENTRY_POINTS.map(entry => `${root}src/doctor/trial/${entry}.ts`) })
withoutPaths(metafile, trials)

const page = buildSync({
  entryPoints: [
    { in: `${root}src/page/main.tsx`, out: 'main' },
    { in: `${root}src/page/style.css`, out: 'style' },
  ],
  outdir: `${root}build/page`,
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['chrome119', 'firefox119', 'safari17'],
  tsconfig: `${root}src/page/tsconfig.json`,
  metafile: true,
  logLevel: 'warning',
})
writeFileSync(`${root}build/LICENSES.txt`, licencesOf(metafile, trials, page.metafile))
cpSync(`${root}build/page`, `${root}.cache/modules/page`, { recursive: true })

const schema = createGenerator({
  path: `${root}src/report/report.ts`,
  tsconfig: `${root}tsconfig.build.json`,
  type: 'Report',
  topRef: false,
  skipTypeCheck: true,
  additionalProperties: true,
}).createSchema('Report')
const titled = { $id: 'jest-profiler/report.schema.json', title: 'jest-profiler report', ...schema }
writeFileSync(`${root}build/report.schema.json`, `${JSON.stringify(titled)}\n`)

/** Removes esbuild's comment with the path of each module: a worker reads all of them, and they are 1 % of the package. */
function withoutPaths(...metafiles) {
  for (const path of metafiles.flatMap(({ outputs }) => Object.keys(outputs))) {
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replaceAll(/^\/\/ (?:src|node_modules)\/\S+\n/gm, ''))
  }
}

/** The licences of bundled packages, which must be distributed with them. */
function licencesOf(...metafiles) {
  const folders = metafiles
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap(path => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? [])
  return [...new Set(folders)]
    .toSorted()
    .map(folder => {
      const name = readdirSync(folder).find(file => /^licen[cs]e/i.test(file))
      if (name === undefined) throw new Error(`${folder} has no licence file, so it cannot be bundled.`)
      return `${folder.replace(/^.*node_modules\//, '')}\n\n${readFileSync(`${folder}/${name}`, 'utf8')}`
    })
    .join('\n\n')
}

/** Removes declarations that no public one leads to: nine of ten. */
function keepReachableTypes(entries) {
  const reached = new Set(entries.map(entry => `${root}build/${entry}.d.ts`))
  for (const path of reached)
    for (const [, target] of readFileSync(path, 'utf8').matchAll(
      /(?:from|import\()\s*['"](\.[^'"]+)\.js['"]/g,
    ))
      reached.add(join(dirname(path), `${target}.d.ts`))
  const all = readdirSync(`${root}build`, { recursive: true, encoding: 'utf8' })
  for (const name of all) {
    const path = join(root, 'build', name)
    if (name.endsWith('.d.ts') && !reached.has(path)) rmSync(path)
  }
  // Innermost folders first.
  for (const name of all.toSorted((a, b) => b.length - a.length)) {
    const path = join(root, 'build', name)
    if (existsSync(path) && statSync(path).isDirectory() && readdirSync(path).length === 0) rmdirSync(path)
  }
}

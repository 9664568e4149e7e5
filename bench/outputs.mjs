// What writing each format of a saved run takes: time, size, and the memory of all together.

import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { decimals, withQuartiles } from './support/print.mjs'
import { ROOT } from './support/project.mjs'
import { UsageError } from './support/usage-error.mjs'

export const outputs = {
  usage: '<run folder> [--runs 7]',
  summary: 'time to write each format of a saved run',
  options: { runs: 7 },
  run,
}

async function run({ runs, positionals: [folder], print }) {
  if (folder === undefined) throw new UsageError('bench: outputs needs the folder of a saved run')
  if (!existsSync(join(folder, 'report.json')))
    throw new UsageError(`bench: there is no report.json in ${resolve(folder)}`)
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))
  const profile = await profileOf(folder)
  const formats = await formatsOf(report)
  const { piecesOf } = await built('recording/recording-file.js')
  const rows = formats.map(([name, make]) => {
    const times = []
    let bytes = 0
    for (let turn = 0; turn < runs; turn++) {
      const before = performance.now()
      const content = make({ report, profile, options: { topN: 10 } })
      bytes = 0
      for (const piece of piecesOf(content)) bytes += Buffer.byteLength(piece)
      times.push(performance.now() - before)
    }
    return [name, withQuartiles(times, decimals(0)), decimals(2)(bytes / 1e6)]
  })
  const { testFiles, tests } = report.totals
  print({
    part: report.run.suite,
    title: `outputs: a saved run of ${report.run.suite}`,
    jestVersion: report.run.jestVersion,
    notes: [
      `${runs} times each; median (quartiles)`,
      `${testFiles} test files, ${tests} tests, ${profile.stacks.frame.length} stacks, ${profile.samples.stack.length} rows of samples`,
      `peak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
    ],
    columns: ['', 'ms', 'MB'],
    rows,
  })
}

const built = path => import(join(ROOT, 'build', path))

async function profileOf(folder) {
  const { loadRun } = await built('saved-runs/load-run.js')
  const { profile } = await loadRun(folder)
  return profile
}

async function formatsOf(report) {
  const { ARTIFACT_FILES } = await built('artifacts/artifact-files.js')
  const { readPageAssets } = await built('artifacts/page-assets.js')
  const { toHtml } = await built('formats/html/html.js')
  const { hotSources } = await built('formats/html/hot-sources.js')
  const { rootDir } = report.run
  const readSource = path => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
  const html = ({ profile }) =>
    toHtml(profile, report, {
      assets: readPageAssets('main'),
      sources: hotSources(profile, { rootDir, readSource }),
      artifacts: {},
    })
  return [['html', html], ...Object.entries(ARTIFACT_FILES).map(([name, { content }]) => [name, content])]
}

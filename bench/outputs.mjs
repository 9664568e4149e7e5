// What writing each format of a saved run takes: time, size, and the memory of all together.

import { existsSync } from 'node:fs'
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
  if (!existsSync(join(folder, 'recordings')))
    throw new UsageError(`bench: there are no recordings in ${resolve(folder)}`)
  const { loadReport } = await built('saved-runs/load-run.js')
  const { exportContent } = await built('artifacts/artifact-files.js')
  const { ARTIFACT_NAMES } = await built('formats/artifact-names.js')
  const { piecesOf } = await built('recording/recording-file.js')
  const saved = await loadReport(folder)
  const rows = ARTIFACT_NAMES.map(name => {
    const times = []
    let bytes = 0
    for (let turn = 0; turn < runs; turn++) {
      const before = performance.now()
      const content = exportContent(name, saved, { topN: 10, embedSource: true })
      bytes = 0
      for (const piece of piecesOf(content)) bytes += Buffer.byteLength(piece)
      times.push(performance.now() - before)
    }
    return [name, withQuartiles(times, decimals(0)), decimals(2)(bytes / 1e6)]
  })
  const { report, profile } = saved
  const { testFiles, tests } = report.totals
  print({
    part: report.run.suite,
    title: `outputs: a saved run of ${report.run.suite}`,
    jestVersion: report.run.jestVersion,
    notes: [
      `${runs} times each; median (quartiles)`,
      `${testFiles} test files, ${tests} tests, ${profile.stacks.frame.length} stacks, ${profile.values.reduce((rows, { stack }) => rows + stack.length, 0)} rows of samples`,
      `peak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
    ],
    columns: ['', 'ms', 'MB'],
    rows,
  })
}

const built = path => import(join(ROOT, '.cache/modules', path))

// What the doctor claims: on a suite with ten planted causes of lost time and five decoys, and on one where nothing that is tried helps.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { runOrThrow } from './support/commands.mjs'
import { CAUSES, DECOY_SETTING, DECOYS, doctorSuite, idleSuite } from './support/doctor-suite.mjs'
import { decimals, progress } from './support/print.mjs'
import { createSuite, ROOT } from './support/project.mjs'

export const doctor = {
  usage: '[--repeats 20] [--suite planted|unchanged]',
  summary:
    'what the doctor confirms of planted causes and decoys, and how often it claims a gain where there is none',
  options: { repeats: 20, suite: undefined },
  run,
}

const CLI = join(ROOT, 'build/cli.js')
/** Settings that change nothing that the suite does. */
const IDLE_SETTINGS = [
  'maxConcurrency=20',
  'testTimeout=6000',
  'slowTestThreshold=4',
  'errorOnDeprecated=true',
]
const IDLE_MINUTES = 1

async function run({ repeats, suite, print }) {
  if (suite !== 'unchanged') printPlanted(print)
  if (suite !== 'planted') printIdle(repeats, print)
}

function printPlanted(print) {
  const planted = createSuite('doctor', doctorSuite())
  progress('planted causes')
  const answer = examine(planted, ['--set', DECOY_SETTING])
  print({
    part: 'planted',
    title: 'doctor: ten planted causes and five decoys',
    jestVersion: planted.jestVersion,
    notes: [
      `took ${decimals(0)(answer.tookMs / 1000)} s; the plain suite ${decimals(1)(answer.base.wallMs / 1000)} s`,
      togetherText(answer),
    ],
    columns: ['', 'planted as', 'verdict', 'saves, s', '95 %', 'rounds', 'files'],
    rows: [
      ...CAUSES.map(name => rowOf(name, 'cause', answer)),
      ...DECOYS.map(name => rowOf(name, 'decoy', answer)),
      ...answer.candidates
        .filter(({ name }) => !CAUSES.includes(name) && !DECOYS.includes(name))
        .map(({ name }) => rowOf(name, '', answer)),
    ],
  })
}

function printIdle(repeats, print) {
  const idle = createSuite('doctor-idle', idleSuite())
  const claims = []
  let trials = 0
  for (let repeat = 0; repeat < repeats; repeat++) {
    progress(`unchanged suite, ${repeat + 1} of ${repeats}`)
    const settings = IDLE_SETTINGS.flatMap(setting => ['--set', setting])
    const { candidates } = examine(idle, [...settings, '--only', 'set', '--budget', String(IDLE_MINUTES)])
    trials += candidates.filter(({ rounds }) => rounds > 0).length
    if (candidates.some(({ verdict }) => verdict === 'pays')) claims.push(repeat + 1)
  }
  print({
    part: 'unchanged',
    title: 'doctor: an unchanged suite',
    jestVersion: idle.jestVersion,
    notes: [
      `${IDLE_SETTINGS.length} settings without any effect in each session: ${IDLE_SETTINGS.join(', ')}`,
    ],
    columns: ['sessions', 'trials', 'sessions that claim a gain'],
    rows: [[String(repeats), String(trials), String(claims.length)]],
  })
}

function examine({ directory }, flags) {
  rmSync(join(directory, '.jest-profiler'), { recursive: true, force: true })
  const { stdout } = runOrThrow(process.execPath, [CLI, 'doctor', ...flags, '--json'], { cwd: directory })
  return JSON.parse(stdout)
}

function rowOf(name, planted, { candidates }) {
  const found = candidates.find(candidate => candidate.name === name)
  if (found === undefined) return [name, planted, 'no candidate', '', '', '', '']
  const seconds = ms => decimals(2)(ms / 1000)
  const { verdict, saved, rounds, files } = found
  return [
    name,
    planted,
    verdict,
    saved === null ? '' : seconds(saved.wallMs),
    saved === null ? '' : saved.interval95Ms.map(seconds).join(' … '),
    rounds === 0 ? '' : String(rounds),
    files.length === 0 ? '' : String(files.length),
  ]
}

function togetherText({ together }) {
  if (together === null) return 'nothing was confirmed'
  const seconds = ms => decimals(2)(ms / 1000)
  return `together ${seconds(together.wallMs)} s (95 %: ${together.interval95Ms.map(seconds).join(' … ')}) of ${seconds(together.baseMs)} s, ${together.rounds} rounds`
}

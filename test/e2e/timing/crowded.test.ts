// With more workers than cores, wall times grow, and CPU times do not.

import { availableParallelism } from 'node:os'
import { expect, test } from '@jest/globals'
import type { Report } from '../../../src/report/report.js'
import { createSuite } from '../support/suite.js'

const FILES = 6
const WORKERS = 4
/** Jest would run the files in band if all of them took less than a second. */
const SLEEP_MS = 1000

const WORK = `
test('works', () => {
  let sum = 0
  for (let i = 0; i < 1.5e8; i++) sum = (sum * 31 + i) % 65521
  expect(sum).toBeGreaterThan(0)
})
test('sleeps', () => new Promise(resolve => setTimeout(resolve, ${SLEEP_MS})))
`

/** Allows for parts that are each rounded to a thousandth. */
const DIGITS = 2

interface Told {
  wallMs: number
  cpuMs: number | null
  readyMs: number | null
  blockedMs: number | null
  idleMs: number | null
}

function expectToAddUp({ wallMs, cpuMs, readyMs, blockedMs, idleMs }: Told): void {
  expect(
    (cpuMs ?? Number.NaN) + (readyMs ?? 0) + (blockedMs ?? Number.NaN) + (idleMs ?? Number.NaN),
  ).toBeCloseTo(wallMs, DIGITS)
}

function expectSumsIn({ totals, files, phases }: Report): void {
  expectToAddUp({ ...totals, wallMs: totals.fileWallMs })
  const { betweenFiles: _, ...ofFiles } = phases
  for (const times of Object.values(ofFiles)) expectToAddUp(times)
  for (const file of files) {
    expectToAddUp(file)
    for (const times of Object.values(file.phases ?? {})) expectToAddUp(times)
    for (const told of file.tests) expectToAddUp(told)
  }
}

function testsNamed({ files }: Report, name: string) {
  return files.flatMap(({ tests }) => tests).filter(({ fullName }) => fullName === name)
}

test('CPU time is the same in one worker and in more workers than there are cores', async () => {
  const suite = await createSuite('30', {
    title: 'crowded',
    files: {
      ...Object.fromEntries(Array.from({ length: FILES }, (_, index) => [`work${index}.test.js`, WORK])),
      'package.json': '{ "private": true, "jest": { "testEnvironment": "node", "transform": {} } }',
    },
  })
  const profile = async (workers: number) => {
    const finished = await suite.profile(['-w', String(workers)])
    expect(finished).toMatchObject({ exitCode: 0 })
    return { ...finished, report: finished.report() }
  }
  const alone = await profile(1)
  const crowded = await profile(WORKERS)
  for (const { report, stderr } of [alone, crowded]) {
    expect(report.files).toHaveLength(FILES)
    expectSumsIn(report)
    const sleeping = testsNamed(report, 'sleeps').map(({ idleMs }) => idleMs ?? Number.NaN)
    expect(sleeping).toHaveLength(FILES)
    const idleMs = sleeping.reduce((sum, ms) => sum + ms, 0) / FILES
    expect(idleMs).toBeGreaterThan(SLEEP_MS - 50)
    expect(idleMs).toBeLessThan(SLEEP_MS + 100)
    const { readyMs, fileWallMs } = report.totals
    expect(stderr.includes('CPU contention')).toBe(readyMs !== null && readyMs > 0.2 * fileWallMs)
  }
  const { readyMs, fileWallMs } = crowded.report.totals
  // When the thread's clock is unavailable, time without a core counts as CPU time.
  if (readyMs === null) return
  const ratio = crowded.report.totals.cpuMs / alone.report.totals.cpuMs
  expect(ratio).toBeGreaterThan(0.75)
  expect(ratio).toBeLessThan(1.25)
  if (WORKERS > availableParallelism()) {
    expect(readyMs).toBeGreaterThan(0.1 * fileWallMs)
    expect(testsNamed(crowded.report, 'works').every(told => (told.readyMs ?? 0) > 0)).toBe(true)
  }
})

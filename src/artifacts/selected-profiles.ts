// Which test files and tests get a `.cpuprofile` file, and its path in the run folder.

import { createHash } from 'node:crypto'
import filenamify from 'filenamify'
import type { Options } from '../options/options.js'
import type { FileReport, TestReport } from '../report/file-report.js'
import type { Report } from '../report/report.js'
import { ownMs } from '../report/views/busy-machine.js'

/** Returns an entry for each file with a selection, so that its recording is read once. Paths are relative to the run folder. */
export function selectProfiles(
  { files }: Pick<Report, 'files'>,
  { perFile, perTest, topN }: Pick<Options, 'perFile' | 'perTest' | 'topN'>,
) {
  const recorded = files.filter(file => file.recording !== null)
  const ran = recorded.flatMap(file => file.tests.filter(test => test.wallMs > 0))
  const wantedFiles = new Set<FileReport>(choose(recorded, perFile, topN))
  const wantedTests = new Set<TestReport>(choose(ran, perTest, topN))
  const inSeveralProjects = duplicates(recorded.map(({ path }) => path))
  return recorded.flatMap(file => {
    const folder = safePath(inSeveralProjects.has(file.path) ? `${file.path}@${file.project}` : file.path)
    const tests = file.tests
      .filter(test => wantedTests.has(test))
      .map(({ index, attempt, name }) => ({
        index,
        attempt,
        path: `tests/${folder}/${testFileName(index, name.at(-1) ?? '', attempt)}.cpuprofile`,
      }))
    const wholeFile = wantedFiles.has(file) ? `files/${folder}.cpuprofile` : undefined
    return wholeFile === undefined && tests.length === 0 ? [] : [{ file, wholeFile, tests }]
  })
}

function choose<T extends Pick<FileReport | TestReport, 'wallMs' | 'readyMs' | 'cpuMs'>>(
  rows: T[],
  which: Options['perFile'],
  topN: number,
): T[] {
  if (which === 'none') return []
  if (which === 'all') return rows
  const slowest = rows.toSorted((a, b) => ownMs(b) - ownMs(a)).slice(0, topN)
  const costliest = rows.toSorted((a, b) => (b.cpuMs ?? 0) - (a.cpuMs ?? 0)).slice(0, topN)
  return [...slowest, ...costliest]
}

function duplicates(texts: readonly string[]): Set<string> {
  const seen = new Set<string>()
  return new Set(texts.filter(text => seen.has(text) || !seen.add(text)))
}

/** Bytes. File systems allow 255 for a name, including prefixes and extensions. */
const LONGEST = 100

/** Returns a file path with the same folders that is safe on every system and stays in its folder; distinct for distinct paths. */
export function safePath(path: string): string {
  const safe = path.split(/[/\\]/).filter(Boolean).map(safeSegment).join('/')
  return safe === path ? safe : `${safe}~${shortHash(path)}`
}

/** `3-adds-up`: the index distinguishes tests of the same name. */
export function testFileName(index: number, name: string, attempt: number): string {
  const slug = safeSegment(
    name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-+|-+$/g, ''),
  )
  return `${index}${attempt > 1 ? `.${attempt}` : ''}-${slug}`
}

function safeSegment(segment: string): string {
  if (segment === '..') return '__'
  let safe = filenamify(segment, { replacement: '_', maxLength: LONGEST })
  while (Buffer.byteLength(safe) > LONGEST) safe = [...safe].slice(0, -1).join('')
  return safe === '' ? '_' : safe
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

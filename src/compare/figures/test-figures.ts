// Report → figures of test files, tests and hooks. What did not run has no figure: it is missing, and not 0.

import { compareText } from '../../profile/order.js'
import { fileKey } from '../../profile/paths.js'
import type { FileReport, PhaseTimes, TestReport } from '../../report/file-report.js'
import type { RunRecord } from '../../report/record/run-record.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import type { Figure } from './figure.js'

type ToPath = (path: string) => string
type FigureTimes = Pick<FileReport, 'wallMs' | 'cpuMs' | 'uncertaintyMs'> | PhaseTimes

export function fileFigures({ files }: Report, toPath: ToPath): Figure[] {
  return files
    .filter(({ status, recording }) => status !== 'unfinished' && recording !== null)
    .map(({ path, project, ...times }) => ({
      entity: { name: [], file: toPath(path), project, line: 0, column: 0, category: null },
      times: wallAndCpu(times),
      totalMs: null,
    }))
}

/** In the order of their definitions; of several attempts the last, which decided how the test ended. */
export function testFigures({ files }: Report, record: RunRecord, toPath: ToPath): Figure[] {
  const bodies = bodiesOf(record)
  return files.flatMap(({ path, project, projectId, tests }) => {
    const last = new Map(tests.map(test => [test.index, test]))
    return [...last.values()].filter(ran).map(({ name, line, column, index, ...times }) => {
      const body = bodies.get(testKey({ projectId, path }, index))
      return {
        entity: { name, file: toPath(path), project, line, column, category: null },
        times: wallAndCpu(times),
        totalMs: null,
        ...(body === undefined ? {} : { body }),
      }
    })
  })
}

/** By `testKey`. */
function bodiesOf({ run, files }: RunRecord): Map<string, string> {
  const toRelative = relativeTo(run.displayRoot)
  return new Map(
    files.flatMap(({ projectId, path, recording }) =>
      (recording?.tests ?? []).flatMap(({ index, body }): [string, string][] =>
        body === undefined ? [] : [[testKey({ projectId, path: toRelative(path) }, index), body]],
      ),
    ),
  )
}

function testKey({ projectId, path }: Pick<FileReport, 'projectId' | 'path'>, index: number): string {
  return `${fileKey({ project: projectId, file: path })}\0${index}`
}

function ran({ status }: TestReport): boolean {
  return status === 'passed' || status === 'failed'
}

/** In the order of their definitions. */
export function hookFigures({ hooks }: Report, toPath: ToPath): Figure[] {
  return hooks
    .toSorted((a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column)
    .map(({ type, describe, file, line, column, ...times }) => ({
      entity: { name: [...describe, type], file: toPath(file), project: '', line, column, category: null },
      times: wallAndCpu(times),
      totalMs: null,
    }))
}

function wallAndCpu({ wallMs, cpuMs, uncertaintyMs }: FigureTimes): Figure['times'] {
  const wall = { ms: wallMs, errorMs: null }
  return cpuMs === null ? { wall } : { wall, cpu: { ms: cpuMs, errorMs: uncertaintyMs } }
}

// What test files left open, and what became of it → the report's open handles.

import { byDescending } from '../../profile/order.js'
import { SHORTEST_HELD_MS } from '../../recording/handle-note.js'
import type { OpenHandleReport } from '../handle-report.js'
import type { RunRecord } from '../record/run-record.js'
import type { Naming } from './listed-tests.js'
import { callReports, testReference } from './wait-reports.js'

export function buildOpenHandles(
  { files, handles = [] }: Pick<RunRecord, 'files' | 'handles'>,
  naming: Naming,
): OpenHandleReport[] {
  const known = new Map(handles.map(({ projectId, path, rows }) => [`${projectId} ${path}`, rows]))
  return files
    .flatMap(file =>
      (file.recording?.openHandles ?? []).flatMap(({ row, kind, stack, test, count }) => {
        const fate = known.get(`${file.projectId} ${file.path}`)?.[row]
        if (fate === undefined || fate.heldMs < SHORTEST_HELD_MS) return []
        return {
          kind,
          stack: callReports(stack, naming),
          file: naming.toRelative(file.path),
          project: file.project,
          test: test === undefined ? null : testReference(test, file, naming),
          count,
          ...fate,
        }
      }),
    )
    .toSorted(
      byDescending<OpenHandleReport>('heldMs', ({ project, file, test, kind, stack }) =>
        JSON.stringify([project, file, test?.index ?? -1, kind, stack]),
      ),
    )
}

// A function, test or import that allocates a large part of everything, with the option `memory`.

import { isOwnCode } from '../../profile/own-code.js'
import type { FunctionAllocation, MemoryReport, TestAllocation } from '../../report/memory-report.js'
import type { Finding, Report } from '../../report/report.js'
import { bytes, percent } from '../../report/views/figures.js'
import { nameText } from '../../report/views/names.js'
import { byPath } from '../evidence/files.js'
import { positionOf } from '../evidence/places.js'
import { type Facts, type FindingDraft, listed } from '../rule.js'
import { leastOfCollection } from './garbage-collection.js'

/** Of all that was allocated, and in bytes: less is soon collected. */
const LEAST_SHARE = 0.2
const LEAST_BYTES = 50e6

interface Allocated {
  readonly id: FindingDraft['id']
  readonly bytes: number
  /** What allocates. */
  readonly subject: string
  readonly evidence: string
  readonly remedy: string
  readonly position: Finding['position']
  readonly files: readonly string[]
}

export function heavyAllocations({ report, record }: Facts): FindingDraft[] {
  const { memory } = report
  const whole = memory?.allocated?.bytes ?? 0
  if (memory === undefined || whole === 0) return []
  const isHeavy = (amount: number) => amount >= LEAST_BYTES && amount >= LEAST_SHARE * whole
  // The finding about garbage collection names the same function.
  const isCollecting = report.totals.gcMs >= leastOfCollection(report)
  const ofFunction = memory.allocations.find(isOwnCode)
  const found = [
    ...(ofFunction === undefined || isCollecting ? [] : [functionFound(ofFunction)]),
    ...memory.tests.slice(0, 1).map(test => testFound(test, report)),
    ...memory.modules.slice(0, 1).map(moduleFound),
  ].filter(entry => isHeavy(entry.bytes))
  return found.map(entry => ({
    id: entry.id,
    confidence: 'high',
    title: `${entry.subject} allocates ${bytes(entry.bytes)}, ${percent(entry.bytes, whole)} of everything`,
    evidence: `${entry.evidence} Of the heap, ${bytes(whole)} were allocated in all test files, freed again or not.`,
    remedy: entry.remedy,
    position: entry.position,
    costMs: 0,
    allocatedBytes: entry.bytes,
    savings: {
      files: byPath(
        { report, record },
        entry.files.map(file => [file, 1]),
      ),
    },
  }))
}

function functionFound({
  function: name,
  file,
  line,
  column,
  bytes: own,
  tests,
}: FunctionAllocation): Allocated {
  const most = tests.map(test => `“${nameText(test.name)}” (${bytes(test.bytes)})`)
  return {
    id: `heavy-allocation:${file} ${name}`,
    bytes: own,
    subject: `\`${name}\``,
    evidence: most.length === 0 ? '' : `Most of it in ${listed(most)}.`,
    remedy: `Allocate less in \`${name}\`: make what stays the same once, outside of tests and hooks, and let tests use smaller data.`,
    position: positionOf({ file, line, column }),
    files: tests.map(test => test.file),
  }
}

function testFound(
  { name, file, index, project, allocatedBytes, allocations }: TestAllocation,
  { files }: Report,
): Allocated {
  const most = allocations.map(row => `\`${row.function}\` ${row.file}:${row.line} (${bytes(row.bytes)})`)
  const { line = 0, column = 0 } =
    files
      .find(known => known.path === file && known.project === project)
      ?.tests.find(test => test.index === index) ?? {}
  return {
    id: `heavy-allocation:${file} › ${nameText(name)}`,
    bytes: allocatedBytes,
    subject: `“${nameText(name)}”`,
    evidence: most.length === 0 ? '' : `Most of it by ${listed(most)}.`,
    remedy: 'Let the test use smaller data, and share what it only reads with other tests.',
    position: positionOf({ file, line, column }),
    files: [file],
  }
}

function moduleFound({ module, bytes: amount }: MemoryReport['modules'][number]): Allocated {
  return {
    id: `heavy-allocation:${module}`,
    bytes: amount,
    subject: `Loading ${module}`,
    evidence:
      'Each test file that imports it allocates this again, because Jest loads modules for each test file.',
    remedy:
      'Import it only where it is needed, make its tables when they are first used, or mock it in tests that do not need it.',
    position: positionOf({ file: module, line: 1, column: 1 }),
    files: [],
  }
}

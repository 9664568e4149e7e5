// The memory of a run's processes: waits for their notes, reads them, and asks snapshots what holds the sandboxes that are left.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { watchOf } from '../collect/memory/sandbox-watch.js'
import { withHeapSnapshot } from '../memory/heap-snapshot.js'
import { type HeldSandbox, heldSandboxes } from '../memory/holders.js'
import { toSlashes } from '../profile/paths.js'
import { ALL_DONE, MEMORY_EXTENSION, MEMORY_VERSION, sandboxKey } from '../recording/memory-names.js'
import { MEMORY_NOTE, type MemoryNote } from '../recording/memory-note.js'
import type { HolderRecord, KeptRecord, MemoryRecord } from '../report/record/memory-record.js'
import { describeIssue } from '../schema/issues.js'
import { findIssue } from '../schema/schema.js'
import { regularFile } from '../storage/stored-file.js'

/** A process that recorded test files. */
interface TestProcess {
  readonly processId: number
  readonly threadId: number
}

/** Milliseconds. A snapshot of a large heap takes many seconds. */
const LONGEST_WAIT = 120_000
const POLL = 50

export class RunMemory {
  readonly #incoming: string
  /** Workers. */
  readonly #processes = new Map<string, TestProcess>()

  /** `incoming`: the run's folder for new recordings. */
  constructor(incoming: string) {
    this.#incoming = incoming
  }

  /** Call after each test file, with the header of its recording. */
  ended(header: TestProcess | undefined): void {
    if (header === undefined) return
    const { processId, threadId } = header
    const isOwn = processId === process.pid && threadId === 0
    if (!isOwn) this.#processes.set(`${processId} ${threadId}`, { processId, threadId })
  }

  /** Tells workers that all test files are done, and waits until they have noted what they keep; Jest ends them after that. */
  async settleWorkers(): Promise<void> {
    // In band, Jest holds the last test file until after this call.
    if (this.#processes.size === 0) return
    writeFileSync(join(this.#incoming, ALL_DONE), '')
    const deadline = performance.now() + LONGEST_WAIT
    const isOpen = (one: TestProcess) => isAlive(one) && !isComplete(this.#incoming, one)
    while ([...this.#processes.values()].some(isOpen) && performance.now() < deadline) await setTimeout(POLL)
  }

  /** In band, this process notes its own memory, when Jest has let go of the last test file. */
  async settleOwnProcess(): Promise<void> {
    await watchOf(this.#incoming)?.settle()
  }

  record(originalOf: FindOriginal): MemoryRecord {
    return memoryOfRun(this.#incoming, originalOf)
  }
}

function isAlive({ processId }: TestProcess): boolean {
  try {
    return process.kill(processId, 0)
  } catch {
    return false
  }
}

function isComplete(incoming: string, { processId, threadId }: TestProcess): boolean {
  const path = join(incoming, `memory-${processId}-${threadId}${MEMORY_EXTENSION}`)
  return existsSync(path) && readNote(path).isComplete
}

/** Throws an Error for a note that is damaged or of another version. */
function readNote(path: string): MemoryNote {
  const note: MemoryNote = JSON.parse(readFileSync(regularFile(path), 'utf8'))
  if (note?.version !== MEMORY_VERSION) throw new Error(`it has version ${note?.version}`)
  const issue = findIssue(MEMORY_NOTE, note)
  if (issue !== undefined) throw new Error(describeIssue(issue))
  return note
}

/** Finds the original position of a function in the code that ran. */
type FindOriginal = (step: Required<HolderRecord>) => HolderRecord

function memoryOfRun(incoming: string, originalOf: FindOriginal): MemoryRecord {
  const problems: string[] = []
  const attempt = <T>(what: string, action: () => T): T | undefined => {
    try {
      return action()
    } catch (error) {
      problems.push(`${what} cannot be read: ${(error as Error).message}`)
      return undefined
    }
  }
  const names = readdirSync(incoming).filter(name => name.endsWith(MEMORY_EXTENSION))
  const notes = names.flatMap(
    name => attempt(`memory note ${name}`, () => readNote(join(incoming, name))) ?? [],
  )
  for (const { worker, withoutSnapshot } of notes)
    if (withoutSnapshot !== null)
      problems.push(`It is not known what holds the sandboxes of worker ${worker}: ${withoutSnapshot}`)
  const kept = notes.flatMap(note => {
    const { snapshot } = note
    const held =
      snapshot === null ? undefined : attempt(`heap snapshot ${snapshot}`, () => heldIn(incoming, snapshot))
    return keptOf(note, held, originalOf)
  })
  const isKept = new Set(kept.map(({ projectId, path }) => `${projectId} ${path}`))
  return {
    processes: notes.map(
      ({ worker, peakBytes, heapLimitBytes, collections, collectionMicros, snapshotMicros }) => {
        return { worker, peakBytes, heapLimitBytes, collections, collectionMicros, snapshotMicros }
      },
    ),
    files: notes.flatMap(({ worker, files }) =>
      files.map(({ testPath, ...file }) => {
        const path = toSlashes(testPath)
        return { ...file, isKept: file.isKept && isKept.has(`${file.projectId} ${path}`), path, worker }
      }),
    ),
    kept,
    problems,
    ownPeakBytes: notes.some(({ processId, threadId }) => processId === process.pid && threadId === 0)
      ? undefined
      : process.resourceUsage().maxRSS * 1024,
  }
}

function heldIn(incoming: string, snapshot: string): HeldSandbox[] {
  const path = join(incoming, snapshot)
  try {
    return withHeapSnapshot(regularFile(path), heldSandboxes)
  } finally {
    // It is as large as the heap.
    rmSync(path, { force: true })
  }
}

/** `held`: undefined without a snapshot. */
function keptOf(
  { files }: MemoryNote,
  held: readonly HeldSandbox[] | undefined,
  originalOf: FindOriginal,
): KeptRecord[] {
  const byKey = new Map(held?.map(sandbox => [sandbox.key, sandbox]))
  return files
    .filter(file => file.isKept === true && (held === undefined || byKey.has(sandboxKey(file))))
    .map(file => {
      const { path = [], retainedBytes = 0 } = byKey.get(sandboxKey(file)) ?? {}
      const holder = path.map(({ file: url, ...step }) =>
        url === null ? { ...step, file: null } : originalOf({ ...step, file: toSlashes(url) }),
      )
      return { projectId: file.projectId, path: toSlashes(file.testPath), retainedBytes, holder }
    })
}

// CPU time and memory of a child process and of all that it started, from Linux's /proc. Null elsewhere: Node has no such call.
// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html

import { readFileSync } from 'node:fs'

/** `sysconf(_SC_CLK_TCK)` on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100
const FIELDS_BEFORE_NAME = 2
const CHILDREN_USER = 16
const CHILDREN_SYSTEM = 17

/** Milliseconds of CPU that ended children, and theirs, took so far. */
export function cpuOfEndedChildren(): number | null {
  const fields = read('/proc/self/stat')
    ?.replace(/^.*\) /s, '')
    .split(' ')
  if (fields === undefined) return null
  // The name, which may hold spaces, is the second of the fields.
  const ticksAt = (field: number) => Number(fields[field - FIELDS_BEFORE_NAME - 1])
  return ((ticksAt(CHILDREN_USER) + ticksAt(CHILDREN_SYSTEM)) / TICKS_PER_SECOND) * 1000
}

/** Between two looks at the memory, in milliseconds: a look takes well below one. */
const LOOK_MS = 150

/** Looks at the memory of the process and of its children until it is told to stop. */
export class MemoryWatch {
  #peakBytes = 0
  readonly #timer: NodeJS.Timeout

  constructor(pid: number | undefined) {
    this.#timer = setInterval(() => {
      if (pid !== undefined) this.#peakBytes = Math.max(this.#peakBytes, residentBytes(pid))
    }, LOOK_MS)
  }

  /** The most that was seen of all processes together, in bytes; null: unknown. */
  stop(): number | null {
    clearInterval(this.#timer)
    return this.#peakBytes === 0 ? null : this.#peakBytes
  }
}

const PAGE_BYTES = 4096

function residentBytes(pid: number): number {
  const pages = Number(read(`/proc/${pid}/statm`)?.split(' ')[1] ?? 0)
  const children = read(`/proc/${pid}/task/${pid}/children`)?.trim().split(' ') ?? []
  return children.reduce(
    (bytes, child) => bytes + (child === '' ? 0 : residentBytes(Number(child))),
    pages * PAGE_BYTES,
  )
}

/** Undefined where there is no such file, as for a process that has ended. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

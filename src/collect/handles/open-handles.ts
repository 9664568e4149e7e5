// What a test file leaves open: timers, sockets, servers and other resources that keep their process alive, with the stack that
// created them. Where waits are not recorded, Node counts them by type.

import type { HandleKind } from '../../recording/enums.js'
import type { OpenHandles } from '../../recording/recording.js'

export interface OpenHandle {
  readonly kind: HandleKind
  /** Positions in the table of sites, innermost first; null: unknown. */
  readonly stack: readonly number[] | null
  /** Position of the attempt that created it; -1: none, or unknown. */
  readonly test: number
  readonly count: number
  /** Whether any of them is open now. With `byType`, others of the same type may be counted as well. */
  readonly isOpen: () => boolean
  readonly byType: boolean
}

/** https://nodejs.org/api/process.html#processgetactiveresourcesinfo. Pipes are left out, because standard streams are some. */
const COUNTED: Readonly<Record<string, HandleKind>> = {
  Timeout: 'timer',
  TCPServerWrap: 'server',
  PipeServerWrap: 'server',
  TCPSocketWrap: 'socket',
  UDPWrap: 'UDP socket',
  ProcessWrap: 'child process',
  FSEventWrap: 'file watcher',
  StatWatcher: 'file watcher',
}

const activeResources = process.getActiveResourcesInfo.bind(process)

/** The number of resources that keep this process alive, by kind. */
export function countOpen(): ReadonlyMap<HandleKind, number> {
  const counts = new Map<HandleKind, number>()
  for (const type of activeResources()) {
    const kind = COUNTED[type]
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}

/** What is open beyond what was open `before` the test file. */
export function openSince(before: ReadonlyMap<HandleKind, number>): OpenHandle[] {
  const more = (kind: HandleKind, now = countOpen()) => (now.get(kind) ?? 0) - (before.get(kind) ?? 0)
  const now = countOpen()
  return [...now.keys()]
    .map(kind => ({ kind, count: more(kind, now) }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => {
      return { kind, stack: null, test: -1, count, isOpen: () => more(kind) > 0, byType: true }
    })
}

export function handleColumns(handles: readonly OpenHandle[]): OpenHandles {
  return {
    kind: handles.map(({ kind }) => kind),
    stack: handles.map(({ stack }) => stack && [...stack]),
    test: handles.map(({ test }) => test),
    count: handles.map(({ count }) => count),
  }
}

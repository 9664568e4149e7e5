// Resources that a test file left open → what they are and which code made them. Loaded where something was left open.

import type { HandleKind } from '../../recording/enums.js'
import type { SiteTable } from '../call-sites.js'
import type { WaitEntry } from '../waits/resource-table.js'
import { describeResource } from '../waits/resources.js'
import type { OpenHandle } from './open-handles.js'
import { isOpenReference } from './open-resources.js'

/** Stacks that are read, which takes some 40 µs each. */
const MOST_STACKS = 200

interface HandleGroup {
  readonly kind: HandleKind
  readonly stack: readonly number[]
  readonly test: number
  readonly references: WeakRef<object>[]
  /** Of a child process and a worker there are channels, too. */
  channels: number
}

const CHANNELS: ReadonlySet<string> = new Set(['PIPEWRAP', 'MESSAGEPORT'])

/** Without resources that no code of the user has created. */
export function describeOpen(
  resources: readonly object[],
  entryOf: (resource: object) => WaitEntry | undefined,
  sites: SiteTable,
): OpenHandle[] {
  const groups = new Map<string, HandleGroup>()
  for (const resource of resources.slice(0, MOST_STACKS)) {
    const entry = entryOf(resource)
    if (entry === undefined) continue
    const { stack } = describeResource(entry, sites)
    if (stack.length === 0) continue
    const { test } = entry.awaited
    const kind = kindOf(entry, sites)
    const key = [kind, test, stack].join()
    const group = groups.get(key) ?? { kind, stack, test, references: [], channels: 0 }
    groups.set(key, group)
    group.references.push(new WeakRef(resource))
    if (CHANNELS.has(entry.type)) group.channels++
  }
  return [...groups.values()].map(({ references, channels, ...group }) => ({
    ...group,
    count: references.length - channels || channels,
    isOpen: () => references.some(isOpenReference),
    byType: false,
  }))
}

const BY_TYPE: Readonly<Record<string, HandleKind>> = {
  TCPSERVERWRAP: 'server',
  PIPESERVERWRAP: 'server',
  UDPWRAP: 'UDP socket',
  PROCESSWRAP: 'child process',
  WORKER: 'worker',
  FSEVENTWRAP: 'file watcher',
  STATWATCHER: 'file watcher',
}

function kindOf(entry: WaitEntry, sites: SiteTable): HandleKind {
  const { type, awaited } = entry
  if (type === 'Timeout') return awaited.repeats ? 'interval' : 'timer'
  const { nodeModules } = entry.stack.frames(sites)
  if (type === 'MESSAGEPORT') return nodeModules.includes('node:internal/worker') ? 'worker' : 'message port'
  const { kind } = describeResource(entry, sites)
  return BY_TYPE[type] ?? (kind === 'child process' || kind === 'HTTP request' ? kind : 'socket')
}

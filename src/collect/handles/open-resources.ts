// Resources that keep their process alive for as long as they are open. They are held weakly: when the test file has ended, those are
// asked for that still are.

import { ownerOf } from '../waits/handle-owner.js'

/** https://github.com/nodejs/node/blob/v24.0.0/src/async_wrap.h */
const KEEP_ALIVE: ReadonlySet<string> = new Set([
  'Timeout',
  'TCPSERVERWRAP',
  'TCPWRAP',
  'PIPESERVERWRAP',
  'PIPEWRAP',
  'UDPWRAP',
  'PROCESSWRAP',
  'WORKER',
  'MESSAGEPORT',
  'FSEVENTWRAP',
  'STATWATCHER',
])

/** References after which those of closed resources are removed for the first time. */
const FEW = 64

export class OpenResources {
  #references: WeakRef<object>[] = []
  #most = FEW

  /** `type`: of async_hooks. */
  add(type: string, resource: object): void {
    if (!KEEP_ALIVE.has(type)) return
    this.#references.push(new WeakRef(resource))
    if (this.#references.length < this.#most) return
    this.#references = this.#references.filter(isOpenReference)
    this.#most = Math.max(FEW, 2 * this.#references.length)
  }

  /** The oldest first. */
  get all(): object[] {
    return this.#references.flatMap(reference =>
      isOpenReference(reference) ? (reference.deref() ?? []) : [],
    )
  }
}

export function isOpenReference(reference: WeakRef<object>): boolean {
  const resource = reference.deref()
  return resource !== undefined && isOpen(resource)
}

interface Handle {
  hasRef?(): unknown
  /** Of a timer that has fired or was cleared, whose `hasRef` is not changed by that. */
  readonly _destroyed?: unknown
}

/** Whether a resource keeps the process alive: one that is closed or without a reference does not, nor do the standard streams. */
function isOpen(resource: Handle): boolean {
  try {
    return resource._destroyed !== true && resource.hasRef?.() === true && !isStandardStream(resource)
  } catch {
    // A mocked method.
    return false
  }
}

/** Whether it is stdin, stdout or stderr, which are opened when they are first used: https://nodejs.org/api/process.html#process-io */
function isStandardStream(resource: object): boolean {
  const { fd } = (ownerOf(resource) ?? {}) as { fd?: unknown }
  return typeof fd === 'number' && fd >= 0 && fd <= 2
}

// The connection from Jest's own thread to one that runs tests. https://nodejs.org/api/inspector.html, domain NodeWorker.

import { Session } from 'node:inspector'
import { posted, type TestThread } from '../collect/stalls/test-thread.js'

interface Attached {
  readonly params: { readonly sessionId: string; readonly workerInfo: { readonly title: string } }
}

interface Received {
  readonly params: { readonly sessionId: string; readonly message: string }
}

interface Detached {
  readonly params: { readonly sessionId: string }
}

interface Answer {
  readonly id?: number
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

interface Pending {
  readonly method: string
  resolve(result: unknown): void
  reject(error: Error): void
}

/** Undefined: there is no such thread. */
export async function connectToWorkerThread(threadId: number): Promise<TestThread | undefined> {
  const session = new Session()
  session.connect()
  let sessionId: string | undefined
  session.on('NodeWorker.attachedToWorker', ({ params }: Attached) => {
    // `workerId` is another number. https://github.com/nodejs/node/blob/v24.0.0/src/node_worker.cc
    if (params.workerInfo.title.startsWith(`[worker ${threadId}]`)) sessionId = params.sessionId
  })
  const close = () => {
    session.post('NodeWorker.disable')
    session.disconnect()
  }
  // It answers when it has attached to all threads.
  await posted(session, 'NodeWorker.enable', { waitForDebuggerOnStart: false })
  if (sessionId !== undefined) return new WorkerThread(session, sessionId, close)
  close()
  return undefined
}

class WorkerThread implements TestThread {
  readonly #session: Session
  readonly #sessionId: string
  readonly close: () => void
  readonly #pending = new Map<number, Pending>()
  #lastId = 0

  constructor(session: Session, sessionId: string, close: () => void) {
    this.#session = session
    this.#sessionId = sessionId
    this.close = close
    session.on('NodeWorker.receivedMessageFromWorker', ({ params }: Received) => {
      if (params.sessionId === sessionId) this.#receive(JSON.parse(params.message))
    })
    session.on('NodeWorker.detachedFromWorker', ({ params }: Detached) => {
      if (params.sessionId !== sessionId) return
      for (const { method, reject } of this.#pending.values())
        reject(new Error(`${method}: the thread has ended`))
      this.#pending.clear()
    })
  }

  post<T>(method: string, params: object = {}): Promise<T> {
    const id = ++this.#lastId
    return new Promise<T>((resolve, reject) => {
      this.#pending.set(id, { method, resolve: result => resolve(result as T), reject })
      const message = JSON.stringify({ id, method, params })
      posted(this.#session, 'NodeWorker.sendMessageToWorker', { sessionId: this.#sessionId, message }).catch(
        reject,
      )
    })
  }

  #receive({ id = 0, result, error }: Answer): void {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    if (error === undefined) pending?.resolve(result)
    else pending?.reject(new Error(`${pending.method}: ${error.message}`))
  }
}

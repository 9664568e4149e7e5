// Asks a worker thread of this process where it is, as collect/stalls/main-thread.ts asks the main thread: V8 runs the question in
// between, in an endless loop as well. https://nodejs.org/api/inspector.html, domain NodeWorker.

import { Session } from 'node:inspector'
import { answered, PATIENCE, questionText } from '../collect/stalls/main-thread.js'
import type { Question, Whereabouts } from '../recording/whereabouts.js'

interface Attached {
  readonly params: { readonly sessionId: string; readonly workerInfo: { readonly title: string } }
}

interface Received {
  readonly params: { readonly message: string }
}

const NO_ANSWER: Whereabouts = { state: 'blocked', kind: '', calls: [] }

/** Undefined: there is no such thread, or it records no test file. */
export function askWorkerThread(threadId: number, question: Question): Promise<Whereabouts | undefined> {
  const session = new Session()
  session.connect()
  const post = (method: string, params?: object) => session.post(method, params ?? {})
  const asked = new Promise<Whereabouts | undefined>(resolve => {
    let isAttached = false
    const timer = setTimeout(() => resolve(isAttached ? NO_ANSWER : undefined), PATIENCE)
    session.on('NodeWorker.attachedToWorker', ({ params }: Attached) => {
      // `workerId` is another number. https://github.com/nodejs/node/blob/v24.0.0/src/node_worker.cc
      if (!params.workerInfo.title.startsWith(`[worker ${threadId}]`)) return
      isAttached = true
      const expression = questionText(question)
      const message = { id: 1, method: 'Runtime.evaluate', params: { expression, silent: true } }
      post('NodeWorker.sendMessageToWorker', {
        sessionId: params.sessionId,
        message: JSON.stringify(message),
      })
    })
    session.on('NodeWorker.receivedMessageFromWorker', ({ params }: Received) => {
      const { id, result } = JSON.parse(params.message)
      if (id !== 1) return
      clearTimeout(timer)
      resolve(answered(result))
    })
    post('NodeWorker.enable', { waitForDebuggerOnStart: false })
  })
  return asked.finally(() => {
    post('NodeWorker.disable')
    session.disconnect()
  })
}

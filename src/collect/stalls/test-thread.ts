// The inspector's own connection to the thread that runs tests, from another one: no port, no signal, and nothing is printed. V8 answers in
// between, in an endless loop as well.

import { Session } from 'node:inspector'

export interface TestThread {
  /** Rejects with an Error if the thread refuses or has ended. Waits while the thread is in a call of Node's or the system's. */
  post<T>(method: string, params?: object): Promise<T>
  close(): void
}

/** Connects again at each call, because a session that is open delays the end of a thread. Undefined: the thread has ended. */
export type ConnectToTests = () => Promise<TestThread | undefined>

/** From another thread of the process. */
export const connectToMainThread: ConnectToTests = async () => {
  const session = new Session()
  session.connectToMainThread()
  return { post: (method, params) => posted(session, method, params), close: () => session.disconnect() }
}

/** Rejects with an Error of the inspector's. */
export function posted<T>(session: Session, method: string, params: object = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    session.post(method, params, (error: Error | null, answer?: object) => {
      if (error === null) resolve(answer as T)
      else reject(new Error(`${method}: ${error.message}`))
    })
  })
}

// Where a test is that has been running for long, as text, with original positions.

import { isOwnFile } from '../profile/own-code.js'
import { toSlashes } from '../profile/paths.js'
import type { RunningCall, Whereabouts } from '../recording/whereabouts.js'
import { SourceMaps } from '../resolve/source-maps.js'

/** `in checkAgain src/backoff.js:4`, `waits for timer src/a.js:9`, `in a synchronous call, with the child process …`; `''`: unknown. */
export function whereaboutsText(
  { state, kind, calls }: Whereabouts,
  toShown: (path: string) => string,
): string {
  if (state === 'blocked')
    return kind === ''
      ? 'in a synchronous call that does not return to JavaScript'
      : `in a synchronous call, with the child process \`${kind}\``
  const call = calls.find(({ file }) => isOwnFile(toSlashes(file))) ?? calls[0]
  if (call === undefined) return state === 'waiting' ? 'waits for a promise' : ''
  const { file, line } = originalOf(call)
  const place = `${toShown(file)}:${line}`
  if (state === 'waiting') return `waits for ${kind} ${place}`
  return `in ${call.function === '' ? '' : `${call.function} `}${place}`
}

/** The position in the code that the user wrote. */
export function originalOf({ file, line, column, sourceMap }: RunningCall): { file: string; line: number } {
  const generated = { file: toSlashes(file), line, column }
  if (sourceMap === null) return generated
  return new SourceMaps().original(file, { kind: 'file', path: sourceMap }, generated) ?? generated
}

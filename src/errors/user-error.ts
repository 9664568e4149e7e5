import { stripVTControlCharacters } from 'node:util'

/**
 * A mistake that the user can fix. The message is one line: where, what is wrong, what was given, what to do.
 * Its stack is the message alone, because Jest and Node print stacks and ours would not help the user.
 * A message may quote damaged files, and terminals interpret control characters: each becomes a space.
 */
export class UserError extends Error {
  override readonly name = 'UserError'

  /** `message`: more than one line if several things are wrong, or if output of another program follows. */
  constructor(message: string | readonly string[], options?: ErrorOptions) {
    super([message].flat().map(sanitize).join('\n'), options)
    this.stack = this.message
  }
}

/** The text on one line and without control sequences, because names come from test code. */
export function sanitize(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ')
}

/**
 * A mistake that the user can fix. The message is one line: where, what is wrong, what was given, what to do.
 * Its stack is the message alone, because Jest and Node print stacks and ours would not help the user.
 */
export class UserError extends Error {
  override readonly name = 'UserError'

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.stack = message
  }
}

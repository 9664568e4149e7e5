/**
 * A mistake that the user can mend. The message is one line: where, what is wrong, what was given, what to do.
 * Its stack is the message alone, for Jest and Node print stacks and ours would say nothing to the user.
 */
export class UserError extends Error {
  override readonly name = 'UserError'

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.stack = message
  }
}

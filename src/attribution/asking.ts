// Functions that ask again and again until something is true, told by their names: nothing else tells a condition that is
// polled for from a pulse that goes on beside the work.

const NAMES = 'waitFor|waitUntil|poll|retry|until|eventually'

/** A call in a line of source; Testing Library's queries, which poll too, are what such a call is to be replaced by. */
export const ASKING_CALL = new RegExp(`\\b(?:${NAMES})\\w*\\s*\\(`)
const NAME = new RegExp(`^(?:async )?(?:\\w+\\.)*(?:${NAMES}|find(?:All)?By)`, 'i')

/** Whether a function is one, by its name as V8 gives it. */
export function isAskingName(name: string): boolean {
  return NAME.test(name)
}

// Lets the thread beside the tests ask where they are.

import { ANSWER, type Question } from '../../recording/whereabouts.js'
import { requireLateParts } from '../late-modules.js'
import type { Asked } from './whereabouts.js'

/** Answers from now on; undefined: no more. */
export function answerWith(asked: Asked | undefined): void {
  if (asked === undefined) Reflect.deleteProperty(globalThis, ANSWER)
  else {
    const value = (question: Question) => requireLateParts().answerQuestion(asked, question)
    Object.defineProperty(globalThis, ANSWER, { value, configurable: true })
  }
}

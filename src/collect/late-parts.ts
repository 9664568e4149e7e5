// What few workers need, in one file: where a test runs for long, or a test file leaves something open.

export { describeOpen } from './handles/describe-open.js'
export { HandleWatch } from './handles/handle-watch.js'
export { takeSoFar } from './partial-recording.js'
export { answerQuestion } from './stalls/whereabouts.js'

// How long each sample of a recording stands for.

import type { Microseconds } from '../profile/profile.js'
import { perRecording } from './per-recording.js'

/** A sample stands for the time until the next one, the last for the rest of the recording. */
export const sampleWeights = perRecording(({ header, samples: { time } }): readonly Microseconds[] =>
  time.map((moment, sample) => Math.max(0, (time[sample + 1] ?? header.wallMicros) - moment)),
)

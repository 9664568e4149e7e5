// Recordings of a large suite, each slightly different, which are generated without running tests.

import type { Frame } from '../../src/profile/profile.js'
import { RESOLVED_VERSION, type ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { drawnFrame } from './profile-from-text.js'
import { header, NOTHING_NOTED, span } from './recording.js'
import { RUN_START } from './run-record.js'

export interface LargeRun {
  files: number
  testsOfEach: number
  samplesOfEach: number
  /** Number of distinct stacks of each file; many functions are shared between files. */
  stacksOfEach: number
  workers: number
}

const SAMPLE = 10_000

export function largeRun({ files, ...shape }: LargeRun): ResolvedRecording[] {
  return Array.from({ length: files }, (_, file) => oneFile(file, { files, ...shape }))
}

function oneFile(
  file: number,
  { testsOfEach, samplesOfEach, stacksOfEach, workers }: LargeRun,
): ResolvedRecording {
  const frames: Frame[] = [{ ...drawnFrame('program'), name: '(root)' }, drawnFrame('idle')]
  const nodes = { frame: [0, 1], caller: [-1, 0] }
  for (let stack = 0; stack < stacksOfEach; stack++) {
    const isShared = stack % 2 === 0
    const name = isShared ? `shared${stack}` : `own${file}_${stack}`
    frames.push({
      ...drawnFrame(isShared ? `${name}[dependency:package-${stack % 40}]` : name),
      line: stack + 1,
    })
    nodes.frame.push(frames.length - 1)
    nodes.caller.push(stack % 9 === 0 ? 0 : nodes.caller.length - 1)
  }
  const wall = samplesOfEach * SAMPLE
  const length = Math.floor((wall * 0.8) / testsOfEach)
  const start = (index: number) => Math.floor(wall * 0.15) + index * length
  const { wrapperLength: _, ...ownHeader } = header({
    testPath: `/project/src/feature-${file % 50}/part-${file}.test.ts`,
    worker: (file % workers) + 1,
    startedAtMs: RUN_START + Math.floor(file / workers) * (wall / 1000 + 5),
    wallMicros: wall,
    samplingIntervalMicros: SAMPLE,
  })
  return {
    version: RESOLVED_VERSION,
    ...NOTHING_NOTED,
    header: ownHeader,
    phases: [
      { phase: 'environment', start: 0 },
      { phase: 'imports', start: Math.floor(wall * 0.05) },
      { phase: 'other', start: Math.floor(wall * 0.15) },
      { phase: 'teardown', start: Math.floor(wall * 0.97) },
    ],
    tests: Array.from({ length: testsOfEach }, (_, index) =>
      span({
        index,
        name: [`feature ${file % 50}`, `part ${file}`, `does the thing number ${index}`],
        start: start(index),
        end: start(index) + length,
      }),
    ),
    sites: { frame: [], line: [], column: [] },
    atomicsWaitNodes: [],
    frames,
    nodes,
    ticks: { node: [], line: [], count: [] },
    samples: {
      node: Array.from({ length: samplesOfEach }, (_, sample) =>
        sample % 7 === 3 ? 1 : 2 + ((sample * 31 + file) % stacksOfEach),
      ),
      time: Array.from({ length: samplesOfEach }, (_, sample) => sample * SAMPLE),
    },
  }
}

// Colours and meanings of categories. The hues are those of Okabe and Ito, which colour-blind readers can distinguish,
// lightened to a contrast above 7 with black text: https://jfly.uni-koeln.de/color/

import type { Category, Phase } from '../profile/profile.js'

export const CATEGORY_LOOKS: Readonly<Record<Category, Record<'colour' | 'meaning', string>>> = {
  source: { colour: '#6fb1e8', meaning: 'the project’s own code' },
  test: { colour: '#bfdcf5', meaning: 'test files' },
  dependency: { colour: '#f0b24a', meaning: 'packages' },
  jest: { colour: '#dda7cb', meaning: 'Jest itself' },
  transform: { colour: '#ec9165', meaning: 'transformers, such as Babel' },
  compile: { colour: '#8fd0c8', meaning: 'V8 compiling modules' },
  stacks: { colour: '#d8b0e8', meaning: 'reading and mapping error stacks' },
  node: { colour: '#5fc5a0', meaning: 'Node’s built-in modules' },
  native: { colour: '#b7c9a8', meaning: 'code of the engine' },
  gc: { colour: '#efe45c', meaning: 'garbage collection' },
  program: { colour: '#c9c9c9', meaning: 'the engine outside of functions, or not sampled' },
  profiler: { colour: '#a8a8a8', meaning: 'this profiler' },
  idle: { colour: '#e3e0da', meaning: 'waiting: nothing ran' },
}

/** The colour of a thread that is blocked in a synchronous call. */
export const BLOCKED_COLOUR = '#dfa98f'

const SET_UP = { text: 'set-up', colour: '#b9b4c9' }
const HOOKS_AND_TESTS = { text: 'hooks and tests', colour: '#6fb1e8' }

/** Colours of the phases of test files, in the bar of the command. */
export const PHASE_COLOURS: Readonly<Record<Phase, string>> = {
  environment: '#c3b3e0',
  setupFiles: '#e6c3dc',
  framework: '#dda7cb',
  setupFilesAfterEnv: '#f2c98e',
  imports: '#f0b24a',
  hooks: '#8fd0c8',
  tests: '#6fb1e8',
  teardown: '#a8a49c',
  other: '#d6cfc2',
}

/** Colours of the other parts of the command. */
export const COMMAND_COLOURS = { around: '#b7c9a8', noFile: '#e3e0da' }

/** The four steps of a worker for a test file, by phase. */
export const STEPS: Readonly<Record<Phase, { text: string; colour: string }>> = {
  environment: SET_UP,
  setupFiles: SET_UP,
  framework: SET_UP,
  setupFilesAfterEnv: SET_UP,
  imports: { text: 'imports', colour: '#f0b24a' },
  hooks: HOOKS_AND_TESTS,
  tests: HOOKS_AND_TESTS,
  teardown: { text: 'teardown', colour: '#8f8b84' },
  other: HOOKS_AND_TESTS,
}

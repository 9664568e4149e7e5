// Colours and names of categories. The hues are those of Okabe and Ito, which colour-blind readers can tell apart,
// lightened so that black text on them has a contrast of more than 7: https://jfly.uni-koeln.de/color/

import type { Category, Phase } from '../profile/profile.js'

export const COLOURS: Readonly<Record<Category, string>> = {
  source: '#6fb1e8',
  test: '#bfdcf5',
  dependency: '#f0b24a',
  jest: '#dda7cb',
  transform: '#ec9165',
  compile: '#8fd0c8',
  stacks: '#d8b0e8',
  node: '#5fc5a0',
  native: '#b7c9a8',
  gc: '#efe45c',
  program: '#c9c9c9',
  profiler: '#a8a8a8',
  idle: '#e3e0da',
}

/** The colour of a thread that stands still in a synchronous call. */
export const BLOCKED_COLOUR = '#dfa98f'

export const MEANING: Readonly<Record<Category, string>> = {
  source: 'the project’s own code',
  test: 'test files',
  dependency: 'packages',
  jest: 'Jest itself',
  transform: 'transformers, such as Babel',
  compile: 'V8 compiling modules',
  stacks: 'reading and mapping error stacks',
  node: 'Node’s built-in modules',
  native: 'code of the engine',
  gc: 'garbage collection',
  program: 'the engine outside of functions, or not sampled',
  profiler: 'this profiler',
  idle: 'waiting: nothing ran',
}

/** What a worker did for a file, in four steps. */
export const STEPS: Readonly<Record<string, { colour: string; phases: readonly Phase[] }>> = {
  'set-up': { colour: '#b9b4c9', phases: ['environment', 'setupFiles', 'framework', 'setupFilesAfterEnv'] },
  imports: { colour: '#f0b24a', phases: ['imports'] },
  'hooks and tests': { colour: '#6fb1e8', phases: ['other', 'hooks', 'tests'] },
  teardown: { colour: '#8f8b84', phases: ['teardown'] },
}

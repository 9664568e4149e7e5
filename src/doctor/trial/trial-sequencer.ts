// Chooses the test files of a trial, and gives some of them other options, as if they belonged to another project.
// https://jestjs.io/docs/configuration#testsequencer-string

import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { Test } from '@jest/reporters'
import { fileKey, toSlashes } from '../../profile/paths.js'
import { currentTrial } from './current-trial.js'
import type { ProjectOptions } from './trial-spec.js'

interface Sequencer {
  sort(tests: Test[]): Test[] | Promise<Test[]>
  shard?(tests: Test[], options: object): Test[] | Promise<Test[]>
  allFailedTests?(tests: Test[]): Test[] | Promise<Test[]>
}

export default class TrialSequencer implements Sequencer {
  readonly #options: readonly unknown[]
  #original: Sequencer | undefined

  constructor(...options: readonly unknown[]) {
    this.#options = options
  }

  async sort(tests: Test[]): Promise<Test[]> {
    const { only } = currentTrial().spec
    const chosen = only === null ? undefined : new Set(only)
    const sorted = await (await this.#project()).sort(tests)
    const changed = changedTests()
    // Without durations, which are those of other trials, Jest decides for workers in each trial alike.
    return sorted
      .filter(test => chosen?.has(keyOf(test)) !== false)
      .map(test => changed({ ...test, duration: undefined } as unknown as Test))
  }

  async shard(tests: Test[], options: object): Promise<Test[]> {
    return (await (await this.#project()).shard?.(tests, options)) ?? tests
  }

  async allFailedTests(tests: Test[]): Promise<Test[]> {
    return (await (await this.#project()).allFailedTests?.(tests)) ?? tests
  }

  /** A trial must not change in which order the project's tests run. */
  cacheResults(): void {}

  async #project(): Promise<Sequencer> {
    this.#original ??= await makeSequencer(currentTrial().read.globalConfig.testSequencer, this.#options)
    return this.#original
  }
}

type SequencerClass = new (...options: readonly unknown[]) => Sequencer

async function makeSequencer(path: string, options: readonly unknown[]): Promise<Sequencer> {
  const loaded = await loadModule(path)
  const Class = (loaded.default?.default ?? loaded.default ?? loaded) as SequencerClass
  return new Class(...options)
}

interface ImportedModule {
  readonly default?: ImportedModule
}

async function loadModule(path: string): Promise<ImportedModule> {
  try {
    return createRequire(import.meta.url)(path)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (!/^ERR_REQUIRE_/.test(code)) throw error
    return import(pathToFileURL(path).href)
  }
}

function keyOf({ path, context }: Test): string {
  return fileKey({ project: context.config.id, file: toSlashes(path) })
}

/** Files of one project with the same options share a context, because Jest prepares each. */
function changedTests(): (test: Test) => Test {
  const { changed } = currentTrial().spec
  const optionsOf = new Map(changed.flatMap(({ files, options }) => files.map(file => [file, options])))
  const contexts = new Map<Test['context'], Map<ProjectOptions, Test['context']>>()
  return test => {
    const options = optionsOf.get(keyOf(test))
    if (options === undefined) return test
    const known = contexts.get(test.context) ?? new Map<ProjectOptions, Test['context']>()
    contexts.set(test.context, known)
    const config = Object.freeze({ ...test.context.config, ...options })
    const context = known.get(options) ?? { ...test.context, config }
    known.set(options, context)
    return { ...test, context }
  }
}

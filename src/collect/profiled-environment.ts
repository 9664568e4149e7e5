// Constructs a test environment that is recorded. The instance is the base class's own, so private fields, `exportConditions` and
// everything else work; its `setup`, `handleTestEvent` and `teardown` are wrapped.

import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment'
import type { Circus, Config } from '@jest/types'
import { UserError } from '../errors/user-error.js'
import { reportEvent } from '../jest/circus.js'
import {
  type AnyClass,
  type EnvironmentClass,
  loadEnvironment,
  OPTIONS_KEY,
} from '../jest/environment-module.js'
import { startRecording } from './active-recording.js'
import { requireSandboxWatch } from './late-modules.js'
import type { SandboxWatch } from './memory/sandbox-watch.js'
import { withoutThrowing } from './memory/without-throwing.js'
import { hideOwnFrames } from './own-frames.js'
import type { Recorder } from './recorder.js'
import { findRunLink, type RunLink } from './run-link.js'

/** Marks classes whose instances are recorded already, by any copy of this package. */
const RECORDS_ITSELF = Symbol.for('jest-profiler.records-itself')

/**
 * The same environment class with every test file recorded:
 *
 * ```ts
 * export default withProfiling(MyEnvironment)
 * ```
 *
 * Instances are those of `Base`, so private fields and statics work. Its constructor gets Jest's config without our options.
 */
export function withProfiling<Base extends AnyClass>(Base: Base): Base {
  return new Proxy(Base, {
    construct(_target, args, newTarget): object {
      const [config, context, ...others] = args as [JestEnvironmentConfig, EnvironmentContext, ...unknown[]]
      const constructBase = (stripped: JestEnvironmentConfig): JestEnvironment =>
        Reflect.construct(Base, [stripped, context, ...others], newTarget)
      return constructProfiled(config, context, constructBase)
    },
  })
}

/** The same class for `npx jest-profiler`, where no config has the profiler: recorded in runs with our reporter, otherwise unchanged. */
export function recordedEnvironment<Base extends AnyClass>(Base: Base): Base {
  if (RECORDS_ITSELF in Base) return Base
  return new Proxy(Base, {
    construct(_target, args, newTarget): object {
      const [config, context] = args as [JestEnvironmentConfig, EnvironmentContext]
      const constructBase = (): JestEnvironment => Reflect.construct(Base, args, newTarget)
      const isRecorded = findRunLink(config.globalConfig) !== undefined
      return isRecorded ? constructProfiled(config, context, constructBase) : constructBase()
    },
  })
}

/** Constructs an environment with `constructBase`, which gets the config without our options, and records it, even if that throws. */
function constructProfiled(
  config: JestEnvironmentConfig,
  context: EnvironmentContext,
  constructBase: (stripped: JestEnvironmentConfig) => JestEnvironment,
): JestEnvironment {
  const watch = RECORDED in context ? undefined : watchFor(config)
  withoutThrowing(() => watch?.beforeFile())
  const recorder = recorderFor(config, context)
  Object.assign(context, { [RECORDED]: true })
  try {
    const environment = constructBase(withoutOwnOptions(config))
    withoutThrowing(() =>
      watch?.add(
        { projectId: config.projectConfig.id, testPath: context.testPath },
        environment.getVmContext(),
      ),
    )
    if (recorder !== undefined) {
      recorder.note(({ phases }) => phases.enter('other'))
      attach(environment, recorder, watch)
    }
    return environment
  } catch (error) {
    recorder?.finish('environment failed')
    throw error
  }
}

// An environment that is wrapped twice, by its author and by the config, is recorded once, even by two copies of this package.
const RECORDED = Symbol.for('jest-profiler.recorded')

function recorderFor(config: JestEnvironmentConfig, context: EnvironmentContext): Recorder | undefined {
  if (RECORDED in context) return undefined
  const link = findRunLink(config.globalConfig)
  if (link === undefined) {
    warnWithoutReporter(config)
    return undefined
  }
  return isIncluded(link, context.testPath) ? startRecording(link, config, context) : undefined
}

/** Undefined without the option `memory`. */
function watchFor({ globalConfig }: JestEnvironmentConfig): SandboxWatch | undefined {
  const link = findRunLink(globalConfig)
  return link?.memory === true ? requireSandboxWatch().sandboxWatch(link.incoming) : undefined
}

/** Whether the `include` option lets this test file be recorded. */
export function isIncluded(
  { include, displayRoot }: Pick<RunLink, 'include' | 'displayRoot'>,
  testPath: string,
): boolean {
  if (include === null) return true
  const [root, file] = [displayRoot, testPath].map(path => path.replaceAll('\\', '/')) as [string, string]
  const path = file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file
  return include.some(source => new RegExp(source).test(path))
}

// Module state: one warning per process, and only in the first worker.
let warned = false

function warnWithoutReporter({ globalConfig }: JestEnvironmentConfig): void {
  const collecting = (globalConfig as { collectTests?: boolean }).collectTests === true
  if (warned || collecting || (process.env.JEST_WORKER_ID ?? '1') !== '1') return
  warned = true
  process.stderr.write(
    'jest-profiler: nothing is recorded, because this run has no jest-profiler/reporter. ' +
      "Add 'jest-profiler/reporter' to `reporters` in the Jest config, or to --reporters where that flag is used.\n",
  )
}

function withoutOwnOptions(config: JestEnvironmentConfig): JestEnvironmentConfig {
  const { [OPTIONS_KEY]: _own, ...testEnvironmentOptions } = config.projectConfig.testEnvironmentOptions
  return { ...config, projectConfig: { ...config.projectConfig, testEnvironmentOptions } }
}

// Methods are replaced on the instance, because a base class may assign any of them in its constructor.
function attach(environment: JestEnvironment, recorder: Recorder, watch: SandboxWatch | undefined): void {
  const { handleTestEvent, setup, teardown } = environment
  const own = {
    async setup() {
      // Jest has installed its formatter of stacks.
      recorder.note(({ phases }) => {
        hideOwnFrames((environment.global as unknown as typeof globalThis).Error)
        // After the set-up files.
        phases.enter('environment')
      })
      await setup.call(environment)
      recorder.note(({ phases }) => phases.setupEnds())
    },
    handleTestEvent(event: Circus.Event, state: Circus.State) {
      recorder.note(log => reportEvent(event, state, log))
      return handleTestEvent?.call(environment, event as Circus.SyncEvent, state)
    },
    async teardown() {
      recorder.tearsDown()
      try {
        await teardown.call(environment)
      } finally {
        await recorder.finishAfterTeardown()
        withoutThrowing(() => watch?.afterFile())
      }
    },
  }
  for (const [name, value] of Object.entries(own)) {
    Object.defineProperty(environment, name, { value, writable: true, configurable: true, enumerable: false })
  }
}

/** Returns a class whose instances are those of the named environment and are recorded. */
export function profiledEnvironment(nameOf: (config: JestEnvironmentConfig) => string): EnvironmentClass {
  // A function, because a class cannot be typed to construct instances of another class.
  function ProfiledEnvironment(config: JestEnvironmentConfig, context: EnvironmentContext): JestEnvironment {
    return constructProfiled(config, context, stripped => {
      const Base = loadEnvironment(nameOf(config), config.projectConfig)
      return new Base(stripped, context)
    })
  }
  return Object.assign(ProfiledEnvironment, { [RECORDS_ITSELF]: true }) as unknown as EnvironmentClass
}

/** Returns `testEnvironmentOptions.profiler.environment`, by default `node`. Throws a UserError when it is not a name. */
export function baseEnvironmentName({ testEnvironmentOptions }: Config.ProjectConfig): string {
  const options = testEnvironmentOptions[OPTIONS_KEY] ?? {}
  const where = `jest-profiler: testEnvironmentOptions.${OPTIONS_KEY}`
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new UserError(
      `${where} must be an object, got ${JSON.stringify(options)}. Write { environment: 'node' }.`,
    )
  }
  const { environment = 'node', ...others } = options as { environment?: unknown }
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) {
    throw new UserError(
      `${where} has no option "${unknown}". Only "environment" goes here; all others are the reporter's.`,
    )
  }
  if (typeof environment !== 'string' || environment === '') {
    const got = JSON.stringify(environment)
    throw new UserError(
      `${where}.environment must be a name or a path, got ${got}. Write 'node', 'jsdom' or a path.`,
    )
  }
  return environment
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { UserError } from '../../src/errors/user-error.js'
import { checkEngine } from '../../src/run/check-engine.js'
import { temporaryFolder } from '../support/temporary-folder.js'

interface FakeModules {
  /** Path that the addon resolves to, from the project and from the profiler's folder. */
  fromProject?: string
  fromHere?: string
  /** The error that loading throws. */
  failure?: Error & { code?: string }
}

/** The `createRequire` of a machine with these modules. */
function machineWith({ fromProject, fromHere, failure }: FakeModules) {
  return (base: string): NodeJS.Require => {
    const resolved = base === join('/project', 'package.json') ? fromProject : fromHere
    const load = () => {
      if (failure !== undefined) throw failure
      return {}
    }
    const resolve = () => {
      if (resolved === undefined) throw new Error('Cannot find module')
      return resolved
    }
    return Object.assign(load, { resolve }) as unknown as NodeJS.Require
  }
}

/** The path of an installed addon, with or without a binary. */
function addon({ built }: { built: boolean }): string {
  const folder = join(temporaryFolder(), 'node_modules/v8-profiler-next')
  mkdirSync(join(folder, built ? 'build/binding/Release' : 'dist'), { recursive: true })
  writeFileSync(join(folder, 'index.js'), '')
  return join(folder, 'index.js')
}

function failureOf(engine: 'inspector' | 'v8-profiler-next', modules: FakeModules): string {
  try {
    checkEngine(engine, '/project', machineWith(modules))
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    expect((error as Error).message).not.toContain('\n')
    expect((error as Error).cause).toBe(modules.failure)
    return (error as Error).message
  }
  throw new Error('nothing was thrown')
}

const failed = (message: string, code?: string) =>
  Object.assign(new Error(message), code === undefined ? {} : { code })

describe('checkEngine with inspector', () => {
  test('returns null, because it needs no module', () => {
    expect(checkEngine('inspector', '/project')).toBeNull()
  })

  test('throws an error with a workaround on a Node that was built without the inspector', () => {
    const failure = failed('Inspector is not available', 'ERR_INSPECTOR_NOT_AVAILABLE')
    expect(failureOf('inspector', { failure })).toBe(
      'jest-profiler: engine "inspector" cannot load node:inspector: Inspector is not available. ' +
        `This Node (${process.execPath}) was built without it. ` +
        "Use another build of Node, or set engine: 'v8-profiler-next'.",
    )
  })
})

describe('checkEngine with v8-profiler-next', () => {
  const remedy = 'or leave out the option "engine" to use Node\'s own inspector.'

  test('returns the module’s path, and prefers the project’s module to the profiler’s', () => {
    const [one, two] = [addon({ built: true }), addon({ built: true })]
    const both = machineWith({ fromProject: one, fromHere: two })
    expect(checkEngine('v8-profiler-next', '/project', both)).toBe(one)
    expect(checkEngine('v8-profiler-next', '/project', machineWith({ fromHere: two }))).toBe(two)
  })

  test('throws an error with the command that installs a missing module', () => {
    expect(failureOf('v8-profiler-next', {})).toBe(
      'jest-profiler: engine "v8-profiler-next" needs the module v8-profiler-next, which is not installed. ' +
        `Run \`npm install --save-dev v8-profiler-next\`, ${remedy}`,
    )
  })

  test('throws an error that says how to allow a blocked install script', () => {
    const fromProject = addon({ built: false })
    const failure = failed('Cannot find module build/profiler.node\nRequire stack:\n- x', 'MODULE_NOT_FOUND')
    const message = failureOf('v8-profiler-next', { fromProject, failure })
    expect(message).toContain(
      `cannot load the module v8-profiler-next (${fromProject}): its native part is missing`,
    )
    expect(message).toContain('(Cannot find module build/profiler.node)')
    expect(message).toMatch(/allow it \(.*pnpm approve-builds.*\), then run `npm rebuild v8-profiler-next`/)
    expect(message.endsWith(remedy)).toBe(true)
  })

  test.each([
    [
      'there is no binary for this Node',
      failed('Cannot find module node-v137/profiler.node', 'MODULE_NOT_FOUND'),
    ],
    [
      'the binary was built for another Node',
      failed('compiled against a different Node.js version', 'ERR_DLOPEN_FAILED'),
    ],
    ['the binary has another module version', failed('NODE_MODULE_VERSION 115', 'ERR_DLOPEN_FAILED')],
  ])('throws an error with the rebuild command when %s', (_what, failure) => {
    const fromProject = addon({ built: true })
    expect(failureOf('v8-profiler-next', { fromProject, failure })).toBe(
      `jest-profiler: engine "v8-profiler-next" cannot load the module v8-profiler-next (${fromProject}): ` +
        `it was built for another Node than this ${process.version}. Run \`npm rebuild v8-profiler-next\`, ${remedy}`,
    )
  })

  test('passes on the first line of any other error', () => {
    const fromProject = addon({ built: true })
    const failure = failed('libstdc++.so.6: cannot open shared object file\nmore', 'ERR_DLOPEN_FAILED')
    expect(failureOf('v8-profiler-next', { fromProject, failure })).toContain(
      ': libstdc++.so.6: cannot open shared object file. Run `npm rebuild v8-profiler-next`',
    )
  })
})

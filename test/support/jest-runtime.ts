// The module runtimes of real Jests.

import { realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type JestOfTests, projectConfig } from './jests.js'
import { temporaryFolder } from './temporary-folder.js'

interface Runtime {
  requireModule(path: string): unknown
  unstable_importModule(path: string): Promise<unknown>
  teardown(): void
}

interface RuntimeClass {
  new (...args: unknown[]): Runtime
  createContext(config: object, options: object): Promise<{ resolver: object }>
}

/** A new project with these files, and a function that creates a runtime of the given Jest for it. */
export async function runtimeOf(jest: JestOfTests, files: Record<string, string>) {
  const rootDir = realpathSync(temporaryFolder())
  for (const [path, text] of Object.entries(files)) writeFileSync(join(rootDir, path), text)
  const config = projectConfig(rootDir)
  const { default: Class } = jest.require<{ default: RuntimeClass }>('jest-runtime')
  const { createScriptTransformer } = jest.require<{
    createScriptTransformer(config: object): Promise<object>
  }>('@jest/transform')
  const { TestEnvironment } = jest.require<{
    TestEnvironment: new (config: object, context: object) => object
  }>('jest-environment-node')
  const globalConfig = { collectCoverage: false, rootDir }
  const environment = new TestEnvironment({ globalConfig, projectConfig: config }, { console, testPath: '' })
  const { resolver } = await Class.createContext(config, {
    console,
    maxWorkers: 1,
    watch: false,
    watchman: false,
  })
  const transformer = await createScriptTransformer(config)
  const coverage = { collectCoverage: false, collectCoverageFrom: [], coverageProvider: 'v8' }
  const create = () =>
    new Class(
      config,
      environment,
      resolver,
      transformer,
      new Map(),
      coverage,
      join(rootDir, 'test.js'),
      globalConfig,
    )
  return { rootDir, create }
}

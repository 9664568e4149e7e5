// A suite with a custom transformer: statements of its module and its `process`, and its cache key.

import { createSuite, type JestMajor, type Suite } from './suite.js'

export const BURN = `const burn = ms => { const end = performance.now() + ms; while (performance.now() < end); }
`
/** The default path of the transformer. */
export const TRANSFORMER = 'tools/transformer.js'

interface Drawn {
  /** Statements of the transformer's module, of `process` before it returns, and the key that `getCacheKey` returns. */
  module?: string
  process?: string
  key?: string
  tests?: number
  test?: string
  files?: Readonly<Record<string, string>>
  settings?: string
  transformer?: string
}

/** Test files with the same test, which by default requires a shared source file. */
export function suiteWithTransformer(jestMajor: JestMajor, title: string, drawn: Drawn): Promise<Suite> {
  const { module = '', process = '', key = 'source + path', tests = 4, settings = '', files = {} } = drawn
  const transformer = drawn.transformer ?? TRANSFORMER
  const body = drawn.test ?? "expect(require('./src/shared')).toBe(1)"
  const testFiles = Array.from({ length: tests }, (_, index) => [
    `t${index}.test.js`,
    `test('works', () => { ${body} })`,
  ])
  return createSuite(jestMajor, {
    title: `transformer-${title}`,
    files: {
      ...Object.fromEntries(testFiles),
      'src/shared.js': 'module.exports = 1',
      'setup.js': 'globalThis.isSetUp = true',
      [transformer]: `${BURN}${module}
module.exports = {
  getCacheKey(source, path) { return ${key} },
  process(source, path) { ${process}
    return { code: source } },
}`,
      'jest.config.js': `module.exports = { setupFiles: ['./setup.js'], transform: { '\\\\.js$': './${transformer}' }, ${settings} }`,
      ...files,
    },
  })
}

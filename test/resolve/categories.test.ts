import { describe, expect, test } from '@jest/globals'
import type { Category } from '../../src/profile/profile.js'
import { type CategorizedFrame, categorize, packageOf, passedOn } from '../../src/resolve/categories.js'

const context = {
  testPath: '/project/a.test.ts',
  profilerDirectory: '/project/node_modules/jest-profiler/dist/',
}

function categoryOf(frame: Partial<CategorizedFrame>, caller?: Category): Category {
  return categorize({ name: 'f', file: '', line: 0, ...frame }, caller, context)
}

describe('packageOf', () => {
  test.each([
    ['npm', '/project/node_modules/lodash/index.js', 'lodash'],
    ['a scoped package', '/project/node_modules/@scope/name/dist/index.js', '@scope/name'],
    ['a package within a package', '/project/node_modules/a/node_modules/b/index.js', 'b'],
    ['pnpm', '/project/node_modules/.pnpm/lodash@4.17.21/node_modules/lodash/index.js', 'lodash'],
    ['pnpm, scoped', '/project/node_modules/.pnpm/@s+n@1.0.0_x@2/node_modules/@s/n/index.js', '@s/n'],
    [
      'Yarn',
      '/project/.yarn/cache/lodash-npm-4.17.21-6382d821f2-10.zip/node_modules/lodash/index.js',
      'lodash',
    ],
    [
      'Yarn, unplugged',
      '/project/.yarn/unplugged/esbuild-npm-0.20.0-abc/node_modules/esbuild/lib/main.js',
      'esbuild',
    ],
    ['Windows', 'C:/project/node_modules/lodash/index.js', 'lodash'],
    ['the project itself', '/project/src/node_modules.js', undefined],
    ['a built-in', 'node:internal/fs', undefined],
  ])('%s (%s) gives %s', (_layout, file, name) => {
    expect(packageOf(file)).toBe(name)
  })
})

describe('categorize', () => {
  test.each<[string, string, Category]>([
    ['the test file', '/project/a.test.ts', 'test'],
    ['any other file of the project', '/project/src/a.ts', 'source'],
    ['another test file that this one imports', '/project/b.test.ts', 'source'],
    ['a file of the project on Windows', 'C:/project/src/a.ts', 'source'],
    ['a package', '/project/node_modules/lodash/index.js', 'dependency'],
    ['jest-circus', '/project/node_modules/jest-circus/build/run.js', 'jest'],
    ['expect', '/project/node_modules/expect/build/index.js', 'jest'],
    ['a scoped package of Jest', '/project/node_modules/@jest/environment/build/index.js', 'jest'],
    [
      'jest-circus under pnpm',
      '/p/node_modules/.pnpm/jest-circus@30.5.2/node_modules/jest-circus/x.js',
      'jest',
    ],
    [
      'jest-extended, which is not of Jest',
      '/project/node_modules/jest-extended/dist/index.js',
      'dependency',
    ],
    ['Babel’s runtime, which tests load', '/project/node_modules/@babel/runtime/helpers/x.js', 'dependency'],
    ['TypeScript, which a linter loads', '/project/node_modules/typescript/lib/typescript.js', 'dependency'],
    ['source-map, which a tool’s tests load', '/project/node_modules/source-map/lib/a.js', 'dependency'],
    ['the profiler', '/project/node_modules/jest-profiler/dist/collect/recorder.js', 'profiler'],
    ['a built-in', 'node:internal/fs', 'node'],
    ['WebAssembly', 'wasm://wasm/0a1b2c3d', 'native'],
  ])('%s (%s) has the category %s', (_what, file, category) => {
    expect(categoryOf({ file })).toBe(category)
  })

  test.each<[string, Category]>([
    ['(idle)', 'idle'],
    ['(garbage collector)', 'gc'],
    ['(program)', 'program'],
    ['(root)', 'program'],
  ])('a function %s without a file has the category %s', (name, category) => {
    expect(categoryOf({ name })).toBe(category)
    expect(categoryOf({ name, file: '/project/src/a.ts' })).toBe('source')
  })

  test('a transformer’s callees belong to the transform, but garbage collections do not', () => {
    for (const file of ['/project/node_modules/lodash/index.js', 'node:fs', '/project/babel-plugin.js', '']) {
      expect(categoryOf({ file }, 'transform')).toBe('transform')
    }
    expect(categoryOf({ name: '(garbage collector)' }, 'transform')).toBe('gc')
  })

  describe('transform', () => {
    const transforming = {
      name: 'transformSource',
      file: '/project/node_modules/@jest/transform/build/index.js',
    }

    test('starts where Jest calls a transformer, at once or after an await', () => {
      expect(categoryOf(transforming, 'jest')).toBe('transform')
      expect(categoryOf(transforming, 'program')).toBe('transform')
      expect(categoryOf(transforming)).toBe('transform')
    })

    test('does not start at a test’s call, or where Jest loads an environment', () => {
      expect(categoryOf(transforming, 'test')).toBe('jest')
      expect(categoryOf({ ...transforming, name: 'requireAndTranspileModule' }, 'jest')).toBe('jest')
    })

    test('continues in a transformer that was resumed after an await, and in no other package', () => {
      const file = '/project/node_modules/@swc/core/index.js'
      expect(categoryOf({ file, tool: 'transform' })).toBe('transform')
      expect(categoryOf({ file, tool: 'transform' }, 'jest')).toBe('jest')
      expect(categoryOf({ file })).toBe('dependency')
    })

    test('continues in the project’s own transformer', () => {
      const file = '/project/transformer.js'
      const of = (caller?: Category) =>
        categorize({ name: 'f', file, line: 1 }, caller, { ...context, transformers: new Set([file]) })
      expect([of(), of('source')]).toEqual(['transform', 'source'])
    })

    test('passes through the profiler’s wrappers, and through Node’s functions without a caller', () => {
      expect(passedOn('profiler', 'transform')).toBe('transform')
      expect(passedOn('profiler', undefined)).toBeUndefined()
      expect(passedOn('node', 'program')).toBeUndefined()
      expect(passedOn('node', 'source')).toBe('node')
      expect(passedOn('source', 'transform')).toBe('source')
    })
  })

  test('a package that only Jest uses has the category jest, and other code does not', () => {
    const file = '/project/node_modules/graceful-fs/index.js'
    expect(categoryOf({ file, tool: 'jest' })).toBe('jest')
    expect(categoryOf({ file: '/project/src/a.ts', tool: 'jest' })).toBe('source')
  })

  test('a callee of a package has its own category', () => {
    expect(categoryOf({ file: '/project/src/a.ts' }, 'dependency')).toBe('source')
    expect(categoryOf({ file: 'node:fs' }, 'jest')).toBe('node')
  })

  test('a built-in function of the engine has the category native', () => {
    for (const name of ['stringify', 'constructor', 'toString', '__proto__'])
      expect(categoryOf({ name }, 'source')).toBe('native')
  })

  test('code that was evaluated under a made-up file name has its caller’s category', () => {
    const file = 'evalmachine.<anonymous>'
    expect(categoryOf({ file }, 'dependency')).toBe('dependency')
    expect(categoryOf({ file }, 'test')).toBe('test')
    expect(categoryOf({ file }, 'program')).toBe('source')
    expect(categoryOf({ file })).toBe('source')
  })
})

describe('categorize: error stacks', () => {
  const NODE_ERRORS = 'node:internal/errors'

  test.each<[string, Partial<CategorizedFrame>]>([
    ['Node’s call of the formatter', { name: 'prepareStackTraceCallback', file: NODE_ERRORS, line: 1 }],
    ['the getter of a stack', { name: 'get stack' }],
    [
      'source-map-support, which maps frames',
      { file: '/project/node_modules/source-map-support/source-map-support.js', line: 1 },
    ],
    ['a package that reads call sites', { file: '/project/node_modules/callsites/index.js', line: 1 }],
    [
      'Jest’s error for a console message',
      { name: 'ErrorWithStack', file: '/project/node_modules/jest-util/build/index.js', line: 1 },
    ],
    [
      'Jest’s formatting of a stack',
      { name: 'formatStackTrace', file: '/project/node_modules/jest-message-util/build/index.js', line: 1 },
    ],
  ])('%s: has the category stacks', (_what, frame) => {
    for (const caller of ['source', 'test', 'dependency', 'jest'] as const)
      expect(categoryOf(frame, caller)).toBe('stacks')
  })

  test('callees of this category have it too, except garbage collections', () => {
    expect(categoryOf({ file: '/project/node_modules/source-map/lib/util.js', line: 1 }, 'stacks')).toBe(
      'stacks',
    )
    expect(categoryOf({ file: 'node:fs', line: 1 }, 'stacks')).toBe('stacks')
    expect(categoryOf({ name: 'replace' }, 'stacks')).toBe('stacks')
    expect(categoryOf({ name: '(garbage collector)' }, 'stacks')).toBe('gc')
  })

  test('a formatter of the project or of the test has its own category', () => {
    const own = { name: 'prepareStackTrace', line: 1 }
    expect(categoryOf({ ...own, file: '/project/src/errors.ts' }, 'stacks')).toBe('source')
    expect(categoryOf({ ...own, file: 'C:/project/src/errors.ts' }, 'stacks')).toBe('source')
    expect(categoryOf({ ...own, file: context.testPath }, 'stacks')).toBe('test')
    expect(categoryOf({ ...own, file: '/project/src/errors.ts' }, 'source')).toBe('source')
  })

  test('other functions of these packages and files do not have this category', () => {
    const inUtil = { file: '/project/node_modules/jest-util/build/index.js', line: 1 }
    expect(categoryOf({ ...inUtil, name: 'createDirectory' }, 'jest')).toBe('jest')
    expect(categoryOf({ name: 'hideStackFrames', file: NODE_ERRORS, line: 1 }, 'source')).toBe('node')
    expect(categoryOf({ name: 'prepareStackTrace', file: 'node:vm', line: 1 }, 'source')).toBe('node')
  })
})

describe('categorize: compiling', () => {
  test.each([
    ['compileFunction', 'node:vm'],
    ['internalCompileFunction', 'node:internal/vm'],
    ['Script', 'node:vm'],
    ['SourceTextModule', 'node:internal/vm/module'],
  ])('%s of %s has the category compile when Jest calls it', (name, file) => {
    expect(categoryOf({ name, file, line: 1 }, 'jest')).toBe('compile')
    // For other callers, such as a template engine, it is a call of Node.
    for (const caller of ['source', 'test', 'dependency'] as const)
      expect(categoryOf({ name, file, line: 1 }, caller)).toBe('node')
  })

  test('callees of this category have it too, except the project’s code', () => {
    expect(categoryOf({ name: 'ContextifyScript' }, 'compile')).toBe('compile')
    expect(categoryOf({ file: 'node:internal/util', line: 1 }, 'compile')).toBe('compile')
    expect(categoryOf({ file: '/project/src/a.ts', line: 1 }, 'compile')).toBe('source')
  })

  test('compiling in a transformer belongs to the transform', () => {
    expect(categoryOf({ name: 'Script', file: 'node:vm', line: 1 }, 'transform')).toBe('transform')
  })

  test('functions with these names in other files do not have this category', () => {
    expect(
      categoryOf({ name: 'compileFunction', file: 'node:internal/modules/cjs/loader', line: 1 }, 'jest'),
    ).toBe('node')
    expect(categoryOf({ name: 'runInContext', file: 'node:vm', line: 1 }, 'jest')).toBe('node')
  })
})

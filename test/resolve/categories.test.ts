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
  ])('%s', (_layout, file, name) => {
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
    ['ourselves', '/project/node_modules/jest-profiler/dist/collect/recorder.js', 'profiler'],
    ['a built-in', 'node:internal/fs', 'node'],
    ['WebAssembly', 'wasm://wasm/0a1b2c3d', 'native'],
  ])('%s', (_what, file, category) => {
    expect(categoryOf({ file })).toBe(category)
  })

  test.each<[string, Category]>([
    ['(idle)', 'idle'],
    ['(garbage collector)', 'gc'],
    ['(program)', 'program'],
    ['(root)', 'program'],
  ])('%s is V8’s own name, and means nothing in a file', (name, category) => {
    expect(categoryOf({ name })).toBe(category)
    expect(categoryOf({ name, file: '/project/src/a.ts' })).toBe('source')
  })

  test('what a transformer calls belongs to it, but not the collections in between', () => {
    for (const file of ['/project/node_modules/lodash/index.js', 'node:fs', '/project/babel-plugin.js', '']) {
      expect(categoryOf({ file }, 'transform')).toBe('transform')
    }
    expect(categoryOf({ name: '(garbage collector)' }, 'transform')).toBe('gc')
  })

  describe('a transform', () => {
    const transforming = {
      name: 'transformSource',
      file: '/project/node_modules/@jest/transform/build/index.js',
    }

    test('begins where Jest calls a transformer, at once or after an await', () => {
      expect(categoryOf(transforming, 'jest')).toBe('transform')
      expect(categoryOf(transforming, 'program')).toBe('transform')
      expect(categoryOf(transforming)).toBe('transform')
    })

    test('is none where tests call it, or where it only reads an environment for Jest', () => {
      expect(categoryOf(transforming, 'test')).toBe('jest')
      expect(categoryOf({ ...transforming, name: 'requireAndTranspileModule' }, 'jest')).toBe('jest')
    })

    test('goes on in a transformer that is resumed by nobody, and in nothing else of that name', () => {
      const file = '/project/node_modules/@swc/core/index.js'
      expect(categoryOf({ file, tool: 'transform' })).toBe('transform')
      expect(categoryOf({ file, tool: 'transform' }, 'jest')).toBe('jest')
      expect(categoryOf({ file })).toBe('dependency')
    })

    test('goes on in a transformer of the project’s own', () => {
      const file = '/project/transformer.js'
      const of = (caller?: Category) =>
        categorize({ name: 'f', file, line: 1 }, caller, { ...context, transformers: new Set([file]) })
      expect([of(), of('source')]).toEqual(['transform', 'source'])
    })

    test('is seen through our own wrappers, and through Node’s functions that nobody has called', () => {
      expect(passedOn('profiler', 'transform')).toBe('transform')
      expect(passedOn('profiler', undefined)).toBeUndefined()
      expect(passedOn('node', 'program')).toBeUndefined()
      expect(passedOn('node', 'source')).toBe('node')
      expect(passedOn('source', 'transform')).toBe('source')
    })
  })

  test('a package that only Jest uses is Jest’s; no other code is', () => {
    const file = '/project/node_modules/graceful-fs/index.js'
    expect(categoryOf({ file, tool: 'jest' })).toBe('jest')
    expect(categoryOf({ file: '/project/src/a.ts', tool: 'jest' })).toBe('source')
  })

  test('what a package calls is its own category', () => {
    expect(categoryOf({ file: '/project/src/a.ts' }, 'dependency')).toBe('source')
    expect(categoryOf({ file: 'node:fs' }, 'jest')).toBe('node')
  })

  test('the engine’s own functions have no file', () => {
    for (const name of ['stringify', 'constructor', 'toString', '__proto__'])
      expect(categoryOf({ name }, 'source')).toBe('native')
  })

  test('code evaluated under a made-up name is its caller’s', () => {
    const file = 'evalmachine.<anonymous>'
    expect(categoryOf({ file }, 'dependency')).toBe('dependency')
    expect(categoryOf({ file }, 'test')).toBe('test')
    expect(categoryOf({ file }, 'program')).toBe('source')
    expect(categoryOf({ file })).toBe('source')
  })
})

describe('error stacks', () => {
  const NODE_ERRORS = 'node:internal/errors'

  test.each<[string, Partial<CategorizedFrame>]>([
    [
      'Node’s call of whoever formats them',
      { name: 'prepareStackTraceCallback', file: NODE_ERRORS, line: 1 },
    ],
    ['V8’s reading of one', { name: 'get stack' }],
    [
      'the mapping of frames',
      { file: '/project/node_modules/source-map-support/source-map-support.js', line: 1 },
    ],
    ['what reads call sites', { file: '/project/node_modules/callsites/index.js', line: 1 }],
    [
      'Jest’s error for a message of a console',
      { name: 'ErrorWithStack', file: '/project/node_modules/jest-util/build/index.js', line: 1 },
    ],
    [
      'Jest’s lines for a person',
      { name: 'formatStackTrace', file: '/project/node_modules/jest-message-util/build/index.js', line: 1 },
    ],
  ])('are a category of their own: %s', (_what, frame) => {
    for (const caller of ['source', 'test', 'dependency', 'jest'] as const)
      expect(categoryOf(frame, caller)).toBe('stacks')
  })

  test('have all that is called for them', () => {
    expect(categoryOf({ file: '/project/node_modules/source-map/lib/util.js', line: 1 }, 'stacks')).toBe(
      'stacks',
    )
    expect(categoryOf({ file: 'node:fs', line: 1 }, 'stacks')).toBe('stacks')
    expect(categoryOf({ name: 'replace' }, 'stacks')).toBe('stacks')
    expect(categoryOf({ name: '(garbage collector)' }, 'stacks')).toBe('gc')
  })

  test('a formatter of the project’s own, or of the test’s, is its own code', () => {
    const own = { name: 'prepareStackTrace', line: 1 }
    expect(categoryOf({ ...own, file: '/project/src/errors.ts' }, 'stacks')).toBe('source')
    expect(categoryOf({ ...own, file: 'C:/project/src/errors.ts' }, 'stacks')).toBe('source')
    expect(categoryOf({ ...own, file: context.testPath }, 'stacks')).toBe('test')
    expect(categoryOf({ ...own, file: '/project/src/errors.ts' }, 'source')).toBe('source')
  })

  test('other functions of these packages and files are no part of them', () => {
    const inUtil = { file: '/project/node_modules/jest-util/build/index.js', line: 1 }
    expect(categoryOf({ ...inUtil, name: 'createDirectory' }, 'jest')).toBe('jest')
    expect(categoryOf({ name: 'hideStackFrames', file: NODE_ERRORS, line: 1 }, 'source')).toBe('node')
    expect(categoryOf({ name: 'prepareStackTrace', file: 'node:vm', line: 1 }, 'source')).toBe('node')
  })
})

describe('compiling', () => {
  test.each([
    ['compileFunction', 'node:vm'],
    ['internalCompileFunction', 'node:internal/vm'],
    ['Script', 'node:vm'],
    ['SourceTextModule', 'node:internal/vm/module'],
  ])('is what Jest has Node do: %s of %s', (name, file) => {
    expect(categoryOf({ name, file, line: 1 }, 'jest')).toBe('compile')
    // Whoever compiles for themselves, as a template engine does, calls Node.
    for (const caller of ['source', 'test', 'dependency'] as const)
      expect(categoryOf({ name, file, line: 1 }, caller)).toBe('node')
  })

  test('has all that is called for it, but no code of the project', () => {
    expect(categoryOf({ name: 'ContextifyScript' }, 'compile')).toBe('compile')
    expect(categoryOf({ file: 'node:internal/util', line: 1 }, 'compile')).toBe('compile')
    expect(categoryOf({ file: '/project/src/a.ts', line: 1 }, 'compile')).toBe('source')
  })

  test('in a transformer is the transform', () => {
    expect(categoryOf({ name: 'Script', file: 'node:vm', line: 1 }, 'transform')).toBe('transform')
  })

  test('functions of that name elsewhere are none of it', () => {
    expect(
      categoryOf({ name: 'compileFunction', file: 'node:internal/modules/cjs/loader', line: 1 }, 'jest'),
    ).toBe('node')
    expect(categoryOf({ name: 'runInContext', file: 'node:vm', line: 1 }, 'jest')).toBe('node')
  })
})

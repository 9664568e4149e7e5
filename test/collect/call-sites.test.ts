import { sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  callSitesOf,
  captureStack,
  fileOfSite,
  isUsersFile,
  SiteTable,
} from '../../src/collect/call-sites.js'

const HERE = fileURLToPath(import.meta.url)
const { prepareStackTrace, stackTraceLimit } = Error

afterEach(() => {
  Object.assign(Error, { prepareStackTrace, stackTraceLimit })
})

function inner() {
  return captureStack(inner, 10)
}

function outer() {
  return inner()
}

const namesOf = (captured: ReturnType<typeof inner>) =>
  callSitesOf(captured).map(site => site.getFunctionName())

describe('captureStack', () => {
  test('returns the frames above a function, innermost first, up to the limit', () => {
    expect(namesOf(outer())[0]).toBe('outer')
    function limited() {
      return captureStack(limited, 1)
    }
    expect(namesOf(limited())).toHaveLength(1)
  })

  test('ignores the test’s own stackTraceLimit and prepareStackTrace, and leaves them unchanged', () => {
    const prepared: unknown[] = []
    Error.stackTraceLimit = 0
    Error.prepareStackTrace = (_error, sites) => {
      prepared.push(sites)
      return 'the test’s own'
    }
    const own = Error.prepareStackTrace
    expect(namesOf(outer())[0]).toBe('outer')
    expect([Error.stackTraceLimit, Error.prepareStackTrace]).toEqual([0, own])
    expect(prepared).toEqual([])
  })

  test('leaves prepareStackTrace undefined when it was undefined', () => {
    Reflect.deleteProperty(Error, 'prepareStackTrace')
    namesOf(outer())
    expect(Object.hasOwn(Error, 'prepareStackTrace')).toBe(false)
  })

  test('returns no call sites for a stack that was already read as text', () => {
    const captured = outer()
    expect(String(captured.stack)).not.toBe('')
    expect(callSitesOf(captured)).toEqual([])
  })
})

test('fileOfSite returns a path, whether V8 gives a path or a URL', () => {
  const site = (name: string | undefined) => ({ getFileName: () => name }) as unknown as NodeJS.CallSite
  expect(fileOfSite(site(import.meta.url))).toBe(HERE)
  expect(fileOfSite(site('/project/a.js'))).toBe('/project/a.js')
  expect(fileOfSite(site('node:fs'))).toBe('node:fs')
  expect(fileOfSite(site(undefined))).toBe('')
})

describe('isUsersFile', () => {
  const ofOurs = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

  test.each([
    ['/project/src/a.js', true],
    ['/project/node_modules/lodash/index.js', true],
    ['/project/node_modules/jest-extended/index.js', true],
    ['C:\\project\\src\\a.js', true],
    ['', false],
    ['node:timers', false],
    ['/project/node_modules/jest-circus/build/run.js', false],
    ['/project/node_modules/.pnpm/jest-each@30/node_modules/jest-each/build/index.js', false],
    ['/project/node_modules/@jest/core/build/index.js', false],
    ['C:\\project\\node_modules\\jest-runtime\\build\\index.js', false],
    [ofOurs('src/collect/waits/wait-log.ts'), false],
    [ofOurs('src/launch/required-modules.ts'), false],
    [ofOurs('src/environment.ts'), false],
    [ofOurs('src-of-the-user/a.ts'), true],
  ])('returns for %s: %s', (file, isUsers) => {
    expect(isUsersFile(file)).toBe(isUsers)
  })
})

describe('SiteTable', () => {
  const site = (file: string, line: number, name: string | null = 'f') =>
    ({
      getFileName: () => file,
      getFunctionName: () => name,
      getLineNumber: () => line,
      getColumnNumber: () => 3,
    }) as unknown as NodeJS.CallSite

  test('keeps each call once, with 0-based positions and its script', () => {
    const table = new SiteTable()
    const calls = [site('/a.js', 7), site('/b.js', 7), site('/a.js', 7), site('/a.js', 7, null)]
    expect(calls.map(call => table.add(call))).toEqual([0, 1, 0, 2])
    expect(table.columns(file => ['/b.js', '/a.js'].indexOf(file))).toEqual({
      ...{ name: ['f', 'f', ''], script: [1, 0, 1], line: [6, 6, 6], column: [2, 2, 2] },
    })
  })

  const filesOf = (table: SiteTable) => {
    const files: string[] = []
    table.columns(file => files.push(file))
    return files
  }

  test('a definition is at the innermost frame in the given file, or else at the user’s innermost frame', () => {
    const captured = { stack: [site('node:vm', 1), site('/helper.js', 2), site('/a.test.js', 3)] }
    const table = new SiteTable()
    expect(table.definition(captured, '/a.test.js')).toBe(0)
    expect(table.definition(captured, '/b.test.js')).toBe(1)
    expect(filesOf(table)).toEqual(['/a.test.js', '/helper.js'])
    expect(table.definition({ stack: [site('node:vm', 1)] })).toBe(-1)
  })

  const definedIn = (file: string | undefined, ...files: string[]) => {
    const table = new SiteTable()
    const captured = { stack: files.map((path, line) => site(path, line + 1)) }
    return table.definition(captured, file) < 0 ? undefined : filesOf(table)[0]
  }
  const RUNTIME = '/project/node_modules/jest-runtime/build/index.js'

  test('a definition through a package that wraps Jest’s functions is at the project’s call', () => {
    const zone = '/project/node_modules/zone.js/fesm2015/zone-testing.js'
    expect(definedIn(undefined, zone, '/project/test/a.test.js', RUNTIME)).toBe('/project/test/a.test.js')
    expect(definedIn('/project/test/b.test.js', zone, '/project/test/helper.js')).toBe(
      '/project/test/helper.js',
    )
  })

  test('a definition by a package while it is loaded is in that package', () => {
    const library = '/project/node_modules/@testing-library/react/dist/index.js'
    expect(definedIn(undefined, library, RUNTIME, '/project/test/setup.js')).toBe(library)
    expect(definedIn('/project/test/b.test.js', library, RUNTIME, '/project/test/setup.js')).toBe(library)
  })

  test('a definition by a module that the test file loads is at the require in the test file', () => {
    const shared = '/project/test/shared-tests.js'
    expect(definedIn('/project/test/a.test.js', shared, RUNTIME, '/project/test/a.test.js')).toBe(
      '/project/test/a.test.js',
    )
  })

  test('a definition in this test has this file as its script', () => {
    const table = new SiteTable()
    expect(table.definition(outer())).toBe(0)
    expect(filesOf(table)).toEqual([HERE])
    expect(HERE).toContain(`${sep}test${sep}`)
  })
})

// Code of a set-up file that replaces a module for a whole test file, for CommonJS and for ES modules.
//
// Known: 29.7 and 30.0 to 30.5. https://jestjs.io/docs/jest-object#jestmockmodulename-factory-options
// https://jestjs.io/docs/ecmascript-modules#module-mocking-in-esm
// Without `unstable_mockModule`, imports of ES modules are not replaced.

/** The object `jest`, also with `injectGlobals: false`. */
export const JEST_OBJECT =
  "const jestObject = typeof jest === 'undefined' ? require('@jest/globals').jest : jest\n"

/** Follows `JEST_OBJECT`. `factory`: code of a function that returns the exports. */
export function replacedModule(path: string, factory: string): string {
  const module = JSON.stringify(path)
  return (
    `jestObject.mock(${module}, ${factory})\n` +
    `if (typeof jestObject.unstable_mockModule === 'function') jestObject.unstable_mockModule(${module}, ${factory})\n`
  )
}

// Our own tests are native ES modules in TypeScript.
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/fixtures/', '<rootDir>/.cache/'],
  modulePathIgnorePatterns: [
    '<rootDir>/build/',
    '<rootDir>/example-project/',
    '<rootDir>/.cache/',
    '<rootDir>/test/e2e/fixtures/',
  ],
}

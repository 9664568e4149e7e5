// Our tests are native ES modules in TypeScript.

const common = {
  // Hot lines of statistics read them often, which Jest's sandbox makes slow.
  sandboxInjectedGlobals: ['Array', 'Math', 'Number'],
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  modulePathIgnorePatterns: ['<rootDir>/test/e2e/fixtures/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
}

export default {
  // End-to-end tests mostly wait for the processes that they start, so that no core needs to be left free. With more workers than
  // cores they end no sooner.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/test/support/test-sequencer.mjs',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
      moduleNameMapper: {
        ...common.moduleNameMapper,
        '^fast-check$': '<rootDir>/test/support/fast-check.ts',
      },
      setupFilesAfterEnv: ['<rootDir>/test/support/unit-time-limit.ts'],
    },
    {
      ...common,
      displayName: 'e2e',
      testEnvironment: '<rootDir>/test/support/e2e-environment.mjs',
      testMatch: ['<rootDir>/test/e2e/*.test.ts', '<rootDir>/test/e2e/browser/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/'],
      setupFilesAfterEnv: ['<rootDir>/test/support/e2e-time-limit.ts'],
    },
    {
      // These tests compare times of what runs beside each other, or with the clock, so that scripts/test.mjs runs them one at a time,
      // after all others. What is measured by threads' own clocks, or has room for a busy machine, is an end-to-end test like others.
      ...common,
      displayName: 'timing',
      testEnvironment: '<rootDir>/test/support/e2e-environment.mjs',
      testMatch: ['<rootDir>/test/e2e/timing/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/'],
      setupFilesAfterEnv: ['<rootDir>/test/support/e2e-time-limit.ts'],
    },
  ],
}

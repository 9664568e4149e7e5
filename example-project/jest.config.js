const { withProfiler } = require('jest-profiler')

// The one change that a project needs: its own config goes in, the same config profiled comes out.
module.exports = withProfiler({
  testEnvironment: 'node',
  transform: {
    // swc writes source maps unasked, so the profile speaks of lines in the TypeScript files.
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
})

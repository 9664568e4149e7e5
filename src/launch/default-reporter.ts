// The reporter that Jest itself takes when a config names none: adding ours to no list must not take it away.
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-core/src/TestScheduler.ts

import { createRequire } from 'node:module'

const AGENT_VARIABLES = [
  'AI_AGENT',
  'AUGMENT_AGENT',
  'CLAUDE_CODE',
  'CLAUDECODE',
  'CODEX_SANDBOX',
  'CODEX_THREAD_ID',
  'CURSOR_AGENT',
  'GEMINI_CLI',
  'GOOSE_PROVIDER',
  'OPENCODE',
  'REPL_ID',
]

/** `core` is a file of the user's `@jest/core`: since 30.3 it has a reporter for coding agents. */
export function defaultReporter(core: string, env: NodeJS.ProcessEnv): 'agent' | 'default' {
  if (!AGENT_VARIABLES.some(name => (env[name] ?? '') !== '')) return 'default'
  const reporters: object = createRequire(core)('@jest/reporters')
  return 'AgentReporter' in reporters ? 'agent' : 'default'
}

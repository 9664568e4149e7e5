// Coding agents that run the command and read its output, by the environment variables that they set.
//
// Known: 29.7 and 30.0 to 30.5. If a newer Jest knows more agents, its default reporter is kept where it would use its own for agents.
// No package is used for it: those below read the environment of the process only, and also guess by `PATH`, folders or parent
// processes. Left out are variables that users set themselves, such as `COPILOT_MODEL`, or that an editor sets in every terminal,
// such as `CURSOR_TRACE_ID`.

/** Jest's own list, from 30.3 on: https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-core/src/TestScheduler.ts */
const KNOWN_TO_JEST =
  `AI_AGENT AUGMENT_AGENT CLAUDE_CODE CLAUDECODE CODEX_SANDBOX CODEX_THREAD_ID CURSOR_AGENT
  GEMINI_CLI GOOSE_PROVIDER OPENCODE REPL_ID`.split(/\s+/)

// From std-env 4.3, https://github.com/unjs/std-env, @vercel/detect-agent 1.2,
// https://github.com/vercel/vercel/tree/main/packages/detect-agent, and am-i-vibing 0.5, https://github.com/ascorbic/am-i-vibing
const OTHERS = `AMP_CURRENT_THREAD_ID ANTIGRAVITY_AGENT CODEX_CI COPILOT_AGENT COPILOT_CLI CRUSH JUNIE_DATA
  JUNIE_SHIM_PATH OPENCODE_CLIENT PI_CODING_AGENT QWEN_CODE`.split(/\s+/)

type Environment = Readonly<Record<string, string | undefined>>

/** Whether a coding agent reads the output. */
export function isAgent(env: Environment): boolean {
  return isAgentOfJest(env) || isAnySet(env, OTHERS)
}

/** Whether Jest uses its reporter for agents, if it has one. */
export function isAgentOfJest(env: Environment): boolean {
  return isAnySet(env, KNOWN_TO_JEST)
}

function isAnySet(env: Environment, names: readonly string[]): boolean {
  return names.some(name => (env[name] ?? '') !== '')
}

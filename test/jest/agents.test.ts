import { expect, test } from '@jest/globals'
import { isAgent, isAgentOfJest } from '../../src/jest/agents.js'

test.each(['CLAUDECODE', 'CURSOR_AGENT', 'AI_AGENT', 'GEMINI_CLI', 'CODEX_THREAD_ID'])(
  '%s is set by an agent, and Jest knows it',
  name => {
    expect([isAgent({ [name]: '1' }), isAgentOfJest({ [name]: '1' })]).toEqual([true, true])
    expect(isAgent({ [name]: '' })).toBe(false)
  },
)

test('agents that Jest does not know are agents all the same', () => {
  expect([isAgent({ COPILOT_CLI: '1' }), isAgentOfJest({ COPILOT_CLI: '1' })]).toEqual([true, false])
})

test('a terminal in an editor for agents is none', () => {
  expect(isAgent({ CURSOR_TRACE_ID: '1', TERM_PROGRAM: 'vscode', PATH: '/bin' })).toBe(false)
})

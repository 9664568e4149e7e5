// The documentation as text: its pages, the anchors of headings, and the commands in it.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../e2e/support/cache.js'

/** Pages by path in the repository. */
export const PAGES: ReadonlyMap<string, string> = new Map(
  [
    ...[
      'README.md',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'example-project/README.md',
      'skills/profile-jest/SKILL.md',
    ],
    ...readdirSync(join(ROOT, 'docs')).flatMap(name => (name.endsWith('.md') ? [`docs/${name}`] : [])),
  ].map(path => [path, readFileSync(join(ROOT, path), 'utf8')]),
)

/** The text of a page; throws when there is no such page. */
export function pageText(path: string): string {
  const text = PAGES.get(path)
  if (text === undefined) throw new Error(`there is no page ${path}`)
  return text
}

/** The text without code blocks, in which `#` begins a comment. */
export function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '')
}

/** The anchors of a page's headings, as on GitHub. */
export function anchorsOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#{1,6} +(.*)$/gm)].map(([, heading = '']) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** The text from a heading to the next one of its level or above; `''` when there is no such heading. */
export function sectionOf(text: string, heading: string): string {
  const start = text.indexOf(`${heading}\n`)
  if (start < 0) return ''
  const level = heading.indexOf(' ')
  const rest = text.slice(start + heading.length)
  const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'))
  return end < 0 ? rest : rest.slice(0, end)
}

/** The first cell of each table row in a text, as written. */
export function firstCells(text: string): string[] {
  return [...text.matchAll(/^\| *(.*?) *\|.*\|$/gm)]
    .map(([, cell = '']) => cell)
    .filter(cell => !/^:?-+:?$/.test(cell))
}

/** All inline `code` in a text. */
export function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
}

export interface ShellCommand {
  readonly page: string
  /** The words without quotes, such as `['npx', 'jest-profiler', 'show']`. */
  readonly words: string[]
}

/** Every command of jest-profiler or npm in code blocks and inline code. */
export function shellCommands(): ShellCommand[] {
  return [...PAGES].flatMap(([page, text]) => {
    // Examples in the changelog are valid for their release only.
    if (page === 'CHANGELOG.md') return []
    return [...text.matchAll(/(?:npx jest-profiler|npm run|npm test)\b[^`\n]*/g)].map(([line]) => ({
      page,
      words: wordsOf(line),
    }))
  })
}

/** The words of a line up to a comment, or to the end of the command for the shell. */
function wordsOf(line: string): string[] {
  const words: string[] = []
  for (const [word, quoted] of line.matchAll(/"([^"]*)"|[^\s"]+/g)) {
    if (/^(#|;|&&|\||>>|\))/.test(word)) break
    words.push(quoted ?? word.replace(/[;).,:]+$/, ''))
    if (/[;)]$/.test(word)) break
  }
  return words
}

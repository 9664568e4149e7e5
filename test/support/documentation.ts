// The documentation as text: its pages, the headings that a link can lead to, and the commands in it.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../e2e/support/cache.js'

/** Pages by their path in the repository. */
export const PAGES: ReadonlyMap<string, string> = new Map(
  [
    ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'example-project/README.md'],
    ...readdirSync(join(ROOT, 'docs')).flatMap(name => (name.endsWith('.md') ? [`docs/${name}`] : [])),
  ].map(path => [path, readFileSync(join(ROOT, path), 'utf8')]),
)

/** Throws where there is no such page. */
export function pageText(path: string): string {
  const text = PAGES.get(path)
  if (text === undefined) throw new Error(`there is no page ${path}`)
  return text
}

/** Its text without blocks of code, in which `#` begins a comment. */
export function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '')
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#{1,6} +(.*)$/gm)].map(([, heading = '']) =>
    heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** The text from one heading to the next of its level or above; `''` without that heading. */
export function sectionOf(text: string, heading: string): string {
  const start = text.indexOf(`${heading}\n`)
  if (start < 0) return ''
  const level = heading.indexOf(' ')
  const rest = text.slice(start + heading.length)
  const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'))
  return end < 0 ? rest : rest.slice(0, end)
}

/** First cells of the rows of all tables in a text, as they are written. */
export function firstCells(text: string): string[] {
  return [...text.matchAll(/^\| *(.*?) *\|.*\|$/gm)]
    .map(([, cell = '']) => cell)
    .filter(cell => !/^:?-+:?$/.test(cell))
}

/** Words in `code` in a text. */
export function codeIn(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
}

export interface ShellCommand {
  readonly page: string
  /** Its words, in quotes or not, such as `['npx', 'jest-profiler', 'show']`. */
  readonly words: string[]
}

/** Every command of ours or of npm in blocks of code and in `code`. */
export function shellCommands(): ShellCommand[] {
  return [...PAGES].flatMap(([page, text]) => {
    // Examples in the changelog are of their time.
    if (page === 'CHANGELOG.md') return []
    return [...text.matchAll(/(?:npx jest-profiler|npm run|npm test)\b[^`\n]*/g)].map(([line]) => ({
      page,
      words: wordsOf(line),
    }))
  })
}

/** Up to a comment, or to what the shell takes as the end of a command. */
function wordsOf(line: string): string[] {
  const words: string[] = []
  for (const [word, quoted] of line.matchAll(/"([^"]*)"|[^\s"]+/g)) {
    if (/^(#|;|&&|\||>>|\))/.test(word)) break
    words.push(quoted ?? word.replace(/[;).,:]+$/, ''))
    if (/[;)]$/.test(word)) break
  }
  return words
}

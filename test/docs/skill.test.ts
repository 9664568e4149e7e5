// The skill for coding agents names the sections, tables, words and files that exist. Its commands and links are checked with
// those of the documentation.

import { expect, test } from '@jest/globals'
import { ARTIFACT_FILES } from '../../src/artifacts/artifact-files.js'
import { LEGEND } from '../../src/formats/comparison/wording.js'
import { toMarkdown } from '../../src/formats/markdown/markdown.js'
import { TABLE_NAMES } from '../../src/tables/table.js'
import { callRow } from '../support/account-rows.js'
import { codeIn, pageText, sectionOf, withoutCode } from '../support/documentation.js'
import { ordinaryReport } from '../support/drawn-reports.js'

const FOLDER = 'profile-jest'
const SKILL = pageText(`skills/${FOLDER}/SKILL.md`)

// https://agentskills.io/specification
test('The skill begins with its name, which is that of its folder, and a description of at most 1,024 characters', () => {
  const [, name, description = ''] = /^---\nname: (.+)\ndescription: (.+)\n---\n\n# /.exec(SKILL) ?? []
  expect(name).toBe(FOLDER)
  expect(description.length).toBeGreaterThan(100)
  expect(description.length).toBeLessThanOrEqual(1024)
})

test('The sections of report.md that the skill names exist, in that order', () => {
  const named = [...sectionOf(SKILL, '## 2. Read').matchAll(/^\d\. \*\*([^*]+)\*\*/gm)].map(
    ([, title]) => title,
  )
  expect(named).toHaveLength(5)
  const report = { ...ordinaryReport(), calls: [callRow()], caveats: ['the cache was cold'] }
  const sections = [...toMarkdown(report, { topN: 10 }).matchAll(/^(?:## |\*\*)(.*?)(?::\*\*)?$/gm)]
  expect(sections.map(([, title]) => title).filter(title => named.includes(title))).toEqual(named)
})

test('The skill names every table of show', () => {
  const [, list = ''] = /`--by` takes ([^.]*)\./.exec(SKILL) ?? []
  expect(codeIn(list)).toEqual(TABLE_NAMES)
})

test('The words for certainty are those of diff', () => {
  const words = [...(/^- .*more than noise.*$/m.exec(SKILL)?.[0] ?? '').matchAll(/\*\*(\w+)\*\*/g)].map(
    ([, word]) => word,
  )
  expect(words).toEqual(['proven', 'clear', 'unclear'])
  for (const word of words) expect(LEGEND).toContain(`${word}:`)
})

test('Every file of a run that the skill names is written by default', () => {
  const named = codeIn(withoutCode(SKILL)).filter(code => code.startsWith('.jest-profiler/latest/'))
  expect(named.length).toBeGreaterThan(1)
  const written = ['html', 'markdown', 'json'] as const
  const paths = written.map(name => `.jest-profiler/latest/${ARTIFACT_FILES[name].name}`)
  expect(named.filter(path => !paths.includes(path))).toEqual([])
})

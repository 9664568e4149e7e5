// Links in the documentation, in templates and in the code have existing targets.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from '../e2e/support/cache.js'
import { anchorsOf, PAGES, withoutCode } from '../support/documentation.js'

const REPOSITORY = 'https://github.com/jest-profiler/jest-profiler'

/** What is wrong with a link to a path of the repository, with or without an anchor; undefined if it is correct. */
function faultOf(path: string, anchor: string | undefined): string | undefined {
  if (!existsSync(join(ROOT, path))) return 'there is no such file'
  if (anchor === undefined) return undefined
  const page = PAGES.get(path)
  return page !== undefined && anchorsOf(page).includes(anchor) ? undefined : 'there is no such heading'
}

function faultsOf(page: string, targets: readonly string[]): string[] {
  return targets.flatMap(target => {
    const [path = '', anchor] = target.split('#')
    const own = path === '' ? page : posix.join(posix.dirname(page), path)
    const fault = faultOf(own, anchor)
    return fault === undefined ? [] : [`${target}: ${fault}`]
  })
}

test.each([...PAGES])('Every relative link of %s leads to a file and a heading', (page, text) => {
  const targets = [
    ...[...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target),
    ...[...text.matchAll(/(?:src|srcset|href)="([^"]+)"/g)].map(([, target = '']) => target),
  ].filter(target => !/^[a-z]+:/.test(target))
  expect(faultsOf(page, targets)).toEqual([])
})

test('Every link to a file of our own repository leads to that file', () => {
  const folders = ['docs', '.github', '.github/ISSUE_TEMPLATE', 'src/report']
  const files = folders.flatMap(folder =>
    readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap(entry =>
      entry.isFile() && /\.(md|ya?ml|ts)$/.test(entry.name) ? [`${folder}/${entry.name}`] : [],
    ),
  )
  const links = [...files, 'README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'package.json'].flatMap(file => {
    const text = readFileSync(join(ROOT, file), 'utf8')
    return [
      ...text.matchAll(new RegExp(`${REPOSITORY}/(?:blob|tree)/main/([^)\\s'"\`#]+)(?:#([\\w-]+))?`, 'g')),
    ]
  })
  expect(links.length).toBeGreaterThan(0)
  const faults = links.flatMap(([link, path = '', anchor]) => {
    const fault = faultOf(path, anchor)
    return fault === undefined ? [] : [`${link}: ${fault}`]
  })
  expect(faults).toEqual([])
})

test('faultsOf reports a link to a missing heading or file', () => {
  const targets = ['docs/findings.md#barrel', 'docs/findings.md#no-such-rule', 'docs/nothing.md', '#options']
  expect(faultsOf('README.md', targets)).toEqual([
    'docs/findings.md#no-such-rule: there is no such heading',
    'docs/nothing.md: there is no such file',
  ])
})

test('Every page of docs/ is linked from the README', () => {
  const readme = PAGES.get('README.md') ?? ''
  const pages = [...PAGES.keys()].filter(path => path.startsWith('docs/'))
  expect(pages.filter(path => !readme.includes(`](${path})`))).toEqual([])
})

test('The README has 8 to 10 KB', () => {
  const { length } = Buffer.from(PAGES.get('README.md') ?? '')
  expect(length).toBeGreaterThanOrEqual(8000)
  expect(length).toBeLessThanOrEqual(10_240)
})

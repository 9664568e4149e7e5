// The URLs that editors register: an absolute path, encoded, with the line.

import { expect, test } from '@jest/globals'
import { EDITORS } from '../../src/page/data/editors.js'

function linksTo(path: string, line: number): string[] {
  return EDITORS.map(({ urlOf }) => urlOf({ path, line }))
}

test('a line of a file is opened in each editor', () => {
  expect(linksTo('/home/me/shop/src/a.ts', 3)).toEqual([
    'vscode://file/home/me/shop/src/a.ts:3',
    'cursor://file/home/me/shop/src/a.ts:3',
    'zed://file/home/me/shop/src/a.ts:3',
    'webstorm://open?file=%2Fhome%2Fme%2Fshop%2Fsrc%2Fa.ts&line=3',
  ])
})

test('a whole file, a drive and characters with a meaning in URLs', () => {
  expect(linksTo('/a b/#1/?.ts', 0)[0]).toBe('vscode://file/a%20b/%231/%3F.ts')
  expect(linksTo('C:/me/[id].ts', 7)[0]).toBe('vscode://file/C:/me/%5Bid%5D.ts:7')
  expect(linksTo('C:/me/[id].ts', 7)[3]).toBe('webstorm://open?file=C%3A%2Fme%2F%5Bid%5D.ts&line=7')
})

test.each(EDITORS.map(editor => [editor.name, editor] as const))(
  '%s: a name cannot leave the path',
  (_, editor) => {
    const url = new URL(editor.urlOf({ path: '/x/&line=9#../?file=/etc', line: 2 }))
    expect(url.hash).toBe('')
    expect([...url.searchParams.keys()].filter(name => name === 'file').length).toBeLessThan(2)
  },
)

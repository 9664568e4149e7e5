// The code of the pages, as the package's build has bundled it.

import { readFileSync } from 'node:fs'
import type { PageAssets } from '../formats/html/page-shell.js'

/** `main`: of report.html, `comparison`: of what `diff --format html` writes. */
export function readPageAssets(page: 'main' | 'comparison'): PageAssets {
  const read = (name: string) => readFileSync(new URL(`../page/${name}`, import.meta.url), 'utf8')
  return { script: read(`${page}.js`), style: read('style.css') }
}

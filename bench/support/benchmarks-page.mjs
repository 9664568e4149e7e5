// The text of docs/benchmarks.md, which is not edited by hand. Results lie between markers, so that a bench that is run again
// replaces its own results and keeps those of the others.

import { resultTable } from './print.mjs'

const BLOCK = /<!-- results: (\S+)(?: of (.*?))? -->\n([\s\S]*?)<!-- end of results -->/g

const INTRODUCTION = `# Benchmarks

<!-- Written by \`npm run bench -- <name> --write\`. Do not edit this page: change bench/ and measure again. -->

What profiling costs and how accurate the reported times are, as measured by the scripts in \`bench/\`. Every table names the
command that produced it, the machine, the versions, the date and the load of the machine at that time. Values are medians with
quartiles in parentheses, unless a note says otherwise.

\`\`\`sh
npm run bench                              # list all benchmarks and their options
npm run bench -- cost --rounds 3           # run one and print the result
npm run bench -- cost --rounds 3 --write   # run one and update its section on this page
npm run bench -- --write                   # run all that need no suite of yours, and update this page
\`\`\`

Run them on a machine that does nothing else. They do not pass or fail.`

/**
 * The page with new results in place of what the same bench wrote before. `page`: its text so far, `''` without one;
 * `benches`: usage and summary by name, in the order of the page; `written`: `{ name, command, results }` of a bench that was
 * run, each result as `resultText` takes it, with its `part` where a bench has several.
 */
export function benchmarksPage(page, benches, written) {
  const { name = '', command = '', results = [] } = written ?? {}
  const blocks = new Map([...page.matchAll(BLOCK)].map(([, bench, part, text]) => [keyOf(bench, part), text]))
  for (const part of new Set(results.map(result => result.part))) {
    const own = results.filter(result => result.part === part)
    blocks.set(keyOf(name, part), resultsText(own, command))
  }
  const sections = Object.entries(benches).map(([bench, facts]) => sectionText({ bench, ...facts }, blocks))
  return `${[INTRODUCTION, latestText(sections), ...sections].filter(Boolean).join('\n\n')}\n`
}

const keyOf = (bench, part) => (part === undefined ? bench : `${bench} of ${part}`)

/** The machine and date of the newest results, the first of a day, for the head of the page; `''` without any. */
function latestText(sections) {
  const machines = sections.flatMap(text =>
    [...text.matchAll(/^Measured on (.*)\.$/gm)].map(([, machine]) => machine),
  )
  const dateOf = machine => /\d{4}-\d{2}-\d{2}/.exec(machine)?.[0] ?? ''
  const [latest] = machines.toSorted((a, b) => dateOf(b).localeCompare(dateOf(a)))
  return latest === undefined ? '' : `Latest measurement: ${latest}.`
}

function sectionText({ bench, usage, summary }, blocks) {
  const own = [...blocks].filter(([key]) => key === bench || key.startsWith(`${bench} of `))
  const head = [
    `## ${bench}`,
    `${capitalized(summary)}.`,
    `\`npm run bench -- ${`${bench} ${usage}`.trim()}\``,
  ]
  if (own.length === 0) return [...head, '_Not measured yet on this version._'].join('\n\n')
  return [
    ...head,
    ...own.map(([key, text]) => `<!-- results: ${key} -->\n${text}<!-- end of results -->`),
  ].join('\n\n')
}

function resultsText(results, command) {
  const texts = results.map(({ title, machine, notes, columns, rows }) =>
    [
      `### ${capitalized(title)}`,
      `Measured on ${machine}.`,
      notes.map(note => `- ${note}`).join('\n'),
      resultTable({ columns, rows }),
    ].join('\n\n'),
  )
  return `\n${texts.join('\n\n')}\n\nCommand: \`${command}\`\n\n`
}

const capitalized = text => text.charAt(0).toUpperCase() + text.slice(1)

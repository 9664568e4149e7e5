// Sandboxes of test files that are never freed, with what holds them.

import { fileKey } from '../../profile/paths.js'
import { bytes, count } from '../../report/views/figures.js'
import type { HeldFiles } from '../../report/views/holders.js'
import { holders, otherPlaces } from '../../report/views/holders.js'
import { packageOf } from '../../resolve/categories.js'
import type { Facts, FindingDraft } from '../rule.js'

/** A sandbox alone takes some megabytes: less than this, for all of a holder's files, is not worth a change. */
const LEAST_BYTES = 1_000_000

export function keptSandboxes({ report, record }: Facts): FindingDraft[] {
  const all = report.memory?.files.length ?? 0
  return holders(report.memory)
    .filter(({ retainedBytes, fileCount }) => retainedBytes >= LEAST_BYTES || fileCount > 1)
    .map(held => draftOf(held, all, record))
}

function draftOf(held: HeldFiles, all: number, record: Facts['record']): FindingDraft {
  const { fileCount, retainedBytes, position, files, path } = held
  const keys = new Map(
    record.files
      .filter(({ path: absolute, project }) =>
        files.some(kept => absolute.endsWith(`/${kept.file}`) && kept.project === project),
      )
      .map(({ projectId, path: absolute }) => [fileKey({ project: projectId, file: absolute }), 1]),
  )
  const [subject] = path
  return {
    id: `kept-sandboxes:${path.join(' ')}`,
    confidence: path.length === 0 ? 'low' : 'high',
    title: `${fileCount} of ${count(all, 'test file')} ${fileCount === 1 ? 'is' : 'are'} never freed: held by ${path.length === 0 ? 'something unknown' : `\`${path.join(' › ')}\`${otherPlaces(held)}`}`,
    evidence:
      `${bytes(retainedBytes)} were still in memory when the workers had done all test files, ${bytes(retainedBytes / fileCount)} of each: ` +
      'all its modules, and what they created.',
    remedy: isJests(position) ? JESTS : remedyFor(subject, packageOf(`/${position?.file ?? ''}`)),
    costMs: 0,
    retainedBytes,
    savings: { files: keys },
    position,
  }
}

const OTHER =
  'Where it cannot be undone, `workerIdleMemoryLimit` restarts a worker that has grown, at the price of loading everything again.'

const JESTS =
  'Jest itself holds them, not your code; it does so for a test file that fails while it is loaded, for example. `workerIdleMemoryLimit` restarts a worker that has grown.'

function isJests(position: HeldFiles['position']): boolean {
  return /(?:^|\/)node_modules\/(?:@jest\/|jest-|expect\/)/.test(position?.file ?? '')
}

function remedyFor(subject: string | undefined, packageName: string | undefined): string {
  if (subject === undefined)
    return `What holds it is not known. Take a heap snapshot of a run with \`--runInBand\`. ${OTHER}`
  if (packageName !== undefined)
    return (
      `The package \`${packageName}\` holds them, not your code. If it has a function that undoes or ends what it began (\`close\`, \`destroy\`, \`restore\`), ` +
      `call that when a file is done: in \`afterAll\`, or in \`teardown\` of a test environment that extends its own. ${OTHER}`
    )
  if (subject === 'timer' || subject === 'immediate')
    return `Clear it when the file is done, in \`afterAll\`: a timer that is never cleared holds all that its function can reach. ${OTHER}`
  if (subject.startsWith('node:'))
    return (
      `Node's own modules are the same for all test files, so what is put into them stays. Undo it when the file is done, in \`afterAll\`, ` +
      `or do not load it in tests, with a mock of that module. ${OTHER}`
    )
  return `It is shared by all test files of a worker, so what is put into it stays. Remove it when the file is done, in \`afterAll\`. ${OTHER}`
}

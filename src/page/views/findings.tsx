// Findings with what is needed to act on them: evidence, code to paste, test files, where to look.

import type { Finding } from '../../report/report.js'
import { count, duration, grouped } from '../../report/views/figures.js'
import { hasProfile } from '../../report/views/profiled.js'
import { FINDINGS } from '../../tables/judgement-tables.js'
import { agentText } from '../data/agent-text.js'
import type { RunData } from '../data/run-data.js'
import { ALL_TIME } from '../data/selection.js'
import { codeText, pathName } from '../data/text.js'
import { href } from '../routes.js'
import { CopyButton } from '../widgets/controls.js'
import { FileName } from '../widgets/names.js'
import { Judgements } from './judgements.js'
import type { ViewProps } from './view.js'

const FIRST = 3

export function Findings({ data }: Pick<ViewProps, 'data'>) {
  return (
    <Judgements
      data={data}
      table={FINDINGS}
      first={FIRST}
      classOf={({ severity }) => severity}
      empty="No rule found anything that costs at least 100 ms and 1 % of the time."
      details={finding => <Details data={data} finding={finding} />}
      action={finding => <CopyButton label="Copy for agent" text={() => agentText(finding, data.report)} />}
      filesOf={({ files }) => files}
    />
  )
}

function Details({ data, finding }: { data: RunData; finding: Finding }) {
  const { patch, files, fileCount, position, id } = finding
  const isGraphed = position !== null && hasProfile(data.report)
  return (
    <>
      {patch !== undefined && (
        <div class="patch">
          <CopyButton label="Copy" text={() => patch} />
          <pre>
            <code>{codeText(patch)}</code>
          </pre>
        </div>
      )}
      {files.length > 0 && <AffectedFiles data={data} files={files} fileCount={fileCount} />}
      <p class="choice">
        {files.length > 0 && <a href={href('overview', { finding: id })}>Show in the timeline</a>}
        {isGraphed && (
          <a href={href('flame', { q: `${position.file}:${position.line}`, value: ALL_TIME })}>
            In the flame graph
          </a>
        )}
      </p>
    </>
  )
}

const MOST_FILES = 8

function AffectedFiles({ data, files, fileCount }: { data: RunData } & Pick<Finding, 'files' | 'fileCount'>) {
  const shown = files.slice(0, MOST_FILES)
  const more = fileCount - shown.length
  return (
    <>
      <p>{count(fileCount, 'test file')}, the most expensive first:</p>
      <ul class="tests">
        {shown.map(path => {
          const file = data.file(path)
          return (
            <li key={path}>
              {file === undefined ? (
                <span class="path">{pathName(path)}</span>
              ) : (
                <>
                  <FileName file={file} /> <span class="sub">{duration(file.wallMs)}</span>
                </>
              )}
            </li>
          )
        })}
        {more > 0 && <li class="sub">and {grouped(more)} more</li>}
      </ul>
    </>
  )
}

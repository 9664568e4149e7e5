// GitHub Actions: annotations and step outputs. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands

import type { Remark } from './remarks.js'

/** One line per remark. The runner reads both stdout and stderr. */
export function toAnnotations(remarks: readonly Remark[]): string {
  return remarks.map(remark => `${annotation(remark)}\n`).join('')
}

function annotation({ level, file, line, column, title, message }: Remark): string {
  const place: [string, string | number][] = file === '' ? [] : [['file', file]]
  if (file !== '' && line > 0) place.push(['line', line])
  if (file !== '' && line > 0 && column > 0) place.push(['col', column])
  const properties = [...place, ['title', title] as const]
  const text = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',')
  return `::${level} ${text}::${escapeData(message)}`
}

// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Entries of the file `GITHUB_OUTPUT`. Values may have several lines. */
export function toStepOutputs(outputs: readonly (readonly [name: string, value: string])[]): string {
  return outputs
    .map(([name, value]) => {
      const end = delimiterFor(value)
      return `${name}<<${end}\n${value}\n${end}\n`
    })
    .join('')
}

/** A line that does not occur in the value, because it ends the value. */
function delimiterFor(value: string): string {
  const lines = new Set(value.split(/\r?\n/))
  let delimiter = 'jest-profiler-end'
  while (lines.has(delimiter)) delimiter += '-'
  return delimiter
}

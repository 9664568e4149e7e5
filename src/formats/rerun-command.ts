// The command that profiles a single file or test with the config of this run, even if the run had no profile. Also used in the page.

import type { FileReport, TestReport } from '../report/file-report.js'
import type { RunReport } from '../report/report.js'

export function rerunCommand(
  { command, engine }: Pick<RunReport, 'command' | 'engine'>,
  { path, project }: Pick<FileReport, 'path' | 'project'>,
  test?: Pick<TestReport, 'fullName'>,
): string {
  // As `command` quotes it.
  const [config] = /(?<=\s)(?:--config(?:=|\s+)|-c\s+)(?:"(?:[^"\\]|\\.)*"|\S+)/.exec(command) ?? []
  return [
    'npx jest-profiler',
    ...(engine === 'none' ? ['--engine inspector'] : []),
    ...(config === undefined ? [] : [config]),
    ...(project === '' ? [] : ['--selectProjects', shellWord(project)]),
    '--runTestsByPath',
    shellWord(path),
    ...(test === undefined ? [] : ['-t', shellWord(namePattern(test.fullName))]),
  ].join(' ')
}

/** For a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** A regular expression for Jest's `-t` that matches only this name. */
export function namePattern(fullName: string): string {
  return `^${fullName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`
}

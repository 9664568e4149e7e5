// Commands that profile the run again, or some of its files or a test, with the same config. Also used in the page.

import type { FileReport, TestReport } from '../report/file-report.js'
import type { RunReport } from '../report/report.js'

type GivenRun = Pick<RunReport, 'command' | 'engine'>
type GivenFile = Pick<FileReport, 'path' | 'project'>

/** Profiles a file or test, even if the run had no profile. */
export function rerunCommand(
  { command, engine }: GivenRun,
  file: GivenFile,
  test?: Pick<TestReport, 'fullName'>,
): string {
  return [
    'npx jest-profiler',
    ...(engine === 'none' ? ['--engine inspector'] : []),
    ...argumentsFor(command, [file]),
    ...(test === undefined ? [] : ['-t', shellWord(namePattern(test.fullName))]),
  ].join(' ')
}

/** Measures some files again as in the run; undefined: all that the run had, by its own arguments. To be typed in the display root. */
export function repeatCommand(
  { command, engine, displayRoot }: GivenRun & Pick<RunReport, 'displayRoot'>,
  files?: readonly GivenFile[],
): string {
  const relative = command.replaceAll(`${displayRoot}/`, '')
  const given = files === undefined ? [relative.replace(/^\S+\s*/, '')] : argumentsFor(relative, files)
  return ['npx jest-profiler', ...(engine === 'inspector' ? [] : ['--engine', engine]), ...given]
    .filter(word => word !== '')
    .join(' ')
}

/** Tries what a finding says, on the suite as it was run. */
export function trialCommand(
  { command, displayRoot }: Pick<RunReport, 'command' | 'displayRoot'>,
  trial: string,
): string {
  const given = command.replaceAll(`${displayRoot}/`, '').replace(/^\S+\s*/, '')
  return `npx jest-profiler doctor --only ${shellWord(trial)}${given === '' ? '' : ` -- ${given}`}`
}

/** Arguments of Jest that select files, and its config as `command` quotes it. */
function argumentsFor(command: string, files: readonly GivenFile[]): string[] {
  const [config] = /(?<=\s)(?:--config(?:=|\s+)|-c\s+)(?:"(?:[^"\\]|\\.)*"|\S+)/.exec(command) ?? []
  const projects = [...new Set(files.map(({ project }) => project))].filter(project => project !== '')
  return [
    ...(config === undefined ? [] : [config]),
    ...(projects.length === 0 ? [] : ['--selectProjects', ...projects.map(shellWord)]),
    '--runTestsByPath',
    ...files.map(({ path }) => shellWord(path)),
  ]
}

/** For a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** A regular expression for Jest's `-t` that matches only this name. */
export function namePattern(fullName: string): string {
  return `^${fullName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`
}

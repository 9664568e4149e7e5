// Markdown's tables of where the wall time went: phases, imports, hooks, waits, and what to change.

import { docsUrl, ruleOf } from '../../report/finding-rules.js'
import type { Report } from '../../report/report.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { costlyImports, importName } from '../../report/views/imports.js'
import {
  betweenFilesText,
  commandLine,
  hookName,
  longestHooks,
  longestWaits,
  ownPartOfTests,
  ownParts,
  phasesWithTime,
  scheduleLine,
  startedBy,
  waitedFor,
} from '../sections.js'
import { pathName, plain, position } from '../wording.js'
import { asText, code, section, withCode } from './markdown-text.js'

export function findings(report: Report, topN: number): string {
  const rows = report.findings
    .slice(0, topN)
    .map(({ id, costMs, title, evidence, remedy, confidence, position: place }) => [
      duration(costMs),
      withCode(title) +
        (place === null || title.includes(`${place.file}:`) ? '' : ` ${code(position(place))}`),
      withCode(evidence),
      withCode(remedy),
      confidence,
      `[${ruleOf(id)}](${docsUrl(id)})`,
    ])
  const head = ['costs', 'finding', 'evidence', 'what to do', 'confidence', 'rule']
  return section('What to change', { head, rightAligned: 1 }, rows)
}

export function phases(report: Report): string {
  const { fileWallMs: whole, importsInTestsMs: importing } = report.totals
  const rows = phasesWithTime(report).map(({ phase, times }) => [
    duration(times.wallMs),
    percent(times.wallMs, whole),
    duration(times.cpuMs),
    times.readyMs === null ? '–' : duration(times.readyMs),
    duration(times.blockedMs),
    duration(times.idleMs),
    `${duration(times.gcMs)} ±${duration(times.gcUncertaintyMs)}`,
    `±${duration(times.uncertaintyMs)}`,
    phase === 'tests' && importing >= 10 ? `tests (importing ${duration(importing)})` : phase,
  ])
  const head = ['wall', 'of all', 'CPU', 'no core', 'blocked', 'waiting', 'GC', 'uncertainty', 'phase']
  const table = section('Where the time went', { head, rightAligned: 8 }, rows)
  const notes = [betweenFilesText(report), commandLine(report), scheduleLine(report)].filter(
    line => line !== '',
  )
  if (table === '') return ''
  const parts =
    'CPU, no core, blocked and waiting make up the wall time of all test files; GC is part of CPU, and CPU may be off by the uncertainty.'
  return `${table}\n\n${parts}${notes.map(line => `  \n${asText(line)}.`).join('')}`
}

export function imports(report: Report, topN: number): string {
  const rows = costlyImports(report)
    .slice(0, topN)
    .map(row => [
      duration(row.savedMs),
      duration(row.selfMs),
      duration(row.totalMs),
      row.transformer === null ? code(pathName(row.module)) : asText(importName(row)),
      String(row.files),
      ownParts(row),
      row.chain
        .slice(0, -1)
        .slice(-3)
        .map(module => code(pathName(module)))
        .join(' → '),
    ])
  const head = ['saved without it', 'self', 'total', 'module', 'files', 'its own part', 'imported by']
  const table = section('Costliest imports', { head, rightAligned: 3 }, rows)
  const own = ownPartOfTests(report)
  const overlap =
    'A saving includes that of the modules which nothing else would have loaded: rows may overlap.'
  return table === '' ? '' : `${table}\n\n${overlap}${own === '' ? '' : `  \nNot in the table, ${own}.`}`
}

export function transforms(report: Report, topN: number): string {
  const rows = report.transforms
    .filter(({ totalMs, loadMs }) => totalMs + loadMs >= 1)
    .slice(0, topN)
    .map(({ totalMs, loadMs, transformer, extension, files, cacheMisses }) => [
      duration(totalMs),
      transformer === null ? 'none' : asText(transformer),
      code(plain(extension)),
      String(files),
      `${cacheMisses} (${percent(cacheMisses, files)})`,
      loadMs < 1 ? '' : duration(loadMs),
    ])
  const head = ['time', 'transformer', 'files', 'asked for', 'not in the cache', 'loading it']
  return section('Transforms', { head, rightAligned: 1 }, rows)
}

export function hooks(report: Report, topN: number): string {
  const rows = longestHooks(report)
    .slice(0, topN)
    .map(row => [
      duration(row.wallMs),
      duration(row.cpuMs),
      row.readyMs === null ? '–' : duration(row.readyMs),
      duration(row.blockedMs),
      duration(row.idleMs),
      row.count.toLocaleString('en-US'),
      String(row.files),
      asText(hookName(row)),
      code(position(row)),
    ])
  const head = ['wall', 'CPU', 'no core', 'blocked', 'waiting', 'runs', 'files', 'hook', 'where']
  return section('Hooks', { head, rightAligned: 7 }, rows)
}

export function waits(report: Report, topN: number): string {
  const rows = longestWaits(report)
    .slice(0, topN)
    .map(({ wait, startedBy: starter }) => [
      duration(wait.totalMs),
      wait.kind.startsWith('not recorded') ? '' : `×${wait.count.toLocaleString('en-US')}`,
      asText(waitedFor(wait)),
      code(starter),
      wait.tests
        .slice(0, 3)
        .map(({ fullName, totalMs }) => `${asText(fullName)} (${duration(totalMs)})`)
        .join(', '),
    ])
  const head = ['time', 'times', 'waits for', 'started by', 'longest in']
  return section('Waits', { head, rightAligned: 2 }, rows)
}

export function leaks(report: Report, topN: number): string {
  const rows = report.leaks
    .slice(0, topN)
    .map(leak => [
      duration(leak.cpuMs),
      `×${leak.count.toLocaleString('en-US')}`,
      asText(leak.kind),
      code(startedBy(leak, path => path)),
      asText(leak.test.fullName),
      count(leak.during.length, 'later test'),
    ])
  const head = ['CPU', 'times', 'what', 'started by', 'left behind by', 'ran in']
  return section('Left behind by tests that had ended', { head, rightAligned: 2 }, rows)
}

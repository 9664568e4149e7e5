// The formats that the option `artifacts` knows. Types, messages and docs derive from this list.

export const DEFAULT_ARTIFACTS = ['html', 'markdown', 'json'] as const

export const ARTIFACT_NAMES = [
  ...DEFAULT_ARTIFACTS,
  'cpuprofile',
  'speedscope',
  'pprof',
  'heapprofile',
  'firefox',
  'trace',
  'collapsed',
] as const

export type ArtifactName = (typeof ARTIFACT_NAMES)[number]

/** Whether a format shows what was allocated and nothing else. */
export function isHeapFormat(name: ArtifactName): boolean {
  return name === 'heapprofile'
}

/** Whether a format is a profile of time: the reports can be written of any run. */
export function isProfileFormat(name: ArtifactName): boolean {
  return !isHeapFormat(name) && !(DEFAULT_ARTIFACTS as readonly ArtifactName[]).includes(name)
}

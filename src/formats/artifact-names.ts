// The formats that the option `artifacts` knows. Types, messages and docs derive from this list.

export const DEFAULT_ARTIFACTS = ['html', 'markdown', 'json'] as const

export const ARTIFACT_NAMES = [
  ...DEFAULT_ARTIFACTS,
  'cpuprofile',
  'speedscope',
  'pprof',
  'firefox',
  'trace',
  'collapsed',
] as const

export type ArtifactName = (typeof ARTIFACT_NAMES)[number]

/** Whether a format is a profile: the reports can be written of any run. */
export function isProfileFormat(name: ArtifactName): boolean {
  return !(DEFAULT_ARTIFACTS as readonly ArtifactName[]).includes(name)
}

// Detects the CI system by its environment variables. https://docs.github.com/actions/reference/workflows-and-actions/variables,
// https://docs.gitlab.com/ci/variables/predefined_variables/

export interface Ci {
  /** Undefined for other systems, and outside of CI. */
  readonly name: 'github' | 'gitlab' | undefined
  /** Absolute path of the repository; undefined if it is unknown. Published paths are relative to it. */
  readonly repository: string | undefined
  /** File that GitHub shows as the step's summary; used wherever this variable is set. */
  readonly summaryFile: string | undefined
  /** File for the outputs of a GitHub Actions step. */
  readonly outputFile: string | undefined
}

export function detectCi(env: Readonly<Record<string, string | undefined>>): Ci {
  const given = (name: string) => (env[name] === '' ? undefined : env[name])
  const summaryFile = given('GITHUB_STEP_SUMMARY')
  if (given('GITHUB_ACTIONS') === 'true') {
    const [repository, outputFile] = [given('GITHUB_WORKSPACE'), given('GITHUB_OUTPUT')]
    return { name: 'github', repository, summaryFile, outputFile }
  }
  const isGitLab = given('GITLAB_CI') === 'true'
  const repository = isGitLab ? given('CI_PROJECT_DIR') : undefined
  return { name: isGitLab ? 'gitlab' : undefined, repository, summaryFile, outputFile: undefined }
}

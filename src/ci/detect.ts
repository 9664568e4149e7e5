// Which CI system a run takes place in, by the environment variables that it sets.
// https://docs.github.com/actions/reference/workflows-and-actions/variables, https://docs.gitlab.com/ci/variables/predefined_variables/

export interface Ci {
  /** Undefined in any other system, and outside of CI. */
  readonly name: 'github' | 'gitlab' | undefined
  /** Absolute path of the repository, which paths are relative to; undefined: unknown. */
  readonly repository: string | undefined
  /** File that GitHub shows as the step's summary. Also used where another program sets the same variable. */
  readonly summaryFile: string | undefined
  /** File that takes the outputs of a step of GitHub Actions. */
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

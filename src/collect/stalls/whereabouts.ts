// The main thread's answer to the question where it is, loaded when it is asked: the user's calls that are running, or what is open and may be awaited.

import type { ScriptLookup } from '../../jest/sandbox-scripts.js'
import type { Question, RunningCall, UnmappedCall, Whereabouts } from '../../recording/whereabouts.js'
import { callSitesOf, captureStack, fileOfSite, isUsersFile } from '../call-sites.js'
import { describeScript } from '../described-scripts.js'

/** Frames that are searched for the user's code. */
const DEPTH = 200
/** Calls that are told. */
const MOST_CALLS = 20

export interface Asked {
  /** What the test has open, the latest last. */
  openHandles(): readonly {
    readonly kind: string
    readonly calls: readonly UnmappedCall[]
  }[]
  /** Undefined: unknown. */
  scriptLookup(): ScriptLookup | undefined
  saveSoFar(): void
  sampleAllocations(): void
}

export function answerQuestion(asked: Asked, question: Question): string {
  if ('samples' in question) {
    asked.sampleAllocations()
    return 'null'
  }
  if ('calls' in question) return JSON.stringify(withSourceMaps(question.calls, asked))
  return JSON.stringify(answerWhereabouts(asked, question))
}

/** Frames of callers that are ours are not told. */
function answerWhereabouts(asked: Asked, { saves }: { readonly saves: boolean }): Whereabouts {
  const running = runningCalls()
  const open = running.length > 0 ? undefined : asked.openHandles().at(-1)
  const calls = open?.calls ?? running
  const whereabouts: Whereabouts = {
    state: running.length > 0 ? 'computing' : 'waiting',
    kind: open?.kind ?? '',
    calls: withSourceMaps(calls, asked),
  }
  if (saves) asked.saveSoFar()
  return whereabouts
}

function withSourceMaps(calls: readonly UnmappedCall[], asked: Asked): RunningCall[] {
  const lookup = asked.scriptLookup()
  return calls.map(call => ({ ...call, sourceMap: describeScript(call.file, lookup).sourceMap }))
}

function runningCalls(): UnmappedCall[] {
  return (
    callSitesOf(captureStack(answerWhereabouts, DEPTH))
      // Callers that await the call do not run.
      .filter(site => !site.isAsync() && isUsersFile(fileOfSite(site)))
      .slice(0, MOST_CALLS)
      .map(site => ({
        function: site.getFunctionName() ?? '',
        file: fileOfSite(site),
        line: site.getLineNumber() ?? 0,
        column: site.getColumnNumber() ?? 0,
      }))
  )
}

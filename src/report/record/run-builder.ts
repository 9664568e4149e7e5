// Recordings → what a report is made of: the Profile, what importing cost, and each recording without its samples.
// Feeding it many recordings is the merge; it holds none of them.

import { CacheKeys, type ProcessKey } from '../../attribution/cache-keys.js'
import { type FailedModuleSum, FailedModules } from '../../attribution/failed-modules.js'
import { foldAllocations } from '../../attribution/fold-allocations.js'
import { foldRecording } from '../../attribution/fold-recording.js'
import { type ModuleSum, ModuleTotals } from '../../attribution/module-totals.js'
import { ALL_TIME, type TimeSelection } from '../../attribution/timeline.js'
import type { Profile } from '../../profile/profile.js'
import { addProfile, ProfileBuilder } from '../../profile/profile-builder.js'
import type { TransformTotals } from '../../recording/recording.js'
import type { ResolvedRecording } from '../../recording/resolved-recording.js'
import { type RecordingSummary, summarizeRecording } from './recording-summary.js'

export interface BuiltRun {
  readonly profile: Profile
  readonly modules: readonly ModuleSum[]
  readonly transforms: readonly TransformTotals[]
  readonly failedModules: readonly FailedModuleSum[]
  readonly cacheKeys: readonly ProcessKey[]
}

export class RunBuilder {
  readonly profile = new ProfileBuilder()
  readonly #modules = new ModuleTotals()
  readonly #failedModules = new FailedModules()
  readonly #cacheKeys = new CacheKeys()

  /** `name`: the recording's file in the run's folder of recordings. */
  add(recording: ResolvedRecording, name: string, selection: TimeSelection = ALL_TIME): RecordingSummary {
    foldAllocations(this.profile, recording, selection)
    foldRecording(this.profile, recording, selection)
    this.#modules.add(recording, selection)
    this.#cacheKeys.add(recording)
    // They are sums over the file: it is unknown which of them were for some of its tests.
    if (selection === ALL_TIME) this.#failedModules.add(recording)
    return summarizeRecording(recording, name, selection)
  }

  /** Adds, last of all, what another builder has made of other recordings, as if they had come after those of this one. */
  join({ profile, modules, transforms, failedModules, cacheKeys }: BuiltRun): void {
    addProfile(profile, this.profile)
    this.#modules.join(modules, transforms)
    this.#failedModules.join(failedModules)
    this.#cacheKeys.join(cacheKeys)
  }

  build(): BuiltRun {
    const { modules, transforms } = this.#modules
    return {
      profile: this.profile.build(),
      modules,
      transforms,
      failedModules: this.#failedModules.sums,
      cacheKeys: this.#cacheKeys.keys,
    }
  }
}

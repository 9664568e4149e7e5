// Fields that choose what both flame graphs show; all of it is in the link.

import type { Phase } from '../../profile/profile.js'
import type { Folding } from '../flame/flame-tree.js'
import { navigate } from '../navigation.js'
import { changed, type Route } from '../routes.js'
import { Choice } from '../widgets/choice.js'
import { chosenValue, FoldingFields, foldingOf, SearchField, ValueFields } from '../widgets/flame-fields.js'
import type { CallSelection, CallsData } from './calls-data.js'

export interface FlameChoice extends CallSelection {
  readonly folding: Folding
}

export function flameChoice(calls: CallsData, params: URLSearchParams): FlameChoice {
  return {
    phase: calls.phases.find((phase): phase is Phase => phase === params.get('phase')),
    value: chosenValue(calls, params),
    folding: foldingOf(params),
  }
}

export function FlameControls({
  calls,
  route,
  choice,
}: {
  calls: CallsData
  route: Route<string>
  choice: FlameChoice
}) {
  const set = (change: Record<string, string | null>) => navigate(changed(route, { zoom: null, ...change }))
  return (
    <div class="controls">
      <Choice
        label="Phase"
        value={choice.phase}
        options={calls.phases.map(phase => ({ value: phase, title: phase }))}
        onChange={phase => set({ phase })}
      />
      <ValueFields code={calls} value={choice.value} onChange={set} />
      <FoldingFields folding={choice.folding} onChange={set} />
      <SearchField route={route} />
    </div>
  )
}

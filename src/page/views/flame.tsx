// The flame graph of the whole run or a part of it. The selection is in the link.

import { useMemo } from 'preact/hooks'
import { CATEGORIES, PHASES, TIMES } from '../../profile/profile.js'
import { BLOCKED_COLOUR } from '../categories.js'
import type { ProfileData, RunData } from '../data/run-data.js'
import { type Selection, unitOf } from '../data/selection.js'
import { operationsText, parseOperations, type StackOperation } from '../data/stack-operations.js'
import { sanitize } from '../data/text.js'
import { Operations } from '../flame/crumbs.js'
import type { FlameTree } from '../flame/flame-tree.js'
import { FlameView } from '../flame/flame-view.js'
import { mergedTree, orderedTree, sandwichTrees } from '../flame/sample-trees.js'
import { navigate } from '../navigation.js'
import { changed } from '../routes.js'
import { chosenValue, FlameFields, foldingOf, type LinkChange, Radios } from '../widgets/controls.js'
import { Legend } from '../widgets/figures.js'
import { Category } from '../widgets/names.js'
import { framesOf } from './function.js'
import { SelectionControls } from './selection-controls.js'
import { NeedsProfile, NotFound, type ViewProps } from './view.js'

const MODE_TITLES = { merged: 'Merged', time: 'Chronological', sandwich: 'Callers and callees' }
type Mode = keyof typeof MODE_TITLES

const NO_ORDER =
  'Select a test file and a kind of time first: test files of different workers have no common chronological order.'

export function Flame({ data, route }: ViewProps) {
  const { profile } = data
  if (profile === undefined) return <NeedsProfile />
  const path = route.params.get('file')
  if (path !== null && data.file(path) === undefined) return <NotFound what="No such test file." />
  return (
    <>
      <h1>Flame graph</h1>
      <Graph data={data} profile={profile} route={route} />
    </>
  )
}

function Graph({ data, profile, route }: ViewProps & { profile: ProfileData }) {
  const { params } = route
  const selection = selectionOf(data, profile, params)
  const hasOrder = selection.file !== undefined && unitOf(profile, selection.value) === TIMES.cpu.unit
  const mode = modeOf(params, { hasOrder })
  const folding = foldingOf(params)
  const options = { ...folding, owners: params.get('group') !== 'none' }
  const [name, at] = [params.get('name') ?? '', params.get('at') ?? '']
  const chosen = [...params].filter(([parameter]) => !/^(zoom|callers|callees|q)$/.test(parameter))
  const trees = useMemo((): readonly (readonly [string, FlameTree])[] => {
    if (mode === 'time') return [['zoom', orderedTree(profile, selection, options)]]
    if (mode === 'merged') return [['zoom', mergedTree(profile, selection, options)]]
    const frames = framesOf(profile, name, at)
    const isFunction = (frame: number) => frames.has(frame)
    return Object.entries(sandwichTrees(profile, { selection, folding, isFunction }))
  }, [profile, mode, JSON.stringify(chosen)])
  const set = (change: LinkChange) =>
    navigate(changed(route, { zoom: null, callers: null, callees: null, ...change }))
  const operate = (operations: readonly StackOperation[]) => set({ stacks: operationsText(operations) })
  return (
    <>
      <SelectionControls data={data} selection={selection} onChange={set} />
      <div class="controls">
        <Radios
          name="mode"
          legend="Order"
          options={MODE_TITLES}
          chosen={mode}
          disabled={{ time: hasOrder ? undefined : NO_ORDER, sandwich: name === '' ? '' : undefined }}
          onChange={set}
        />
        {mode !== 'sandwich' && (
          <fieldset>
            <legend>Group</legend>
            <label>
              <input
                type="checkbox"
                checked={options.owners}
                onChange={() => set({ group: options.owners ? 'none' : null })}
              />{' '}
              by phase and test
            </label>
          </fieldset>
        )}
        <FlameFields code={profile} value={selection.value} folding={folding} route={route} onChange={set} />
      </div>
      <Operations operations={selection.operations ?? []} onChange={operate} />
      {mode === 'sandwich' && (
        <p class="sub">
          Callers above, callees below <strong>{sanitize(name)}</strong>{' '}
          <span class="path">{sanitize(at)}</span>
        </p>
      )}
      {trees.map(([parameter, tree]) => (
        <FlameView
          key={parameter}
          tree={tree}
          label={`Flame graph, ${MODE_TITLES[mode]}${parameter === 'zoom' ? '' : `, ${parameter}`}`}
          profile={profile}
          route={route}
          parameter={parameter}
          query={params.get('q') ?? ''}
          isUpsideDown={parameter === 'callers'}
          tallest={mode === 'sandwich' ? 320 : undefined}
          hasSource
          onOperate={operation => operate([...(selection.operations ?? []), operation])}
        />
      ))}
      <Legend entries={[{ text: 'blocked', colour: BLOCKED_COLOUR }]}>
        {CATEGORIES.map(category => (
          <Category key={category} name={category} />
        ))}
      </Legend>
      <p class="sub hint">
        Click or press Enter to zoom in, Escape to reset; hold Ctrl and turn the wheel to zoom freely.
        Right-click a call to focus on it, or to ignore or merge it. A dark line at the top of a call stands
        for functions of Jest, Node and V8 between it and its caller.
      </p>
    </>
  )
}

function modeOf(params: URLSearchParams, { hasOrder }: { hasOrder: boolean }): Mode {
  const mode = params.get('mode')
  if (mode === 'time' && hasOrder) return 'time'
  return mode === 'sandwich' && params.has('name') ? 'sandwich' : 'merged'
}

function selectionOf(data: RunData, profile: ProfileData, params: URLSearchParams): Selection {
  const number = (name: string) => {
    const text = params.get(name)
    return text === null || !/^\d+$/.test(text) ? undefined : Number(text)
  }
  const path = params.get('file')
  // Indexes within a file need the file.
  const within = path === null ? () => undefined : number
  const project = params.get('project') ?? undefined
  return {
    file: path === null ? undefined : data.file(path, project),
    project: path === null ? project : undefined,
    describe: path === null ? undefined : describeOf(params.get('describe')),
    test: within('test'),
    attempt: within('attempt'),
    hook: within('hook'),
    worker: number('worker'),
    phase: PHASES.find(phase => phase === params.get('phase')),
    category: CATEGORIES.find(category => category === params.get('category')),
    value: chosenValue(profile, params),
    operations: parseOperations(params.get('stacks')),
  }
}

/** The fragment may come from anywhere: anything but a list of names selects nothing. */
function describeOf(text: string | null): string[] | undefined {
  if (text === null) return undefined
  try {
    const names: unknown = JSON.parse(text)
    return Array.isArray(names) && names.every(name => typeof name === 'string') ? names : undefined
  } catch {
    return undefined
  }
}

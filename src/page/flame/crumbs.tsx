// Where a flame graph is: the callers of the call that it is zoomed to, and what was done to its stacks.

import { OPERATION_TITLES, type StackOperation } from '../data/stack-operations.js'
import { sanitize } from '../data/text.js'
import type { FlameNode } from './flame-tree.js'

/** With more callers, those in the middle are left out. */
const MOST_CRUMBS = 8

export function ZoomCrumbs(props: { zoomed: FlameNode; onZoom: (node: FlameNode | undefined) => void }) {
  const { zoomed, onZoom } = props
  const path: FlameNode[] = []
  for (let node: FlameNode | undefined = zoomed; node !== undefined; node = node.parent) path.unshift(node)
  const isCut = path.length > MOST_CRUMBS
  const shown = isCut ? [...path.slice(0, 3), ...path.slice(3 - MOST_CRUMBS)] : path
  return (
    <nav class="crumbs" aria-label="Zoomed to">
      {shown.map((node, index) => (
        <span key={node.id}>
          {index > 0 && <span class="sub"> {isCut && index === 3 ? '› … ›' : '›'} </span>}
          {node === zoomed ? (
            <strong>{sanitize(node.label)}</strong>
          ) : (
            <button
              type="button"
              class="quiet"
              onClick={() => onZoom(node.parent === undefined ? undefined : node)}
            >
              {sanitize(node.label)}
            </button>
          )}
        </span>
      ))}
    </nav>
  )
}

interface OperationsProps {
  readonly operations: readonly StackOperation[]
  readonly onChange: (operations: readonly StackOperation[]) => void
}

/** The operations in their order, each with a button that takes it back. */
export function Operations({ operations, onChange }: OperationsProps) {
  if (operations.length === 0) return null
  return (
    <p class="crumbs operations">
      {operations.map((operation, index) => (
        <span key={index} class="tag">
          {OPERATION_TITLES[operation.kind]} <strong>{sanitize(operation.name)}</strong>{' '}
          <button
            type="button"
            class="quiet"
            aria-label={`Remove: ${OPERATION_TITLES[operation.kind]} ${sanitize(operation.name)}`}
            onClick={() => onChange(operations.toSpliced(index, 1))}
          >
            ×
          </button>
        </span>
      ))}
      <button type="button" onClick={() => onChange(operations.slice(0, -1))}>
        Undo
      </button>
    </p>
  )
}

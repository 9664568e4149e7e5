// What can be done with a call of a flame graph, as a menu at the call and as buttons below the graph.

import { useEffect, useRef } from 'preact/hooks'
import type { FrameInfo } from '../data/run-data.js'
import { placeOf, type StackOperation } from '../data/stack-operations.js'
import { sanitize } from '../data/text.js'
import type { FlameNode } from './flame-tree.js'

export interface NodeAction {
  readonly title: string
  readonly operation: StackOperation
}

/** Empty for the root, owners, and folded frames of Jest, Node and V8. */
export function actionsOf(node: FlameNode, frame: FrameInfo | undefined): NodeAction[] {
  if (node.parent === undefined || frame === undefined) return []
  const { name, package: packageName } = frame
  const own = { name, at: placeOf(frame) }
  const shown = sanitize(name)
  const ofPackage = packageName === undefined ? undefined : sanitize(packageName)
  return [
    { title: `Focus: only stacks with ${shown}`, operation: { kind: 'focus', ...own } },
    { title: `Ignore stacks with ${shown}`, operation: { kind: 'ignore', ...own } },
    ...(packageName === undefined
      ? [{ title: `Merge ${shown} into its callers`, operation: { kind: 'merge', ...own } } as const]
      : [
          {
            title: `Ignore stacks with ${ofPackage}`,
            operation: { kind: 'ignore', name: packageName },
          } as const,
          {
            title: `Merge ${ofPackage} into its callers`,
            operation: { kind: 'merge', name: packageName },
          } as const,
        ]),
  ]
}

interface NodeMenuProps {
  readonly actions: readonly NodeAction[]
  /** In pixels, within the graph. */
  readonly left: number
  readonly top: number
  readonly onChoose: (operation: StackOperation) => void
  readonly onClose: () => void
}

export function NodeMenu({ actions, left, top, onChoose, onClose }: NodeMenuProps) {
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => {
    menu.current?.querySelector('button')?.focus({ preventScroll: true })
    const close = (event: Event) => {
      if (!(event.target instanceof Node && menu.current?.contains(event.target))) onClose()
    }
    document.addEventListener('pointerdown', close)
    return () => document.removeEventListener('pointerdown', close)
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll('button') ?? [])]
    const at = items.findIndex(item => item.matches(':focus'))
    if (event.key === 'Escape' || event.key === 'Tab') onClose()
    else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus()
    else if (event.key === 'ArrowUp') items.at(at - 1)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      ref={menu}
      role="menu"
      class="menu"
      style={{ left: `${left}px`, top: `${top}px` }}
      onKeyDown={onKeyDown}
    >
      {actions.map(({ title, operation }) => (
        <button key={title} type="button" role="menuitem" onClick={() => onChoose(operation)}>
          {title}
        </button>
      ))}
    </div>
  )
}

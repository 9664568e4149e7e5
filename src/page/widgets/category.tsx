import type { Category as Name } from '../../profile/profile.js'
import { COLOURS, MEANING } from '../categories.js'

export function Category({ name }: { name: Name }) {
  return (
    <span class="category" title={MEANING[name]}>
      <i style={{ background: COLOURS[name] }} /> {name}
    </span>
  )
}

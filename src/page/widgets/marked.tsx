import { plain } from '../data/text.js'

/** Text with its `code` in backticks set apart. */
export function Marked({ text }: { text: string }) {
  // Every other part of the split stands between backticks.
  return plain(text)
    .split('`')
    .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))
}

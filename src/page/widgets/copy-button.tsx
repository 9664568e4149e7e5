import { useState } from 'preact/hooks'
import { plain } from '../data/text.js'

/** Copies text; says so, or says that the browser does not let it. */
export function CopyButton({ text, label }: { text: () => string; label: string }) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready')
  const copy = async () => {
    const isCopied = await copyText(text())
    setState(isCopied ? 'copied' : 'refused')
    setTimeout(() => setState('ready'), 2000)
  }
  return (
    <button type="button" class="quiet copy" onClick={copy}>
      <span aria-live="polite">
        {state === 'ready' ? label : state === 'copied' ? 'Copied' : 'The browser refused'}
      </span>
    </button>
  )
}

/** A command to run, with a button that copies it. */
export function Command({ text }: { text: string }) {
  return (
    <p>
      <code>{plain(text)}</code> <CopyButton label="Copy" text={() => text} />
    </p>
  )
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // Not allowed for this origin, as in some viewers of CI artifacts: the old way may still be.
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const isCopied = document.execCommand('copy')
    area.remove()
    return isCopied
  }
}

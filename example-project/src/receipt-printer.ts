import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'
import { heading } from './labels'

// Stands for the driver of a thermal printer: a separate program, and the printer must warm up first.
const DRIVER = `setTimeout(() => console.log(process.argv[1].split('\\n').length + ' lines printed'), 100)`
const WIDTH = 29

/** Returns the printer's answer. Blocks the thread until then. */
export function printNow(receipt: string): string {
  return execFileSync(process.execPath, ['-e', DRIVER, onPaper(receipt)], { encoding: 'utf8' }).trim()
}

/** The same in the background. */
export async function print(receipt: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', DRIVER, onPaper(receipt)])
  return stdout.trim()
}

function onPaper(receipt: string): string {
  return `${heading('Corner shop', WIDTH)}\n\n${receipt}`
}

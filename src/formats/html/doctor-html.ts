// The page of the doctor's answer.

import type { DoctorAnswer } from '../../doctor/answer.js'
import { type PageAssets, pageHtml } from './page-shell.js'

export function toDoctorHtml(answer: DoctorAnswer, assets: PageAssets): string {
  return pageHtml({
    assets,
    title: `Doctor: ${answer.suite}`,
    blocks: { doctor: answer },
    loading: 'Reading the answer …',
    withoutScripts: {
      forbidden: 'If this message stays, the server blocks scripts: download the file.',
      off: 'This page needs JavaScript. doctor.md beside it has the same as text.',
    },
  })
}

// The entry of the doctor's page.

import type { DoctorAnswer } from '../../doctor/answer.js'
import { startPage } from '../start-page.js'
import { DoctorApp } from './doctor-app.js'

startPage<DoctorAnswer, DoctorAnswer>({
  blocks: ['doctor', 'doctor'],
  show: answer => <DoctorApp answer={answer} />,
  elsewhere: 'doctor.md and doctor.json beside it have the same data.',
})

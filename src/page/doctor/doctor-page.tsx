// The page of the doctor.

import type { DoctorAnswer } from '../../doctor/answer.js'
import { page } from '../start-page.js'
import { DoctorApp } from './doctor-app.js'

export const doctorPage = page<DoctorAnswer, DoctorAnswer>({
  blocks: ['doctor', 'doctor'],
  show: answer => <DoctorApp answer={answer} />,
  elsewhere: 'doctor.md and doctor.json beside it have the same data.',
})

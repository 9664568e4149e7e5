import { expect, test } from '@jest/globals'
import {
  coresText,
  findMachine,
  listMachines,
  processorsText,
  workersText,
} from '../../src/report/views/machines.js'
import { mergedRun, reportOf } from '../support/run-record.js'

const { run, ...report } = reportOf([])
const merged = {
  ...{ ...run, workers: 7, mergedFrom: [mergedRun('1/2'), { ...mergedRun('2/2'), cpuCount: 8, workers: 5 }] },
}

test('A run that was not merged has one machine with all workers', () => {
  expect(listMachines({ ...report, run })).toMatchObject([{ name: undefined, cpuCount: 2 }])
  expect([workersText(run), processorsText(run), coresText(run)]).toEqual(['1 worker', '2 × Processor', '2'])
})

test('A merged run names its machines by shard and counts machines of each kind', () => {
  expect(listMachines({ ...report, run: merged }).map(({ name }) => name)).toEqual(['shard 1/2', 'shard 2/2'])
  expect(workersText(merged)).toBe('7 workers on 2 machines')
  expect(processorsText(merged)).toBe('1 machine with 2 × Processor, 1 machine with 8 × Processor')
  expect(coresText(merged)).toBe('2 + 8')
})

test('findMachine numbers workers consecutively across machines', () => {
  expect([1, 2, 3, 7].map(worker => findMachine(worker, merged))).toEqual([0, 0, 1, 1])
})

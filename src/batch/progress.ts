import type { DatasetState, Progress } from './state.ts';
import { datasetStatus } from './status.ts';

/** One step: the datasets of an equal sequence order that run in parallel. */
export interface Step {
  /** From 1. */
  rank: number;
  sequenceOrder: number;
  datasets: readonly DatasetState[];
  status: DatasetState['status'];
}

/** The steps that count, in order. */
export function stepsOf(datasets: readonly DatasetState[]): Step[] {
  const orders = [...new Set(datasets.map((dataset) => dataset.sequenceOrder))].sort((a, b) => a - b);
  return orders.map((sequenceOrder, index) => {
    const members = datasets.filter((dataset) => dataset.sequenceOrder === sequenceOrder);
    return {
      rank: index + 1,
      sequenceOrder,
      datasets: members,
      status: datasetStatus(members.flatMap((dataset) => dataset.units)),
    };
  });
}

/** Sequence-aware progress: `step` is the first incomplete step; all done: step = of. */
export function progressOf(datasets: readonly DatasetState[]): Progress {
  const steps = stepsOf(datasets);
  const units = datasets.flatMap((dataset) => dataset.units);
  return {
    step: steps.find((step) => step.status !== 'SUCCESS')?.rank ?? steps.length,
    of: steps.length,
    datasetsDone: datasets.filter((dataset) => dataset.status === 'SUCCESS').length,
    datasets: datasets.length,
    slicesDone: units.filter((unit) => unit.status === 'SUCCESS').length,
    slices: units.length,
  };
}

import type { EssentialNames } from '../../batch/essential-names.ts';
import type { Finding } from '../../batch/finding.ts';
import { gatherDiagnosis } from './gather-diagnosis.ts';
import { gatherTiming } from './gather-timing.ts';
import { createGatherer } from './gatherer.ts';
import { classOf } from './status-words.ts';
import type { Truth } from './truth.ts';

/** Everything that prose about these findings may say. */
export function truthOf(findings: readonly Finding[], at: { zone: string; names: EssentialNames }): Truth {
  const truth: Truth = {
    entities: [],
    numbers: new Set(),
    pairs: new Set(),
    counts: new Map(),
    labelled: new Set(),
    steps: new Map(),
    durations: [],
    utcTimes: new Set(),
    zoneTimes: new Set(),
    dates: new Set(),
    words: new Set(at.zone.toLowerCase().split(/[/_]/)),
    hasNight: findings.some((finding) => finding.kind === 'night'),
    causes: [],
    usual: [],
    estimates: new Set(),
    percents: new Set(),
  };
  const gather = createGatherer(truth, at);
  for (const finding of findings) {
    if (finding.kind === 'night') {
      gather.number(finding.entries.length);
      for (const entry of finding.entries) {
        gather.state(entry.state);
        if (entry.diagnosis !== null) gatherDiagnosis(truth, gather, entry.diagnosis);
      }
      const byStatus = Map.groupBy(finding.entries, (entry) => classOf(entry.status));
      for (const [status, entries] of byStatus) gather.count('batch', status, entries.length, finding.entries.length);
    } else if ('state' in finding) {
      gather.state(finding.state);
      gather.phase(finding.essential, finding.other.phase, finding.other.status);
      if (finding.kind === 'slices') gather.units(finding.units);
      if ('diagnosis' in finding && finding.diagnosis !== null) gatherDiagnosis(truth, gather, finding.diagnosis);
      gatherTiming(truth, gather, finding);
      if (finding.kind === 'tasks') {
        gather.count('run', 'failed', finding.runs.filter((run) => run.firstFailure).length, finding.runs.length);
        gather.number(finding.omitted);
        for (const run of finding.runs) {
          gather.attempt(run.attempt);
          gather.number(run.tasks.length);
          for (const task of run.tasks) gather.task(task);
          for (const [status, tasks] of Map.groupBy(run.tasks, (task) => classOf(task.state)))
            gather.count('task', status, tasks.length, run.tasks.length);
        }
      }
      if (finding.kind === 'history') {
        if (finding.medianDurationS !== null) truth.durations.push(finding.medianDurationS);
        for (const { datasetId, taskId, recurrence } of finding.recurrences)
          gather.recurrence(recurrence, [gather.dataset(datasetId), gather.entity('task', taskId, [taskId])]);
        const failed = finding.entries.filter((entry) => entry.failedUnits > 0).length;
        for (const noun of ['date', 'run'] as const) gather.count(noun, 'failed', failed, finding.entries.length);
        gather.count(
          'date',
          'success',
          finding.entries.filter((entry) => entry.status === 'SUCCESS').length,
          finding.entries.length,
        );
        gather.count(
          'date',
          'repaired',
          finding.entries.filter((entry) => entry.repairedUnits > 0).length,
          finding.entries.length,
        );
        for (const entry of finding.entries) gather.pastDate(entry);
      }
    }
  }
  return truth;
}

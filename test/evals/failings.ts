import type { TrueCause } from '../../src/playground/world/nights/generated-night.ts';
import { type Examined, nameOf } from './evaluate.ts';
import { wrongKeys } from './matching.ts';
import type { ToldCause } from './told.ts';

/** Whether something about the answer to this night is not as it should be. */
export function isFailed({ examination }: Examined): boolean {
  const { kind, score, evidence, agrees, agreesLive, truth } = examination;
  const named = kind === 'single' || kind === 'pair' || truth.length > 0 ? score.exact : !score.blames;
  return !named || evidence.wrong.length > 0 || !agrees || agreesLive === false;
}

/** A failed night in a few lines: what was true, what was said, and what is wrong with it. */
export function describeFailing(examined: Examined): string {
  const { job, examination } = examined;
  const { truth, told, outcome, evidence, agrees, agreesLive, withheld } = examination;
  const wrong = [...new Set(evidence.wrong)];
  return [
    `${nameOf(job)}${withheld === null ? '' : ` (withheld: ${withheld})`}`,
    ...(truth.length === 0 ? ['  truth   nothing to name'] : truth.map((cause) => `  truth   ${spellTruth(cause)}`)),
    ...(told.length === 0
      ? [`  answer  ${outcome}`]
      : told.map((cause, rank) => `  answer  ${rank + 1}. ${spellTold(cause)}${remark(cause, truth)}`)),
    ...wrong.slice(0, 3).map((problem) => `  evidence ${problem}`),
    ...(wrong.length > 3 ? [`  evidence … and ${wrong.length - 3} more`] : []),
    ...(agreesLive === false ? ['  on the tables as they stood at the clock, other causes are named'] : []),
    ...(agrees ? [] : ['  another order of rows, or asking again, gives another diagnosis']),
  ].join('\n');
}

function remark(told: ToldCause, truth: readonly TrueCause[]): string {
  const wrong = truth.map((cause) => wrongKeys(told, cause)).sort((a, b) => a.length - b.length)[0];
  if (wrong === undefined) return '';
  return wrong.length === 0 ? '  ✓' : `  ✗ ${wrong.join(', ')}`;
}

export function spellTruth({ family, datasetId, slices, taskIds, operator, host, window }: TrueCause): string {
  return [
    family,
    datasetId,
    slices.length > 0 ? `slice ${slices.join(' | ')}` : null,
    taskIds.length > 0 ? `task ${taskIds.join(' | ')}` : null,
    ...commonKeys(operator, host, window),
  ]
    .filter((part) => part !== null)
    .join(', ');
}

export function spellTold({ family, datasetId, slice, taskId, operator, host, window }: ToldCause): string {
  const spelt = window && { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() };
  return [
    family,
    datasetId,
    `slice ${slice}`,
    taskId === null ? null : `task ${taskId}`,
    ...commonKeys(operator, host, spelt),
  ]
    .filter((part) => part !== null)
    .join(', ');
}

function commonKeys(operator: string | null, host: string | null, window: TrueCause['window']): (string | null)[] {
  return [
    operator === null ? null : `operator ${operator}`,
    host === null ? null : `host ${host}`,
    window === null ? null : `${window.from} to ${window.to}`,
  ];
}

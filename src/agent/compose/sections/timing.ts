import { shortDatasetName } from '../../../batch/short-dataset-name.ts';
import { isUnusual } from '../../../batch/timing/usual.ts';
import type { Answer } from '../../answer.ts';
import { code } from '../../safe-text.ts';
import { differenceLines } from '../differences.ts';
import { clockTime, duration } from '../times.ts';
import { plural } from '../units.ts';

type Said = Omit<Answer, 'text'>;

const SHOWN = 12;

/** The critical path, the slack, and the durations: whichever of them the answer has. */
export function timingSections(answer: Said): string[] {
  return [pathSection(answer), slackSection(answer), durationSection(answer), differenceSection(answer)];
}

function pathSection({ kind, lateness, ...answer }: Said): string {
  if (kind !== 'lateness' || lateness === null || lateness.path.length === 0) return '';
  const rows = lateness.path.slice(0, SHOWN).map((link) => {
    const ended =
      link.ended_at === null
        ? 'not ended'
        : `ended ${clockTime(Date.parse(link.ended_at), answer.time_zone, answer.business_date ?? undefined)}`;
    return `- Step ${link.step} ${unitOf(link)}: ${ended}, ${pathMinutes(link.minutes)}`;
  });
  return `**Critical path**\n${rows.join('\n')}`;
}

/** `+25 min (longer runs +20, queue +5)`: over or under what is usual. */
export function pathMinutes(minutes: NonNullable<Answer['lateness']>['parts']): string {
  const words = { late_start: 'late start', queue: 'queue', run: 'run', retry: 'retries', waiting: 'waiting' } as const;
  const entries = Object.entries(minutes) as [keyof typeof words, number][];
  const total = entries.reduce((sum, [, value]) => sum + value, 0);
  const parts = entries.filter(([, value]) => value !== 0).map(([part, value]) => `${words[part]} ${signed(value)}`);
  if (parts.length === 0) return 'as usual';
  return parts.length === 1 ? `${parts[0]} min` : `${signed(total)} min (${parts.join(', ')})`;
}

function signed(minutes: number): string {
  return minutes > 0 ? `+${minutes}` : `${minutes < 0 ? '−' : ''}${Math.abs(minutes)}`;
}

function slackSection({ kind, lateness }: Said): string {
  if (kind !== 'lateness' || lateness === null) return '';
  const rows = lateness.slack
    .filter(({ minutes }) => minutes > 0)
    .map(({ dataset_id, minutes }) => `${code(shortDatasetName(dataset_id))} ${duration(minutes * 60)}`);
  return rows.length === 0 ? '' : `Slack: ${rows.slice(0, SHOWN).join(', ')}.`;
}

function durationSection({ kind, durations }: Said): string {
  if (kind !== 'durations' || durations === null || durations.units.length < 2) return '';
  const rows = durations.units.slice(0, SHOWN).map((unit) => `- ${unitOf(unit)}: ${durationLine(unit)}`);
  const more = durations.units.length - rows.length;
  return `**Durations**\n${rows.join('\n')}${more > 0 ? `\n- and ${plural(more, 'slice')} more` : ''}`;
}

/** `1 h 40 min, usually 45 min, beyond its usual range` */
export function durationLine(unit: NonNullable<Answer['durations']>['units'][number]): string {
  const parts = [
    unit.actual_s === null ? 'has not run' : `${duration(unit.actual_s)}${unit.running ? ' so far' : ''}`,
    unit.usual === null
      ? 'nothing to compare with'
      : `usually ${duration(unit.usual.p50)}, 9 of 10 within ${duration(unit.usual.p90)}`,
    isUnusual({ actualS: unit.actual_s, usual: unit.usual }) ? 'beyond its usual range' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function differenceSection({ kind, comparison }: Said): string {
  if (kind !== 'comparison' || comparison === null || comparison.differences.length === 0) return '';
  const lines = differenceLines(comparison);
  const more = lines.length - SHOWN;
  const rows = lines.slice(0, SHOWN).map((line) => `- ${line}`);
  return `**What differs**\n${rows.join('\n')}${more > 0 ? `\n- and ${more} more` : ''}`;
}

function unitOf({ dataset_id, slice }: { dataset_id: string; slice: string | null }): string {
  const dataset = code(shortDatasetName(dataset_id));
  return slice === null ? dataset : `${code(slice)} of ${dataset}`;
}

import type { Answer } from '../../agent/answer.ts';
import { differenceLines } from '../../agent/compose/differences.ts';
import { durationLine, pathMinutes } from '../../agent/compose/sections/timing.ts';
import { duration } from '../../agent/compose/times.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { causeParts, nextParts } from './pieces/cause-parts.ts';
import { closingParts, prosePart } from './pieces/closing-parts.ts';
import { createDatasetNames } from './pieces/dataset-name.ts';
import { section } from './pieces/elements.ts';
import { inline } from './pieces/markdown.ts';
import { chunks, progressLine } from './pieces/step-parts.ts';
import { code } from './pieces/text.ts';
import { moment } from './pieces/time.ts';
import { verdictPart } from './pieces/verdict-part.ts';

const SHOWN = 25;

/** "Where did the time go?": the links of the critical path, each with its minutes over what is usual. */
export function latenessParts(answer: Answer): Part[] {
  const nameOf = namesIn(answer);
  const path = (answer.lateness?.path ?? []).map((link) => {
    const name =
      link.slice === null
        ? code(nameOf(link.dataset_id), 120)
        : `${code(link.slice, 120)} of ${code(nameOf(link.dataset_id), 120)}`;
    const ended = link.ended_at === null ? 'not ended' : moment(link.ended_at, answer.time_zone, answer.business_date);
    return `Step ${link.step} · ${name} · ${ended} · ${pathMinutes(link.minutes)}`;
  });
  const slack = (answer.lateness?.slack ?? [])
    .filter(({ minutes }) => minutes > 0)
    .map(({ dataset_id, minutes }) => `${code(nameOf(dataset_id), 120)} ${duration(minutes * 60)}`);
  return [
    verdictPart(answer),
    ...lists('link of the critical path', 'links of the critical path', path),
    ...lists('line of slack', 'lines of slack', slack.length === 0 ? [] : [`Slack: ${slack.slice(0, 12).join(' · ')}`]),
    ...prosePart(answer),
    ...closingParts(answer),
  ];
}

/** "When will it finish?": how far it is, and what stands in its way. */
export function etaParts(answer: Answer): Part[] {
  const progress: Part[] =
    answer.progress === null || answer.status === 'SUCCESS'
      ? []
      : [
          {
            keep: Keep.overview,
            what: ['progress line', 'progress lines'],
            blocks: [section(progressLine(answer.progress))],
          },
        ];
  return [
    verdictPart(answer),
    ...progress,
    ...causeParts(answer),
    ...prosePart(answer),
    ...nextParts(answer),
    ...closingParts(answer),
  ];
}

/** "What changed since yesterday?": a line a slice that differs, the weightiest first. */
export function comparisonParts(answer: Answer): Part[] {
  const lines =
    answer.comparison === null ? [] : differenceLines(answer.comparison).map((line) => `• ${inline(line, 420)}`);
  return [
    verdictPart(answer),
    ...lists('slice that differs', 'slices that differ', lines),
    ...prosePart(answer),
    ...closingParts(answer),
  ];
}

/** "Which slice is slow?": a line a slice, the most unusual first. */
export function durationsParts(answer: Answer): Part[] {
  const nameOf = namesIn(answer);
  const units = answer.durations?.units ?? [];
  const lines = units.map((unit) => {
    const name =
      unit.slice === null
        ? code(nameOf(unit.dataset_id), 120)
        : `${code(unit.slice, 120)} of ${code(nameOf(unit.dataset_id), 120)}`;
    return `${name} · ${durationLine(unit)}`;
  });
  return [
    verdictPart(answer),
    ...(units.length < 2 ? [] : lists('slice', 'slices', lines)),
    ...prosePart(answer),
    ...closingParts(answer),
  ];
}

function namesIn(answer: Answer): (datasetId: string) => string {
  const ids = [...answer.datasets, ...(answer.lateness?.path ?? []), ...(answer.durations?.units ?? [])];
  return createDatasetNames(ids.map((each) => each.dataset_id));
}

function lists(one: string, many: string, lines: readonly string[]): Part[] {
  const shown = lines.slice(0, SHOWN);
  const more = lines.length - shown.length;
  const said = more > 0 ? [...shown, `and ${more} more`] : shown;
  return chunks(said, 2600).map((chunk) => ({
    keep: Keep.overview,
    what: [one, many],
    count: chunk.length,
    blocks: [section(...chunk)],
  }));
}

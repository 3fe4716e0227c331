import type { EssentialNames } from '../../batch/essential-names.ts';
import type { Opening } from './opening.ts';
import { batchesIn } from './rules/batches.ts';
import { clockIn } from './rules/clock.ts';
import { comparedIn, type SaidCompared } from './rules/compared.ts';
import { dateIn } from './rules/dates.ts';
import { type DeclineReason, declineReason } from './rules/decline.ts';
import { phaseIn, type SaidPhase, withoutPhase } from './rules/phase.ts';
import { mended } from './rules/spelling.ts';
import { isHelp, type Topic, topicIn } from './rules/topic.ts';
import { unitsIn } from './rules/units.ts';
import { unknownNameIn } from './rules/unknown-name.ts';

/** What a question says, and nothing that it leaves unsaid: the thread supplies that later. */
export interface Understood {
  text: string;
  decline: DeclineReason | null;
  help: boolean;
  topic: Topic | null;
  batches: string[];
  /** A word where a batch would stand, unknown as one. */
  unknown: string | null;
  date: string | null;
  /** How many earlier dates were asked for. */
  dates: number | null;
  phase: SaidPhase | null;
  dataset: string | null;
  slice: string | null;
  /** The step asked about, by its number. */
  step: number | null;
  /** The time of day that it has to make. */
  by: string | null;
  /** What is compared with what. */
  compared: SaidCompared;
}

/** With a time of day these ask whether it is done by then. */
const BY_A_TIME: ReadonlySet<Topic> = new Set(['progress', 'status', 'history']);

export function understand(opening: Opening, names: EssentialNames): Understood {
  const text = mended(opening.question);
  const at = { now: Date.parse(opening.clock), zone: opening.time_zone };
  const { by, rest: untimed } = clockIn(text);
  const { date, dates, rest: undated } = dateIn(untimed, at);
  const phase = phaseIn(undated);
  const { batches, rest } = batchesIn(withoutPhase(undated), names);
  const units = unitsIn(rest);
  const unknown = batches.length === 0 && units.dataset === null && units.slice === null ? unknownNameIn(rest) : null;
  // A name of several words is rather a dataset's; the tools say so where it is neither.
  const dataset = unknown?.includes(' ') ? unknown : units.dataset;
  // Masked: a name must not read as a topic, and "last 10 days" must.
  const said = topicIn(`${rest} ${dates === null ? '' : 'last 10'}`.trim(), batchesIn(untimed, names).rest);
  const topic = said ?? (units.slice !== null || dataset !== null ? 'slices' : null);
  return {
    text,
    decline: declineReason(text),
    help: isHelp(text),
    topic: by !== null && (topic === null || BY_A_TIME.has(topic)) ? 'eta' : topic,
    batches,
    unknown: dataset === null ? unknown : null,
    date,
    dates,
    phase,
    dataset,
    slice: units.slice,
    step: stepIn(rest),
    by,
    compared: comparedIn(untimed, at),
  };
}

function stepIn(text: string): number | null {
  const found = /\bsteps? (?:no\.? |number |#)?(\d{1,3})\b/i.exec(text);
  return found === null ? null : Number(found[1]);
}

import type { Button, KnownBlock } from '@slack/types';
import { causeSentence } from '../../agent/compose/causes/clause.ts';
import { percent } from '../../agent/compose/eta.ts';
import { headline } from '../../agent/compose/verdict.ts';
import type { EssentialNames } from '../../batch/essential-names.ts';
import type { NightFinding } from '../../batch/finding.ts';
import { type Instant, isoUtc } from '../../batch/instant.ts';
import { unitsOf } from '../../batch/state.ts';
import { section } from '../blocks/pieces/elements.ts';
import { inline } from '../blocks/pieces/markdown.ts';
import { symbolOf, wordOf } from '../blocks/pieces/status-mark.ts';
import { words } from '../blocks/pieces/text.ts';
import { moment } from '../blocks/pieces/time.ts';
import { HOME } from './home-choice.ts';

type Entry = NightFinding['entries'][number];

export interface EntryReader {
  names: Pick<EssentialNames, 'spoken'>;
  zone: string;
  /** UTC milliseconds: times on its day are shown without the day. */
  asOf: Instant;
}

/** One essential: what state it is in, why, when it ends, and what one would ask next. One or two blocks. */
export function entryBlocks(entry: Entry, reader: EntryReader): KnownBlock[] {
  const stuck = isStuck(entry);
  const head = `${symbolOf(entry.status, stuck)} *${words(entry.essential, 80)}* ${entry.phase} · ${wordOf(entry.status, stuck).toLowerCase()}`;
  const [first, ...others] = questionsFor(entry, reader.names.spoken(entry.essential)).map(button);
  const fine = entry.status === 'SUCCESS' || entry.status === 'NOT_STARTED';
  const text = section(
    `${head}${fine ? endOf(entry, reader) : ` · ${inline(headline(entry.state, reader.zone), 240)}`}`,
    whyOf(entry, reader),
    fine ? '' : prospectOf(entry, reader),
  );
  if (first === undefined) return [text];
  // Beside the text a button takes a third of a phone's width: only a short text can spare it.
  if (fine) return [{ ...text, accessory: first }];
  return [text, { type: 'actions', elements: [first, ...others] }];
}

/** What one would ask of it, the most urgent first. */
export function questionsFor(entry: Entry, spoken: string): { label: string; text: string }[] {
  const about = `${spoken} ${entry.phase.toLowerCase()}`;
  const on = `on ${entry.businessDate}`;
  const whenDone = { label: 'When done?', text: `when will ${about} finish ${on}?` };
  const details = { label: 'Details', text: `status of ${about} ${on}` };
  if (isStuck(entry)) return [{ label: 'Why?', text: `why is ${about} stuck ${on}?` }, whenDone, details];
  switch (entry.status) {
    case 'FAILED':
    case 'PARTIAL_FAILURE':
      return [{ label: 'Why?', text: `why did ${about} fail ${on}?` }, whenDone, details];
    case 'RUNNING':
    case 'WAITING':
      return isExplained(entry)
        ? [{ label: 'Why?', text: `why is ${about} not done ${on}?` }, whenDone, details]
        : [whenDone, details];
    default:
      return isExplained(entry) ? [{ label: 'Why?', text: `why was ${about} late ${on}?` }, details] : [details];
  }
}

/** Something in it gives no sign of life. */
export function isStuck({ state }: Entry): boolean {
  return unitsOf(state).some((unit) => unit.stuck);
}

function isExplained({ diagnosis }: Entry): boolean {
  return (diagnosis?.causes ?? []).length > 0;
}

function button({ label, text }: { label: string; text: string }, index: number): Button {
  return {
    type: 'button',
    action_id: `${HOME.ask}_${index}`,
    text: { type: 'plain_text', text: label },
    value: text.slice(0, 2000),
  };
}

function whyOf({ diagnosis }: Entry, { zone, asOf }: EntryReader): string {
  const [cause, ...others] = diagnosis?.causes ?? [];
  if (cause === undefined) return '';
  const more = others.length === 0 ? '' : ` _${others.length} more ${others.length === 1 ? 'cause' : 'causes'}._`;
  return `${inline(causeSentence(cause, { zone, businessDate: dayOf(asOf) }), 420)}${more}`;
}

function endOf({ state }: Entry, { zone, asOf }: EntryReader): string {
  const { endedAt } = state;
  return endedAt === null ? '' : ` · ended ${moment(isoUtc(endedAt), zone, dayOf(asOf))}`;
}

function prospectOf({ prospect }: Entry, { zone, asOf }: EntryReader): string {
  const at = (instant: Instant) => moment(isoUtc(instant), zone, dayOf(asOf));
  const { estimate, deadline, chanceOfMissing } = prospect;
  const due = deadline === null ? '' : `deadline ${at(deadline)}`;
  const risk =
    due === '' || chanceOfMissing === null ? due : `${due}, missed with a chance of ${percent(chanceOfMissing)}`;
  const end = estimate === null ? '' : `Expected to end at ${at(estimate.p50)}`;
  const said = [end, risk].filter((part) => part !== '').join(' · ');
  return said === '' ? '' : `🕐 ${said}`;
}

function dayOf(instant: Instant): string {
  return isoUtc(instant).slice(0, 10);
}

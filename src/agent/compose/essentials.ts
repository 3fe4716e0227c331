import type { NightFinding } from '../../batch/finding.ts';
import { compareSeverity } from '../../batch/status.ts';
import type { Answer } from '../answer.ts';
import { safeText } from '../safe-text.ts';
import { causeRecord } from './causes/records.ts';
import { numbered } from './causes/sources.ts';
import type { AboutFinding, Ingredients } from './ingredients.ts';
import { hasStuck } from './units.ts';
import { headline } from './verdict.ts';

type Entry = Answer['essentials'][number];
/** What an entry needs beyond its finding. */
type From = Pick<Ingredients, 'zone' | 'records' | 'adviceFor'>;

/** All essentials of a night, in its order, each with its causes. */
export function nightRecords(night: Pick<NightFinding, 'entries'>, from: From): Entry[] {
  return night.entries.map((entry) => entryRecord(entry, from));
}

/** Only when a question named several: one essential needs no list. Worst first, like a night. */
export function severalRecords(about: readonly AboutFinding[], from: From): Entry[] {
  const distinct = new Map<string, AboutFinding>();
  for (const finding of about) {
    const key = `${finding.essential} ${finding.phase} ${finding.businessDate}`;
    if (!distinct.has(key) || finding.kind === 'causes') distinct.set(key, finding);
  }
  if (distinct.size < 2) return [];
  return [...distinct.values()]
    .sort((a, b) => compareSeverity(a.state, b.state))
    .map((finding) =>
      entryRecord({ ...finding, diagnosis: finding.kind === 'causes' ? finding.diagnosis : null }, from),
    );
}

function entryRecord(
  entry: Pick<NightFinding['entries'][number], 'essential' | 'businessDate' | 'phase' | 'state' | 'diagnosis'>,
  from: From,
): Entry {
  const { essential, businessDate, phase, state, diagnosis } = entry;
  const about = {
    essential,
    businessDate,
    zone: from.zone,
    sources: numbered(from.records),
    adviceFor: from.adviceFor,
  };
  return {
    essential: safeText(essential, 80),
    business_date: businessDate,
    phase,
    status: state.status,
    stuck: hasStuck(state),
    headline: headline(state, from.zone),
    outcome: diagnosis?.outcome ?? null,
    root_causes: (diagnosis?.causes ?? []).map((cause) => causeRecord(cause, about)),
  };
}

/** The causes of several essentials, each once and numbered anew: a common one stands where it is first met. */
export function distinctCauses(entries: readonly Entry[]): Answer['root_causes'] {
  const byKeys = new Map(
    entries
      .flatMap((entry) => entry.root_causes)
      .reverse()
      .map((cause) => [keysOf(cause), cause]),
  );
  return [...byKeys.values()].reverse().map((cause, index) => ({ ...cause, rank: index + 1 }));
}

function keysOf({ family, dataset_id, slice, task_id, operator, host, window }: Answer['root_causes'][number]): string {
  return family === 'shared_dependency' || family === 'bad_host'
    ? JSON.stringify([family, operator, host, window])
    : JSON.stringify([family, dataset_id, slice, task_id]);
}

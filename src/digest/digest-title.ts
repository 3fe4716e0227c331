import { nightVerdict } from '../agent/compose/night.ts';
import { plural } from '../agent/compose/units.ts';
import type { NightFinding } from '../batch/finding.ts';
import { listed } from './spoken-wish.ts';

type Entry = NightFinding['entries'][number];

const MOST_NAMED = 5;

/** Who needs somebody, by name: it is what a locked phone shows. `needy`: worst first. */
export function digestTitle(night: NightFinding, needy: readonly Entry[]): string {
  const { entries, missing, businessDate } = night;
  if (entries.length === 0) return nightVerdict(night);
  const unread = missing.length === 0 ? '' : ` ${missing.length} could not be read.`;
  if (needy.length === 0) return `Business date ${businessDate}: nothing needs attention, ${tally(entries)}.${unread}`;
  const names = needy.slice(0, MOST_NAMED).map(({ essential, phase }) => `${essential.slice(0, 60)} ${phase}`);
  const more = needy.length > names.length ? [`${needy.length - names.length} more`] : [];
  const count = distinct(needy);
  const of = `${count} of ${plural(distinct(entries), 'batch', 'batches')} ${count === 1 ? 'needs' : 'need'} attention`;
  return `Business date ${businessDate}: ${of}: ${listed([...names, ...more], 'and')}.${unread}`;
}

/** All there is to say of a night on which nobody is needed. */
export function quietTitle({ entries, businessDate }: NightFinding): string {
  return `All quiet for business date ${businessDate}: ${tally(entries)}.`;
}

/** "9 batches done, 2 under way, 1 not begun". */
function tally(entries: readonly Entry[]): string {
  const idle = distinct(entries.filter(({ status }) => status === 'NOT_STARTED'));
  const open = distinct(entries.filter(({ status }) => status !== 'SUCCESS' && status !== 'NOT_STARTED'));
  const done = distinct(entries) - open - idle;
  const rest = `${open === 0 ? '' : `, ${open} under way and in time`}${idle === 0 ? '' : `, ${idle} not begun`}`;
  return `${plural(done, 'batch', 'batches')} done${rest}`;
}

/** An essential may be listed with both of its phases. */
function distinct(entries: readonly Entry[]): number {
  return new Set(entries.map(({ essential }) => essential)).size;
}

import { type BusinessDate, spellDate } from '../../batch/business-date.ts';
import type { NightFinding } from '../../batch/finding.ts';
import type { Instant } from '../../batch/instant.ts';
import { needsAttention } from '../../batch/needs-attention.ts';
import { type Caption, MOST_ALT } from '../chart.ts';
import { clock, footnoteOf } from '../local-time.ts';
import { plain, plainName } from '../plain-text.ts';
import { isOpen, isTold, type NightEntry, notesOf } from './night-lanes.ts';

type Night = Pick<NightFinding, 'entries' | 'missing'> & { businessDate: BusinessDate };
interface Told {
  now: Instant;
  zone: string;
  open: boolean;
  /** When the first run began, and what the picture ends with. */
  first: Instant;
  last: Instant;
}

/** What the night comes to, in words. */
export function nightCaption(
  { entries, missing, businessDate }: Night,
  { now, zone, open, first, last }: Told,
): Caption {
  const bad = entries.filter(isTold);
  const standings = standingsOf(entries);
  const having = (wanted: Standing) => standings.filter((standing) => standing === wanted).length;
  const verdict = verdictOf(standings.length, having('attention'), having('done'));
  const counts: [number, string][] = [
    [having('open'), 'under way'],
    [having('done'), 'done'],
    [having('idle'), 'not started'],
    [missing.length, 'not readable'],
  ];
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const asOf = open ? [`as of ${clock(now, zone, first)}`] : [];
  const told = bad.map(
    (entry) => `${plainName(entry.essential, 30)} ${entry.phase}: ${notesOf(entry, now, zone).slice(0, 3).join(', ')}`,
  );
  return {
    title: `${dayOf(businessDate)}: ${verdict}`,
    subtitle: capital([...asOf, ...said].join(' · ')),
    footnote: footnoteOf(businessDate, zone, first, last),
    alt: plain(
      [
        `The night of business date ${businessDate}${open ? ` at ${clock(now, zone, first)}` : ''}, ${zone}: ${verdict}`,
        said.length === 0 ? '.' : `; ${said.join(', ')}.`,
        ...told.map((each) => ` ${each}.`),
      ].join(''),
      MOST_ALT,
    ),
  };
}

function verdictOf(batches: number, troubled: number, done: number): string {
  const of = `of ${batches} batch${batches === 1 ? '' : 'es'}`;
  if (troubled > 0) return `${troubled} ${of} ${troubled === 1 ? 'needs' : 'need'} attention`;
  return done === batches ? `all ${batches} batches done` : `nothing failed, ${done} ${of} done`;
}

const STANDINGS = ['attention', 'open', 'idle', 'done'] as const;
type Standing = (typeof STANDINGS)[number];

/** One a batch: a batch that is listed with both of its phases is where its worse one is. */
function standingsOf(entries: readonly NightEntry[]): Standing[] {
  return [...Map.groupBy(entries, ({ essential }) => essential).values()].map((phases) => {
    const all = phases.map(standingOf);
    return STANDINGS.find((standing) => all.includes(standing)) as Standing;
  });
}

function standingOf(entry: NightEntry): Standing {
  if (needsAttention(entry)) return 'attention';
  if (isOpen(entry)) return 'open';
  return entry.status === 'NOT_STARTED' ? 'idle' : 'done';
}

function dayOf(businessDate: BusinessDate): string {
  return spellDate(businessDate).split(' ').slice(0, 3).join(' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

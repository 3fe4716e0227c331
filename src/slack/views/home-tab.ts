import type { HomeView, KnownBlock, PlainTextOption } from '@slack/types';
import { duration } from '../../agent/compose/times.ts';
import { spellDate } from '../../batch/business-date.ts';
import type { NightFinding } from '../../batch/finding.ts';
import { isoUtc } from '../../batch/instant.ts';
import { context, section } from '../blocks/pieces/elements.ts';
import { inline } from '../blocks/pieces/markdown.ts';
import { plain, words } from '../blocks/pieces/text.ts';
import { moment } from '../blocks/pieces/time.ts';
import { HOME, type HomeChoice } from './home-choice.ts';
import { type EntryReader, entryBlocks, isStuck } from './home-entry.ts';

export interface HomeContent extends EntryReader {
  choice: HomeChoice;
  /** How old what is shown is, in milliseconds of real time; 0 by default. */
  ageMs?: number;
  /** What is still going on, in a few words; none by default. */
  underWay?: string | null;
  /** What this person ordered, as escaped lines; null while that is not known. */
  subscribed: readonly string[] | null;
}

type Entry = NightFinding['entries'][number];

const LATEST = 'LATEST';
const PHASES: readonly [value: string, text: string][] = [
  [LATEST, 'Latest phase'],
  ['PRELIM', 'PRELIM'],
  ['FINAL', 'FINAL'],
];
/** Slack takes 100 blocks; the frame needs some. */
const MOST_BLOCKS = 86;
/** Below this, what is shown counts as read just now. */
const FRESH_MS = 10_000;

/** What is shown at once, before anything is read. */
export function loadingHome(content: HomeContent): HomeView {
  return home(content, content.choice.date, [section('⏳ *Reading the night…*')]);
}

/** All essentials of a night, the worst first. */
export function nightHome(content: HomeContent, night: NightFinding): HomeView {
  const { entries, missing, notes, gaps } = night;
  const needy = entries.filter(({ status }) => status !== 'SUCCESS');
  const fine = entries.filter(({ status }) => status === 'SUCCESS');
  const shown: KnownBlock[][] = [];
  let room = MOST_BLOCKS;
  for (const entry of [...needy, ...fine]) {
    const blocks = entryBlocks(entry, content);
    room -= blocks.length;
    if (room < 0) break;
    shown.push(blocks);
  }
  const more = entries.length - shown.length;
  const small = [
    ...missing.map(({ essential, reason }) => `❔ ${words(essential, 80)}: ${words(reason, 200)}`),
    ...notes.slice(0, 5).map((note) => `ℹ️ ${inline(note, 300)}`),
    ...gaps.slice(0, 5).map((gap) => `❔ ${inline(gap, 300)}`),
  ];
  return home(content, night.businessDate ?? content.choice.date, [
    section(`*${summary(entries)}*`),
    context(ageLine(content)),
    ...shown.flat(),
    ...(more > 0 ? [context(`and ${more} more`)] : []),
    ...(small.length === 0 ? [] : [context(...small)]),
  ]);
}

/** Where there is nothing to show, and why; `sentence` is untrusted. */
export function emptyHome(content: HomeContent, sentence: string): HomeView {
  return home(content, content.choice.date, [section(words(sentence, 1000)), context(ageLine(content))]);
}

const COUNTED: readonly [word: string, counts: (entry: Entry) => boolean][] = [
  ['failed', ({ status }) => status === 'FAILED' || status === 'PARTIAL_FAILURE'],
  ['stuck', isStuck],
  ['without a known status', ({ status }) => status === 'UNKNOWN'],
  ['still open', ({ status }) => status === 'RUNNING' || status === 'WAITING'],
  ['not started', ({ status }) => status === 'NOT_STARTED'],
  ['done', ({ status }) => status === 'SUCCESS'],
];

/** Each essential counts once, under the first word that fits. */
function summary(entries: readonly Entry[]): string {
  if (entries.length === 0) return 'No batch ran on that date';
  const counts = COUNTED.map(([word]) => ({ word, count: 0 }));
  for (const entry of entries) {
    const found = counts[COUNTED.findIndex(([, fits]) => fits(entry))];
    if (found) found.count += 1;
  }
  const having = counts.filter(({ count }) => count > 0);
  if (having.length === 1 && having[0]?.word === 'done') return `✅ All ${entries.length} are done`;
  return having.map(({ word, count }) => `${count} ${word}`).join(' · ');
}

function ageLine({ asOf, ageMs = 0, underWay = null, zone }: HomeContent): string {
  const age = ageMs < FRESH_MS ? '' : `, read ${duration(ageMs / 1000)} before this was shown`;
  return `As of ${moment(isoUtc(asOf), zone)}${age}${underWay === null ? '' : ` · ⏳ ${underWay}`}`;
}

function home(content: HomeContent, date: string | null, middle: readonly KnownBlock[]): HomeView {
  const { choice, subscribed } = content;
  const options = PHASES.map(([value, text]): PlainTextOption => ({ text: { type: 'plain_text', text }, value }));
  const chosen = options.find(({ value }) => value === (choice.phase ?? LATEST));
  const title = date === null ? 'Last night' : plain(`Business date ${spellDate(date)}`, 140);
  return {
    type: 'home',
    private_metadata: JSON.stringify(choice),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title, emoji: true } },
      {
        type: 'actions',
        block_id: 'sentry_home_controls',
        elements: [
          { type: 'datepicker', action_id: HOME.date, ...(date === null ? {} : { initial_date: date }) },
          { type: 'static_select', action_id: HOME.phase, options, ...(chosen ? { initial_option: chosen } : {}) },
          { type: 'button', action_id: HOME.refresh, text: { type: 'plain_text', text: 'Refresh' } },
        ],
      },
      ...middle,
      { type: 'divider' },
      ...(subscribed === null ? [] : subscribedBlocks(subscribed)),
      context('I only read; I change nothing.'),
    ],
  };
}

function subscribedBlocks(lines: readonly string[]): KnownBlock[] {
  const title = '*Your digests and watches*';
  if (lines.length === 0) {
    return [
      section(title, 'None yet. In the channel that shall have it:'),
      context(
        '`/sentry digest add 7:00 weekdays` – the night, every morning',
        '`/sentry watch snu` – when it goes wrong',
      ),
    ];
  }
  const more = lines.length > 20 ? [`and ${lines.length - 20} more`] : [];
  return [
    section(title, ...lines.slice(0, 20), ...more),
    context('To change or end one, in its channel: `/sentry digest list`, `/sentry watch list`'),
  ];
}

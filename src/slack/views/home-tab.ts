import type { HomeView, KnownBlock, PlainTextOption } from '@slack/types';
import { causeSentence } from '../../agent/compose/causes/clause.ts';
import { headline } from '../../agent/compose/verdict.ts';
import { spellDate } from '../../batch/business-date.ts';
import type { EssentialNames } from '../../batch/essential-names.ts';
import type { NightFinding } from '../../batch/finding.ts';
import { unitsOf } from '../../batch/state.ts';
import { context, section } from '../blocks/pieces/elements.ts';
import { inline } from '../blocks/pieces/markdown.ts';
import { symbolOf, wordOf } from '../blocks/pieces/status-mark.ts';
import { plain, words } from '../blocks/pieces/text.ts';
import { moment } from '../blocks/pieces/time.ts';
import { HOME, type HomeChoice } from './home-choice.ts';

export interface HomeContent {
  choice: HomeChoice;
  names: Pick<EssentialNames, 'spoken'>;
  zone: string;
  /** UTC milliseconds: as of when. */
  asOf: number;
  /** What this person ordered, as escaped lines. */
  subscribed: readonly string[];
}

type Entry = NightFinding['entries'][number];

const LATEST = 'LATEST';
const PHASES: readonly [value: string, text: string][] = [
  [LATEST, 'Latest phase'],
  ['PRELIM', 'PRELIM'],
  ['FINAL', 'FINAL'],
];
/** Slack takes 100 blocks; each essential is one. */
const MOST = 60;

/** What is shown at once, before anything is read. */
export function loadingHome(content: HomeContent): HomeView {
  return home(content, content.choice.date, [section('⏳ *Reading the night…*')]);
}

/** All essentials of a night, the worst first. */
export function nightHome(content: HomeContent, night: NightFinding): HomeView {
  const { entries, missing, notes, gaps } = night;
  const needy = entries.filter(({ status }) => status !== 'SUCCESS');
  const fine = entries.filter(({ status }) => status === 'SUCCESS');
  const more = entries.length > MOST ? [context(`and ${entries.length - MOST} more`)] : [];
  const shown = [...needy, ...fine].slice(0, MOST);
  const small = [
    ...missing.map(({ essential, reason }) => `❔ ${words(essential, 80)}: ${words(reason, 200)}`),
    ...notes.slice(0, 5).map((note) => `ℹ️ ${inline(note, 300)}`),
    ...gaps.slice(0, 5).map((gap) => `❔ ${inline(gap, 300)}`),
  ];
  return home(content, night.businessDate ?? content.choice.date, [
    section(`*${summary(entries)}*`),
    ...shown.map((entry) => entryBlock(entry, content)),
    ...more,
    ...(small.length === 0 ? [] : [context(...small)]),
  ]);
}

/** Where there is nothing to show, and why; `sentence` is untrusted. */
export function emptyHome(content: HomeContent, sentence: string): HomeView {
  return home(content, content.choice.date, [section(words(sentence, 1000))]);
}

function summary(entries: readonly Entry[]): string {
  if (entries.length === 0) return 'No batch ran on that date';
  const having = (status: Entry['status']) => entries.filter((entry) => entry.status === status).length;
  const [done, idle] = [having('SUCCESS'), having('NOT_STARTED')];
  if (done === entries.length) return `✅ All ${done} are done`;
  const open = entries.length - done - idle;
  const parts = [
    open === 0 ? '' : `${open} failed or still open`,
    idle === 0 ? '' : `${idle} not started`,
    `${done} done`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function entryBlock(entry: Entry, { names, zone }: HomeContent): KnownBlock {
  const stuck = unitsOf(entry.state).some((unit) => unit.stuck);
  const said = inline(headline(entry.state), 240);
  const [cause] = entry.diagnosis?.causes ?? [];
  const why = cause === undefined ? '' : inline(causeSentence(cause, { zone, businessDate: entry.businessDate }), 420);
  const detail = entry.status === 'SUCCESS' || said === '' ? '' : ` · ${said}`;
  const block = section(
    `${symbolOf(entry.status, stuck)} *${words(entry.essential, 80)}* ${entry.phase} · ${wordOf(entry.status, stuck).toLowerCase()}${detail}`,
    why,
  );
  const question = questionFor(entry, names.spoken(entry.essential), { stuck, explained: cause !== undefined });
  if (question === null) return block;
  return {
    ...block,
    accessory: {
      type: 'button',
      action_id: HOME.ask,
      text: { type: 'plain_text', text: question.label },
      value: question.text.slice(0, 2000),
    },
  };
}

/** What one would ask of it next. `explained`: a cause is known of what goes on. */
export function questionFor(
  { status, phase, businessDate }: Pick<Entry, 'status' | 'phase' | 'businessDate'>,
  spoken: string,
  { stuck, explained }: { stuck: boolean; explained: boolean },
): { label: string; text: string } | null {
  const about = `${spoken} ${phase.toLowerCase()}`;
  if (stuck) return { label: 'Why?', text: `why is ${about} stuck on ${businessDate}?` };
  switch (status) {
    case 'FAILED':
    case 'PARTIAL_FAILURE':
      return { label: 'Why?', text: `why did ${about} fail on ${businessDate}?` };
    case 'RUNNING':
    case 'WAITING':
      if (explained) return { label: 'Why?', text: `what is the root cause in ${about} on ${businessDate}?` };
      return { label: 'When done?', text: `when will ${about} finish on ${businessDate}?` };
    case 'UNKNOWN':
      return { label: 'Status', text: `status of ${about} on ${businessDate}` };
    default:
      return null;
  }
}

function home(content: HomeContent, date: string | null, middle: readonly KnownBlock[]): HomeView {
  const { choice, asOf, zone, subscribed } = content;
  const options = PHASES.map(([value, text]): PlainTextOption => ({ text: { type: 'plain_text', text }, value }));
  const chosen =
    options[
      Math.max(
        0,
        PHASES.findIndex(([value]) => value === (choice.phase ?? LATEST)),
      )
    ];
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
      section(
        '*What you ordered*',
        ...(subscribed.length === 0
          ? ['Nothing yet: `/sentry digest add` and `/sentry watch`.']
          : subscribed.slice(0, 20)),
      ),
      context(`As of ${moment(new Date(asOf).toISOString(), zone)}. I only read; I change nothing.`),
    ],
  };
}

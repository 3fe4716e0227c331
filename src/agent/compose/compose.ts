import type { EssentialNames } from '../../batch/essential-names.ts';
import type {
  Finding,
  HistoryFinding,
  NightFinding,
  Refusal,
  SliceFinding,
  StatusFinding,
  TasksFinding,
} from '../../batch/finding.ts';
import { isoUtc } from '../../batch/instant.ts';
import type { Clock, QueryRecord } from '../../batch/ports.ts';
import { findSpokenDate } from '../../batch/spoken-date.ts';
import { compareSeverity } from '../../batch/status.ts';
import type { SentryError } from '../../errors.ts';
import type { Answer } from '../answer.ts';
import { safeText } from '../safe-text.ts';
import { datasetRecords, failureRecords, historyRecords, progressRecord, taskRecords } from './records.ts';
import { suggestionsFor } from './suggestions.ts';
import { answerText } from './text.ts';
import { hasStuck } from './units.ts';
import { headline, verdictOf } from './verdict.ts';

/** A finding about one essential. */
export type AboutFinding = StatusFinding | SliceFinding | TasksFinding | HistoryFinding;

/** Everything that an answer is made of. */
export interface Ingredients {
  question: string;
  reference: string;
  findings: readonly Finding[];
  /** Prose that passed the check. */
  prose: string;
  /** Said beside the findings' own notes: a model that was away, an essential that could not be read. */
  notes: readonly string[];
  gaps: readonly string[];
  /** The person asked why: causes are not ranked, and the answer says so. */
  asksWhy: boolean;
  /** Whether the person asks when it will end: then a gap says that no estimate is made. */
  asksWhen: boolean;
  records: readonly QueryRecord[];
  usage: Answer['usage'];
  error: SentryError | null;
  clock: Clock;
  zone: string;
  names: EssentialNames;
  /** What the conversation is about so far. */
  threadEssential: string | null;
}

const CAUSE_GAP =
  'Causes are not ranked; what is listed is what the two tables record. Logs are not visible from here.';

/** Refusals that still speak of the thread's essential. */
const FOLLOWS: ReadonlySet<Refusal['reason']> = new Set(['bad_date', 'no_data', 'no_such_slice']);

const ACROSS_GAP =
  'Nothing is counted or ranked over several dates here: this is one night. Ask for the history of one batch instead.';

/** "Which batch had most failures this week?" */
const ASKS_ACROSS =
  /\b(most|least|fewest|worst|best|slowest|fastest|longest|shortest|rank\w*|top \d+|how (many|often))\b.*\b(weeks?|months?|quarter|year|(last|past|previous|these) (\w+ )?(days|dates|nights)|lately|recently)\b/i;

const ESTIMATE_GAP = 'No estimate of the end is made; ask how long it usually takes.';

/** Findings, merged into one answer: the first that says something about the data leads, the others add to it. */
export function compose(from: Ingredients): Answer {
  const primary = primaryOf(from.findings);
  const about = from.findings.filter(isAbout);
  const lead = primary !== null && isAbout(primary) ? primary : null;
  const tasks = from.findings.filter((finding) => finding.kind === 'tasks');
  const nights = from.findings.filter((finding) => finding.kind === 'night');
  const others = from.findings.filter((finding) => finding !== primary);
  const partial: Omit<Answer, 'text'> = {
    question: from.question,
    tier: primary?.kind === 'refusal' && isDecline(primary) ? 3 : 1,
    essential: lead === null ? essentialNamed(from, primary) : safeText(lead.essential, 80),
    business_date: lead?.businessDate ?? (primary?.kind === 'night' ? primary.businessDate : dateNamed(from)),
    phase: lead?.phase ?? null,
    status: lead?.state.status ?? null,
    other_phase: lead === null ? null : { phase: lead.other.phase, status: lead.other.status },
    essentials: nights.length > 0 ? nights.flatMap(nightRecords) : severalRecords(about),
    progress: lead === null ? null : progressRecord(lead.state),
    datasets: lead === null ? [] : leadDatasets(lead),
    root_causes: [],
    ruled_out: [],
    gaps: gapsOf(from),
    eta: null,
    sources: from.records.map((record, index) => ({
      id: `s${index + 1}`,
      tool: record.tool,
      sql: record.sql,
      parameters: [...record.parameters],
      rows: record.rows,
      ms: record.ms,
    })),
    suggestions: primary === null ? [] : suggestionsFor(primary, from.names),
    usage: from.usage,
    error:
      from.error === null ? null : { code: from.error.code, message: from.error.message, remedy: from.error.remedy },
    kind: primary?.kind ?? 'error',
    reference: from.reference,
    verdict: primary === null ? (from.error?.message ?? 'Nothing could be said.') : mergedVerdict(primary, others),
    prose: from.prose,
    notes: notesOf(from, primary, lead),
    failures: lead === null ? [] : failureRecords(lead.state, lead.kind === 'slices' ? lead.units : null, tasks),
    tasks: taskRecords(tasks),
    history: lead?.kind === 'history' ? historyRecords(lead) : [],
    options: primary?.kind === 'clarification' ? optionsOf(from.findings) : [],
    frozen_clock: from.clock.frozen ? isoUtc(from.clock.now()) : null,
    time_zone: from.zone,
  };
  return { ...partial, text: answerText(partial) };
}

/** What leads the answer: data before questions back, questions back before refusals. */
export function primaryOf(findings: readonly Finding[]): Finding | null {
  return (
    findings.find((finding) => isAbout(finding) || finding.kind === 'night') ??
    findings.find((finding) => finding.kind === 'clarification') ??
    findings.find((finding) => finding.kind === 'refusal') ??
    findings[0] ??
    null
  );
}

/** What a question back, a refusal or an error is about: the one essential that was named, or that the thread is about. */
function essentialNamed(from: Ingredients, primary: Finding | null): string | null {
  if (primary?.kind === 'night' || primary?.kind === 'help') return null;
  const named = from.names.find(from.question);
  if (named.some((match) => match.kind === 'ambiguous')) return null;
  const essentials = new Set(named.flatMap((match) => (match.kind === 'ambiguous' ? [] : [match.essential])));
  if (essentials.size > 1) return null;
  const [only] = essentials;
  const follows = primary === null || (primary.kind === 'refusal' && FOLLOWS.has(primary.reason));
  return only ?? (follows ? from.threadEssential : null);
}

/** Only a date that is written out needs no data to be known. */
function dateNamed(from: Ingredients): string | null {
  const said = findSpokenDate(from.question, { now: from.clock.now(), zone: from.zone });
  return said?.kind === 'date' ? said.date : null;
}

export function isAbout(finding: Finding): finding is AboutFinding {
  return 'state' in finding;
}

function isUnfinished(finding: Finding): boolean {
  return isAbout(finding) && finding.state.status !== 'SUCCESS';
}

function isDecline(refusal: Refusal): boolean {
  return refusal.reason === 'read_only' || refusal.reason === 'not_in_data' || refusal.reason === 'off_topic';
}

/** A slices answer shows the slices meant; any other shows the whole essential. */
function leadDatasets(lead: AboutFinding): Answer['datasets'] {
  const all = datasetRecords(lead.state);
  if (lead.kind !== 'slices') return all;
  const shown = lead.units;
  return datasetRecords({
    ...lead.state,
    datasets: lead.state.datasets.flatMap((dataset) => {
      const units = dataset.units.filter((unit) =>
        shown.some((meant) => meant.datasetId === unit.datasetId && meant.slice === unit.slice),
      );
      return units.length === 0 ? [] : [{ ...dataset, units }];
    }),
  });
}

function nightRecords(night: NightFinding): Answer['essentials'] {
  return night.entries.map((entry) => ({
    essential: safeText(entry.essential, 80),
    business_date: entry.businessDate,
    phase: entry.phase,
    status: entry.status,
    stuck: hasStuck(entry.state),
    headline: headline(entry.state),
  }));
}

/** Only when a question named several: one essential needs no list. Worst first, like a night. */
function severalRecords(about: readonly AboutFinding[]): Answer['essentials'] {
  const distinct = new Map(
    about.map((finding) => [`${finding.essential} ${finding.phase} ${finding.businessDate}`, finding]),
  );
  if (distinct.size < 2) return [];
  const sorted = [...distinct.values()].sort((a, b) => compareSeverity(a.state, b.state));
  return sorted.map((finding) => ({
    essential: safeText(finding.essential, 80),
    business_date: finding.businessDate,
    phase: finding.phase,
    status: finding.state.status,
    stuck: hasStuck(finding.state),
    headline: headline(finding.state),
  }));
}

function mergedVerdict(primary: Finding, others: readonly Finding[]): string {
  const first = verdictOf(primary);
  if (!isAbout(primary)) return first;
  const elsewhere = others
    .filter(isAbout)
    .filter(
      (other) =>
        other.essential !== primary.essential ||
        other.phase !== primary.phase ||
        other.businessDate !== primary.businessDate,
    );
  const said = new Set<string>();
  for (const other of elsewhere)
    said.add(
      `${safeText(other.essential, 80)} ${other.phase}${other.businessDate === primary.businessDate ? '' : ` for ${other.businessDate}`} is ${other.state.status}`,
    );
  return said.size === 0 ? first : `${first} ${[...said].join('; ')}.`;
}

function notesOf(from: Ingredients, primary: Finding | null, lead: AboutFinding | null): string[] {
  const notes = from.findings.flatMap((finding) =>
    'notes' in finding ? finding.notes.map((note) => safeText(note, 400)) : [],
  );
  const dates = lead === null || lead.kind === 'history' ? [] : datesLeftOut(from);
  if (dates.length > 0)
    notes.push(
      `This is ${lead?.businessDate} alone: ask again for ${dates.map((date) => safeText(date, 40)).join(', ')}.`,
    );
  if (lead !== null) notes.push(`${lead.other.phase} of ${lead.businessDate} is ${lead.other.status}.`);
  for (const finding of from.findings) {
    if (finding !== primary && (finding.kind === 'refusal' || finding.kind === 'clarification'))
      notes.push(verdictOf(finding));
  }
  const verdict = primary === null ? '' : verdictOf(primary);
  return [...new Set([...notes, ...from.notes])].filter((note) => note !== verdict);
}

/** Dates that were said beside the one answered: one left out in silence would read as answered. */
function datesLeftOut(from: Ingredients): string[] {
  const answered = new Set(
    from.findings.flatMap((finding) => ('businessDate' in finding ? [finding.businessDate] : [])),
  );
  const left: string[] = [];
  let said: string[] = [];
  let rest = from.question;
  for (;;) {
    const found = findSpokenDate(rest, { now: from.clock.now(), zone: from.zone });
    if (found === null || found.end <= found.start) break;
    said = [...said, found.said];
    if (found.kind === 'date' && !answered.has(found.date)) left.push(found.said);
    rest = `${rest.slice(0, found.start)}${' '.repeat(found.end - found.start)}${rest.slice(found.end)}`;
  }
  return said.length > 1 ? [...new Set(left)] : [];
}

function gapsOf(from: Ingredients): string[] {
  const gaps = from.findings.flatMap((finding) =>
    'gaps' in finding ? finding.gaps.map((gap) => safeText(gap, 400)) : [],
  );
  for (const finding of from.findings) {
    if (finding.kind === 'night')
      gaps.push(
        ...finding.missing.map(
          ({ essential, reason }) => `${safeText(essential, 80)} could not be read: ${safeText(reason, 200)}`,
        ),
      );
    if (finding.kind === 'tasks' && finding.omitted > 0)
      gaps.push(`${finding.omitted} more runs were meant whose tasks were not read.`);
  }
  if (from.findings.some((finding) => finding.kind === 'night') && ASKS_ACROSS.test(from.question))
    gaps.push(ACROSS_GAP);
  if (from.asksWhy && from.findings.some(isAbout)) gaps.push(CAUSE_GAP);
  if (from.asksWhen && from.findings.some(isUnfinished)) gaps.push(ESTIMATE_GAP);
  return [...new Set([...gaps, ...from.gaps])];
}

/** Several batches asked about, one question back: the choices of all. */
function optionsOf(findings: readonly Finding[]): Answer['options'] {
  const options = findings.flatMap((finding) => (finding.kind === 'clarification' ? finding.options : []));
  const distinct = new Map(options.map((option) => [option.question, option]));
  return [...distinct.values()]
    .slice(0, 6)
    .map(({ label, question }) => ({ label: safeText(label, 75), question: safeText(question, 300) }));
}

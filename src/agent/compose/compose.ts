import type { Finding, Refusal } from '../../batch/finding.ts';
import { isoUtc } from '../../batch/instant.ts';
import { findSpokenDate } from '../../batch/spoken-date.ts';
import type { Answer } from '../answer.ts';
import { safeText } from '../safe-text.ts';
import { analysisOf } from './analysis.ts';
import { nightRecords, severalRecords } from './essentials.ts';
import { gapsOf } from './gaps.ts';
import { type AboutFinding, type Ingredients, isAbout } from './ingredients.ts';
import { notesOf } from './notes.ts';
import {
  datasetRecords,
  failureRecords,
  firstFailures,
  historyRecords,
  progressRecord,
  taskRecords,
} from './records.ts';
import { suggestionsFor } from './suggestions.ts';
import { answerText } from './text.ts';
import { verdictOf } from './verdict.ts';

/** Refusals that still speak of the thread's essential. */
const FOLLOWS: ReadonlySet<Refusal['reason']> = new Set(['bad_date', 'no_data', 'no_such_slice']);

/** Findings, merged into one answer: the first that says something about the data leads, the others add to it. */
export function compose(from: Ingredients): Answer {
  const primary = primaryOf(from.findings);
  const about = from.findings.filter(isAbout);
  const lead = primary !== null && isAbout(primary) ? primary : null;
  const tasks = from.findings.filter((finding) => finding.kind === 'tasks');
  const nights = from.findings.filter((finding) => finding.kind === 'night');
  const others = from.findings.filter((finding) => finding !== primary);
  const essentials =
    nights.length > 0 ? nights.flatMap((night) => nightRecords(night, from)) : severalRecords(about, from);
  const analysis = analysisOf(lead, from, primary?.kind === 'night' ? essentials : []);
  const partial: Omit<Answer, 'text'> = {
    question: from.question,
    tier: primary?.kind === 'refusal' && isDecline(primary) ? 3 : 1,
    essential: lead === null ? essentialNamed(from, primary) : safeText(lead.essential, 80),
    business_date: lead?.businessDate ?? (primary?.kind === 'night' ? primary.businessDate : dateNamed(from)),
    phase: lead?.phase ?? null,
    status: lead?.state.status ?? null,
    other_phase: lead === null ? null : { phase: lead.other.phase, status: lead.other.status },
    essentials,
    progress: lead === null ? null : progressRecord(lead.state),
    datasets: lead === null ? [] : leadDatasets(lead),
    ...analysis,
    gaps: gapsOf(from),
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
    verdict:
      primary === null ? (from.error?.message ?? 'Nothing could be said.') : mergedVerdict(primary, others, from.zone),
    prose: from.prose,
    notes: notesOf(from, primary, lead),
    failures:
      lead === null
        ? []
        : failureRecords(
            lead.state,
            lead.kind === 'slices' ? lead.units : null,
            firstFailures(tasks, analysis.root_causes),
          ),
    tasks: taskRecords(tasks),
    history: lead?.kind === 'history' ? historyRecords(lead) : [],
    options: primary?.kind === 'clarification' ? optionsOf(from.findings) : [],
    frozen_clock: from.clock.frozen ? isoUtc(from.clock.now()) : null,
    time_zone: from.zone,
  };
  return { ...partial, text: answerText(partial) };
}

/** What leads the answer: causes before states, data before questions back, questions back before refusals. */
export function primaryOf(findings: readonly Finding[]): Finding | null {
  return (
    findings.find((finding) => finding.kind === 'causes') ??
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

function mergedVerdict(primary: Finding, others: readonly Finding[], zone: string): string {
  const first = verdictOf(primary, zone);
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

/** Several batches asked about, one question back: the choices of all. */
function optionsOf(findings: readonly Finding[]): Answer['options'] {
  const options = findings.flatMap((finding) => (finding.kind === 'clarification' ? finding.options : []));
  const distinct = new Map(options.map((option) => [option.question, option]));
  return [...distinct.values()]
    .slice(0, 6)
    .map(({ label, question }) => ({ label: safeText(label, 75), question: safeText(question, 300) }));
}

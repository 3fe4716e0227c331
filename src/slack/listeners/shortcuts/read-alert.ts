import type { BusinessDate } from '../../../batch/business-date.ts';
import { isBusinessDate } from '../../../batch/business-date.ts';
import type { EssentialNames } from '../../../batch/essential-names.ts';
import { findSpokenDate } from '../../../batch/spoken-date.ts';
import { clean } from '../../blocks/pieces/text.ts';

/** What an alert is about, as far as its text tells. Nothing in it is believed to exist. */
export interface Alert {
  /** A Lenz name; null where none or several are named. */
  essential: string | null;
  datasetId: string | null;
  runId: string | null;
  slice: string | null;
  date: BusinessDate | null;
  phase: 'PRELIM' | 'FINAL' | null;
}

const MAX_READ = 8000;
const MAX_ID = 200;

/** `FGW_{dag}_{date}_{slice}_{epoch}`; the slice may be missing. */
const RUN_ID = /\bFGW_[A-Za-z0-9._-]{1,120}?_(\d{4}-\d{2}-\d{2})(?:_([A-Za-z0-9._-]{1,80}?))?_\d{6,16}\b/;
const DATASET = /\bcom\.[a-z0-9-]+(?:\.[a-z0-9_-]+){2,}\b/i;
const LABELLED_DATASET = /\b(?:dataset|data[ _-]?set|datasetId)\s*(?:id)?\s*[:=]\s*([A-Za-z][A-Za-z0-9._-]{2,150})/i;
const LABELLED_SLICE = /\bslices?\s*[:=]\s*([A-Za-z0-9][A-Za-z0-9._-]{1,79})/i;
const LABELLED_DATE =
  /\b(?:cob|business[ _-]?date|bus[ _-]?date|as[ _-]?of(?:[ _-]?date)?|cobDate|businessDate)\s*(?:is|for)?\s*[:=]?\s*(\d{4}-\d{2}-\d{2}|\d{8})\b/i;

/**
 * Reads an alert. Pure, and quick on any text. A run id says the most, then what is labelled, then what is merely mentioned;
 * an essential counts only when its name stands there letter by letter, or in several words that fit no other.
 */
export function readAlert(text: string, names: Pick<EssentialNames, 'find'>, at: { now: number; zone: string }): Alert {
  const said = clean(text.slice(0, MAX_READ)).replace(/[*_~`]{2,}|[*~`]/g, ' ');
  const run = RUN_ID.exec(said);
  const runId = run?.[0] ?? null;
  const rest = runId === null ? said : said.replace(runId, ' ');
  const datasetId = DATASET.exec(rest)?.[0] ?? LABELLED_DATASET.exec(rest)?.[1] ?? null;
  const plainText = datasetId === null ? rest : rest.replaceAll(datasetId, ' ');
  return {
    essential: essentialIn(plainText, names),
    datasetId: bounded(datasetId),
    runId: bounded(runId),
    slice: bounded(run?.[2] ?? LABELLED_SLICE.exec(plainText)?.[1] ?? null),
    date: dateOf(run?.[1], plainText, at),
    phase: phaseIn(plainText),
  };
}

/** The question that an alert stands for; null where nothing in it says what to look at. */
export function questionOf(alert: Alert, names: Pick<EssentialNames, 'spoken'>): string | null {
  const { essential, slice, date, phase } = alert;
  const dataset = datasetOf(alert);
  if (essential === null && dataset === null) return null;
  const unit = [slice === null ? '' : `the ${slice} slice of`, dataset ?? ''].filter((part) => part !== '').join(' ');
  const batch =
    essential === null ? '' : `${names.spoken(essential)}${phase === null ? '' : ` ${phase.toLowerCase()}`}`;
  const about = unit !== '' && dataset !== null ? `${unit}${batch === '' ? '' : ` in ${batch}`}` : batch;
  return `why did ${about} fail ${date === null ? 'last night' : `on ${date}`}?`;
}

/** The dataset that an alert is about, by its id or by its run's; null where it names none. */
export function datasetOf({ datasetId, runId }: Alert): string | null {
  return datasetId ?? dagOf(runId);
}

/** The part of a run id that names the pipeline, which datasets are called after. */
function dagOf(runId: string | null): string | null {
  const dag = runId === null ? null : /^FGW_(.+?)_\d{4}-\d{2}-\d{2}/.exec(runId)?.[1];
  return dag?.replace(/_V\d+$/, '') ?? null;
}

function essentialIn(text: string, names: Pick<EssentialNames, 'find'>): string | null {
  const named = names
    .find(text.slice(0, 2000))
    .flatMap((match) =>
      match.kind === 'exact' || (match.kind === 'near' && /\S\s+\S/.test(match.said)) ? [match.essential] : [],
    );
  const distinct = [...new Set(named)];
  return distinct.length === 1 ? (distinct[0] ?? null) : null;
}

function dateOf(ofRun: string | undefined, text: string, at: { now: number; zone: string }): BusinessDate | null {
  const labelled = LABELLED_DATE.exec(text)?.[1]?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const found = [ofRun, labelled].find((date) => date !== undefined && isBusinessDate(date));
  if (found !== undefined) return found;
  const spoken = findSpokenDate(text.slice(0, 2000), at);
  return spoken?.kind === 'date' ? spoken.date : null;
}

function phaseIn(text: string): Alert['phase'] {
  const prelim = /\bprelim(?:inary)?\b/i.test(text);
  const final = /\bfinal\b/i.test(text);
  if (prelim === final) return null;
  return prelim ? 'PRELIM' : 'FINAL';
}

function bounded(id: string | null): string | null {
  return id !== null && id.length <= MAX_ID ? id : null;
}

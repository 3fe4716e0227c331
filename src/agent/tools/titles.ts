import { safeText } from '../safe-text.ts';

interface Said {
  batch?: string | null;
  dataset?: string | null;
  slice?: string | null;
  phase?: string | null;
  date?: string | null;
}

/** A step as a person reads it: `Reading runs of derivatives, PRELIM, friday`. */
export function reading(what: string, said: Said): string {
  const of = [said.slice, said.dataset, said.batch].filter(Boolean).join(' ');
  const parts = [`Reading ${what}${of === '' ? '' : ` of ${of}`}`, said.phase, said.date].filter(Boolean);
  return safeText(parts.join(', '), 100);
}

/** What a clarification repeats of the question: ` prelim on friday`. */
export function rest(said: Said): string {
  return `${inPhase(said)}${onDate(said)}`;
}

export function inPhase(said: Said): string {
  return said.phase ? ` ${said.phase.toLowerCase()}` : '';
}

export function onDate(said: Said): string {
  const date = safeText(said.date ?? '', 60);
  if (date === '') return '';
  const named = /^\d|^(mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.test(date);
  return named ? ` on ${date}` : ` ${date}`;
}

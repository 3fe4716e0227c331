import type { Entity, Truth } from './truth.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** With a slice or a task named, times and durations must be its own, and a start must be a start. */
export function momentsOf(masked: string, entities: readonly Entity[], truth: Truth): Truth | null {
  const timed = entities.filter(
    (entity) => (entity.kind === 'slice' || entity.kind === 'task') && entity.starts.size > 0,
  );
  if (timed.length === 0) return truth;
  const among = (which: 'starts' | 'ends', time: string) =>
    timed.some((entity) => entity[which].has(time.padStart(5, '0')));
  const CLOCK = '[^.;]{0,40}?\\b(\\d{1,2}:\\d{2})';
  const starts = [...masked.matchAll(new RegExp(`\\b(?:started|began|starting|kicked off)${CLOCK}`, 'gi'))].every(
    ([, time]) => among('starts', time ?? ''),
  );
  const ends = [
    ...masked.matchAll(new RegExp(`\\b(?:failed|ended|finished|completed|succeeded|done|cancelled)${CLOCK}`, 'gi')),
  ].every(([, time]) => among('ends', time ?? ''));
  if (!starts || !ends) return null;
  const own = (times: ReadonlySet<string>) =>
    new Set([...times].filter((time) => among('starts', time) || among('ends', time)));
  return {
    ...truth,
    utcTimes: own(truth.utcTimes),
    zoneTimes: own(truth.zoneTimes),
    durations: timed.flatMap((entity) => entity.durations),
  };
}

/** Dates, times and durations: returns the text without those that are true, or null when one is not. */
export function checkMoments(text: string, truth: Truth): string | null {
  let right = true;
  const hold = (true_: boolean) => {
    if (!true_) right = false;
    return ' ';
  };
  const rest = text
    .replace(/\b\d{4}-\d{2}-\d{2}T(\d{2}:\d{2})(:\d{2}(\.\d+)?)?Z\b/g, (all, time: string) =>
      hold(truth.dates.has(all.slice(0, 10)) && truth.utcTimes.has(time)),
    )
    .replace(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => hold(truth.dates.has(date)))
    .replace(
      new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH}(?:,? (\\d{4}))?\\b`, 'gi'),
      (_all, day, month, year) => hold(hasDay(truth, day, month, year)),
    )
    .replace(new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?\\b`, 'gi'), (_all, month, day, year) =>
      hold(hasDay(truth, day, month, year)),
    )
    .replace(new RegExp(`\\b(${DAYS.join('|')})\\b`, 'gi'), (day) =>
      hold([...truth.dates].some((date) => DAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] === day.toLowerCase())),
    )
    .replace(/\b(\d{1,2}):(\d{2})(?::\d{2})?\s*(am|pm)?(\s*(?:UTC|GMT|Z)\b)?/gi, (_all, hour, minute, half, utc) =>
      hold(hasTime(truth, Number(hour), minute, half, utc)),
    )
    .replace(/\b(\d{1,2})\s*(am|pm)\b/gi, (_all, hour, half) =>
      hold(hasTime(truth, Number(hour), '00', half, undefined)),
    )
    .replace(/\b\d{1,2}\/\d{1,2}\/\d{2,4}\b/g, () => hold(false))
    .replace(DURATION, (all) => hold(hasDuration(truth, all)));
  return right ? rest : null;
}

function hasDay(truth: Truth, day: string, month: string, year: string | undefined): boolean {
  const tail = `-${String(MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return [...truth.dates].some((date) => (year ? date === `${year}${tail}` : date.endsWith(tail)));
}

function hasTime(
  truth: Truth,
  hour: number,
  minute: string,
  half: string | undefined,
  utc: string | undefined,
): boolean {
  const of24 = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const time = `${String(of24).padStart(2, '0')}:${minute}`;
  return truth.utcTimes.has(time) || (!utc && truth.zoneTimes.has(time));
}

function hasDuration(truth: Truth, said: string): boolean {
  return truth.durations.some((known) => isDuration(said, known));
}

const DURATION =
  /(?<![\w.])(?:\d+(?:\.\d+)?\s*(?:d|hours?|hrs?|h|minutes?|mins?|min|m|seconds?|secs?|sec|s)\b[\s,]*(?:and )?)+/gi;

/** The durations of a sentence, as they are said. */
export function durationsIn(text: string): string[] {
  return [...text.matchAll(DURATION)].map(([said]) => said);
}

/** Whether a duration stands for so many seconds. */
export function isDuration(said: string, knownS: number): boolean {
  let seconds = 0;
  let grain = Number.POSITIVE_INFINITY;
  for (const [, amount, unit] of said.matchAll(/(\d+(?:\.\d+)?)\s*([a-z])/gi)) {
    const size = { d: 86_400, h: 3600, m: 60, s: 1 }[(unit ?? 's').toLowerCase()] ?? 1;
    seconds += Number(amount) * size;
    grain = Math.min(grain, amount?.includes('.') ? size / 10 : size);
  }
  // Rounded to the finest unit said: "4 h" may stand for 4 h 12 min, "12 min" for 12 min 20 s.
  return Math.abs(knownS - seconds) <= grain / 2 + 0.5;
}

import { zoneNamed } from '../../../batch/zone-names.ts';
import { blank } from './phase.ts';

export interface SaidClock {
  /** A time of day in the person's own words. */
  by: string | null;
  /** The text without it. */
  rest: string;
}

const HALF = '\\d{1,2}(?:[:.]\\d{2})?\\s*[ap]\\.?m\\b\\.?';
const OF_24 = '\\d{1,2}:\\d{2}(?!\\d)';
const NAMED = 'noon|midday|midnight';
const ZONE = '(?:\\s*(?:utc|gmt|z|est|edt|et|ny|new york|local)\\b)?';
/** The day that a time is on goes with it: "6am tomorrow", "tomorrow by 6am". */
const DAY_BEFORE = '(?:(?:tomorrow(?:\\s+morning)?|today)\\s*,?\\s*(?:at|by|before)?\\s*)?';
const DAY_AFTER = '(?:\\s+(?:tomorrow(?:\\s+morning)?|today)\\b)?';
const TIME = new RegExp(`(?<![\\w:.-])${DAY_BEFORE}(?:${HALF}|${OF_24}|${NAMED})${ZONE}${DAY_AFTER}`, 'i');
/** "by 7": a bare hour, which could be anything else. */
const BARE = new RegExp(
  `(?<=\\b(?:by|before|make|meet|hit|miss|till|until)\\s+(?:the\\s+)?)(?:\\d{1,2}|\\d{4})(?:\\s*o['’]?clock)?(?![\\w/:.-]|\\s*(?:days?|dates?|nights?|weeks?|months?|hours?|minutes?|mins?|runs?|times?|slices?|steps?|datasets?|%|percent|business|th|st|nd|rd|of|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))${ZONE}${DAY_AFTER}`,
  'i',
);

/** The time of day that something has to make. */
export function clockIn(text: string): SaidClock {
  const found = TIME.exec(text) ?? BARE.exec(text);
  if (found === null) return { by: null, rest: text };
  const end = found.index + found[0].length;
  const by = found[0] + zoneAfter(text.slice(end));
  return { by: by.trim(), rest: text.slice(0, found.index) + blank(by) + text.slice(found.index + by.length) };
}

/** "8am london time": a zone that stands right behind a time. */
function zoneAfter(text: string): string {
  const [near = ''] = /^ [A-Za-z/_]+(?: [A-Za-z]+)?/.exec(text) ?? [];
  const zone = zoneNamed(near);
  if (zone === null || zone.start > 1) return '';
  const [time = ''] = /^ time\b/i.exec(text.slice(zone.end)) ?? [];
  return text.slice(0, zone.end) + time;
}

import { EGRESS, ENRICH, EXPORT, LIMITS, POSITIONS, QUOTES, REPORT, TRADES } from './bank.ts';
import { cause, type Incident, incident } from './incident.ts';

const slow = (factor: number) => ({ stretch: new Map([[ENRICH, factor]]) });
const QUEUE = { queue: { from: 700, to: 1300 } };
const EVERYWHERE = [
  ...['EMEA', 'NA', 'APAC'].map((slice) => `${TRADES}|${slice}`),
  ...['BOOK-A', 'BOOK-B'].map((slice) => `${POSITIONS}|${slice}`),
  ...['EMEA', 'NA', 'APAC', 'LATAM', 'JPN'].map((slice) => `${LIMITS}|${slice}`),
  `${QUOTES}|`,
  `${REPORT}|`,
];
const LIMIT_SLICES = ['EMEA', 'NA', 'APAC', 'LATAM', 'JPN'];

/** What was late, slow or waited in line. */
export const DELAYS: readonly Incident[] = [
  incident({
    name: 'all-siblings-slow',
    story: 'Every slice of limits has been in its enrich task for two hours instead of half an hour; report waits.',
    now: '23:30',
    tonight: Object.fromEntries(LIMIT_SLICES.map((slice) => [`${LIMITS}|${slice}`, slow(5)])),
    causes: [cause('slow_run', LIMITS, LIMIT_SLICES, [`enrich_${LIMITS}`])],
  }),
  incident({
    name: 'one-slice-slow',
    story: 'limits NA alone is in its enrich task for two hours; its siblings took their half hour.',
    now: '23:30',
    tonight: { [`${LIMITS}|NA`]: slow(5) },
    causes: [cause('data_skew', LIMITS, ['NA'], [`enrich_${LIMITS}`])],
  }),
  incident({
    name: 'slow-last-step-seen-next-day',
    story:
      'The enrich task of report took two and a half hours instead of a quarter of one: all was over at 01:00 instead of 22:35.',
    now: '09:00+1',
    tonight: { [`${REPORT}|`]: slow(10) },
    causes: [cause('slow_run', REPORT, [null], [`enrich_${REPORT}`])],
  }),
  incident({
    name: 'skew-seen-through-a-shared-slice',
    story: 'LATAM, which both essentials list, is slow; the sibling JPN, which only FX-Desk lists, is not.',
    now: '23:20',
    asks: 'FX-Desk',
    tonight: { [`${LIMITS}|LATAM`]: slow(5) },
    causes: [cause('data_skew', LIMITS, ['LATAM'], [`enrich_${LIMITS}`])],
  }),
  incident({
    name: 'month-end-as-each-month-end',
    story: 'The last weekday of the month takes almost twice as long, as on the ends of the two months before.',
    now: '08:00+1',
    bank: { tonight: '2026-05-29', nights: 60, monthEndFactor: 1.9 },
  }),
  incident({
    name: 'trades-three-hours-late',
    story: 'trades began at midnight instead of 21:02, with nothing before it; limits waits.',
    now: '00:15+1',
    tonight: Object.fromEntries(['EMEA', 'NA', 'APAC'].map((slice) => [`${TRADES}|${slice}`, { delay: 3 * 3600 }])),
    causes: [cause('late_start', TRADES)],
  }),
  incident({
    name: 'later-step-starts-late',
    story: 'trades and positions were done at 21:28 as always, limits began at 00:30; all ended three hours late.',
    now: '10:00+1',
    tonight: Object.fromEntries(LIMIT_SLICES.map((slice) => [`${LIMITS}|${slice}`, { delay: 3 * 3600 }])),
    causes: [cause('late_start', LIMITS)],
  }),
  incident({
    name: 'other-essential-is-late',
    story: 'quotes of FX-Desk began three hours late. TB-Ledger waits for limits LATAM, which waits for quotes.',
    now: '00:10+1',
    tonight: { [`${QUOTES}|`]: { delay: 3 * 3600 } },
    causes: [cause('late_start', QUOTES)],
  }),
  incident({
    name: 'late-behind-a-repair',
    story:
      'positions BOOK-A failed and was repaired an hour later; limits began as soon as it could. Nothing is left to blame.',
    now: '10:00+1',
    tonight: {
      [`${POSITIONS}|BOOK-A`]: {
        fail: { task: ENRICH, tries: 1, share: 0.5 },
        repaired: { after: 3600, inPlace: false },
      },
    },
    repaired: [{ datasetId: POSITIONS, slice: 'BOOK-A' }],
  }),
  incident({
    name: 'not-yet-due',
    story: 'Step 0 ended a minute ago; limits is never triggered sooner than that.',
    now: '21:29',
  }),
  incident({
    name: 'before-anything-is-due',
    story: 'Half a minute into the pass, trades is still to be triggered.',
    now: '21:00:30',
  }),
  incident({
    name: 'one-pool-is-full',
    story: 'The tasks of limits wait for a quarter of an hour each in the pool of their own.',
    now: '22:45',
    tonight: Object.fromEntries(LIMIT_SLICES.map((slice) => [`${LIMITS}|${slice}`, QUEUE])),
    causes: [cause('queue_delay', LIMITS)],
  }),
  incident({
    name: 'all-pools-are-full',
    story: 'Every task of every dataset waits for ten to twenty minutes: capacity for all, and no one dataset to name.',
    now: '10:00+1',
    tonight: Object.fromEntries(EVERYWHERE.map((unit) => [unit, QUEUE])),
    causes: [cause('queue_delay', '')].map((each) => ({ ...each, datasetId: null })),
  }),
  incident({
    name: 'slow-inside-its-range',
    story: 'The egress of limits NA took half as long again, as on many nights.',
    now: '08:00+1',
    tonight: { [`${LIMITS}|NA`]: { stretch: new Map([[EGRESS, 1.6]]) } },
    earlier: Object.fromEntries(
      [1, 3, 4, 6, 9].map((night) => [night, { [`${LIMITS}|NA`]: { stretch: new Map([[EGRESS, 1.6]]) } }]),
    ),
  }),
  incident({
    name: 'clocks-changed',
    story:
      'New York left daylight saving time on Sunday: since then everything begins an hour later in UTC, and nothing is late.',
    now: '03:20+1',
    bank: { tonight: '2025-11-03', zone: 'America/New_York', nights: 30 },
  }),
  incident({
    name: 'crawling-host',
    story:
      'What runs on eps-node-22 takes six times as long: two slices of limits, a book of positions, a slice of trades.',
    now: '09:00+1',
    tonight: Object.fromEntries(
      [`${LIMITS}|NA`, `${LIMITS}|EMEA`, `${TRADES}|APAC`, `${POSITIONS}|BOOK-B`].map((unit) => [
        unit,
        {
          stretch: new Map([ENRICH, EGRESS, EXPORT].map((task) => [task, 6])),
          hosts: new Map([ENRICH, EGRESS, EXPORT].map((task) => [task, 'eps-node-22'])),
        },
      ]),
    ),
    badHost: 'eps-node-22',
    causes: [{ ...cause('bad_host', ''), datasetId: null, host: 'eps-node-22' }],
  }),
];

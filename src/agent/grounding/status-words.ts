/** What a status word claims, whichever form it takes in a sentence. */
export type StatusClass =
  | 'success'
  | 'failed'
  | 'partial'
  | 'cancelled'
  | 'running'
  | 'queued'
  | 'unknown'
  | 'waiting'
  | 'not_started'
  | 'stuck'
  | 'repaired'
  | 'upstream_failed'
  | 'retrying'
  | 'skipped'
  | 'scheduled';

/** Order matters: longer forms first, so that "upstream_failed" is not read as "failed". */
const FORMS: readonly [StatusClass, string][] = [
  ['upstream_failed', 'upstream[_ -]failed'],
  ['partial', 'partial(?:ly)?[_ -](?:failure|failed|failures)'],
  [
    'not_started',
    "(?:not|never)[_ -](?:yet )?(?:started|begun|run|ran)|(?:has|have)n['’]t (?:started|begun)|did(?: not|n['’]t) (?:yet )?(?:start|begin|run)|nothing has run(?: yet)?",
  ],
  ['retrying', 'up[_ ]for[_ ]retry|retrying'],
  ['repaired', 'repaired|recovered|fixed|healed'],
  ['stuck', 'stuck|hung|hanging|stalled|frozen'],
  ['cancelled', 'cancell?ed|aborted|killed'],
  ['failed', 'failed|fails|fail|failing|failures?|broken|broke|red|errored|crashed|unsuccessful'],
  [
    'success',
    'success(?:ful|fully)?|succeeded|succeeds|complete|completed|completes|finished|done|green|passed|healthy|fine|clean|all (?:is |are )?(?:well|good|clear|ok|okay|normal)|(?:looks?|is|are|was|were) (?:good|ok|okay|normal|well)|on (?:track|schedule|time)|as expected|(?:no|without|zero) (?:problems?|issues?|concerns?|errors?|trouble|anomal(?:y|ies)|action|intervention|attention)|nothing (?:else )?(?:needs?|requires?) \\w+|nothing (?:is |went )?wrong|nothing to (?:do|worry about|report)|needs? no \\w+',
  ],
  ['running', 'running|in progress|executing|active|ongoing'],
  ['queued', 'queued|queueing|queuing'],
  ['waiting', 'waiting|waits?|waited|blocked|pending|held up|on hold'],
  ['scheduled', 'scheduled'],
  ['skipped', 'skipped'],
  ['unknown', 'unknown'],
];

const ANY = new RegExp(
  FORMS.map(([, form], index) => `(?<f${index}>(?<![\\w-])(?:${form})(?![\\w-]))`).join('|'),
  'gi',
);

export interface StatusWord {
  class: StatusClass;
  start: number;
  end: number;
}

export function statusWordsIn(text: string): StatusWord[] {
  return [...text.matchAll(ANY)].map((match) => {
    const index =
      Object.entries(match.groups ?? {})
        .find(([, value]) => value !== undefined)?.[0]
        .slice(1) ?? '0';
    return { class: FORMS[Number(index)]?.[0] ?? 'unknown', start: match.index, end: match.index + match[0].length };
  });
}

const OF_STATUS: Record<string, StatusClass> = {
  SUCCESS: 'success',
  FAILED: 'failed',
  PARTIAL_FAILURE: 'partial',
  CANCELLED: 'cancelled',
  RUNNING: 'running',
  QUEUED: 'queued',
  UNKNOWN: 'unknown',
  WAITING: 'waiting',
  NOT_STARTED: 'not_started',
  UPSTREAM_FAILED: 'upstream_failed',
  UP_FOR_RETRY: 'retrying',
  SKIPPED: 'skipped',
  SCHEDULED: 'scheduled',
};

export function classOf(status: string | null): StatusClass {
  return OF_STATUS[(status ?? '').toUpperCase()] ?? 'unknown';
}

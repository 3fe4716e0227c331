export type Topic = 'why' | 'tasks' | 'history' | 'progress' | 'slices' | 'status';

/** What is asked for, first line that fits; null when only a name, a date or a phase was said. */
const TOPICS: readonly [Topic, RegExp][] = [
  [
    'history',
    /\b(history|historical(ly)?|usual(ly)?|normally|typical(ly)?|average|how often|how many times|(last|past|previous|prior) (\d+|few|ten|five|seven|two|couple)|trend|recently|lately|how long (does|do|is|should)|ever (fail|failed|broken|happen)|fail(ed|s)? (before|again|often|every|this week|a lot)|before\b(?! (step|it))|recurr\w*|flaky|first time|median|every (night|day)|this (week|month)|last (week|month)|previous (runs|nights|days|dates)|regular(ly)?|keeps? failing|chronic|track record)/i,
  ],
  ['tasks', /\b(tasks?|airflow|operators?|hosts?|pods?|upstream_failed|which try|tries|enrich|egress|snowflake)\b/i],
  [
    'why',
    /\b(why|root ?cause|rca|reasons?|cause[sd]?|what went wrong|what broke|went wrong|explain|diagnos\w*|how come|what is wrong|wrong with|investigate|troubleshoot)\b/i,
  ],
  [
    'progress',
    /\b(steps?|stage|how far|progress|percent(age)?|how much|remaining|left|etas?|when (will|does|is|would|can|should|did|has|was)|will (it|this|that|they) (be|make|finish|complete)|(done|finished|complete|completed|ready|over) yet|blocked|blocking|waiting|holding|held up|behind|how many (steps|datasets)|what is next|where is|where are|sequence|far along|(is|are|has|have) .*\b(done|finished|completed?)\b)/i,
  ],
  ['slices', /\b(slices?|units?|regions?|desks?)\b/i],
  [
    'status',
    /\b(status|how (is|are|did|was|were|about)|doing|going|look(ing|s)?|fail\w*|broken|broke|red|green|amber|error\w*|stuck|hung|running|ok|okay|healthy|health|fine|good|bad|state|result|outcome|alive|problems?|issues?|happen\w*|cancel\w*|rerun|reran|success\w*|pass(ed)?|finish\w*|complet\w*|late|update|check|show|summary|tell me|queued|go|went|start(ed)?|kick(ed)? off|run|ran|up|down|stopped|dead|trouble|attention|clean|sla)\b/i,
  ],
];

/** A greeting, or a question about SENTRY itself; nothing else may be in it. */
export function isHelp(text: string): boolean {
  return /^\W*(help|\?+|hi|hello|hey|hey there|yo|good (morning|evening)|what can (you|u|i)( do| ask).*|who are (you|u)|what are you|how (do|can|does) (i|you|this|it|one) (use|work|ask).*|commands|usage|what do you (do|know)|examples?)\W*(sentry)?\W*$/i.test(
    text,
  );
}

export function topicIn(text: string): Topic | null {
  return TOPICS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** Asks about all batches, even inside a conversation about one. */
export function isWholeNight(text: string): boolean {
  return /\b(anything|everything|every (batch|essential)|all (the )?(batches|essentials|good|green|ok|well|clear)|all of (them|it)|any (failures?|issues?|problems?|errors?|trouble|batch(es)?|reds?|fires?|essentials?)|which (batch(es)?|essentials?|ones)|what (batch(es)?|essentials?)|across (all|the board)|overview|the (night|whole|batches|overnight)|night( of)?|overnight|morning (report|summary|check)|handover|batches|essentials|asset classes|anyone|who is red|quiet night|bad night|round ?up)\b/i.test(
    text,
  );
}

/** Fits the whole night when no batch is named and no conversation goes on. */
export function fitsNight(text: string): boolean {
  return (
    isWholeNight(text) ||
    /\b(what (has )?(failed|happened|is (red|broken|failing|stuck|running|wrong|late|going on|up|down|the (status|state))|broke|went wrong|needs attention|should i (look at|know|worry about)|are the failures)|failures?|last night|how did (it|things|we) go|how are (we|things)|how is it going|status|summary|what is still running|still running|red|stuck|sitrep|update me)\b/i.test(
      text,
    )
  );
}

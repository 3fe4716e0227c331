export type Topic =
  | 'why'
  | 'impact'
  | 'retries'
  | 'compare'
  | 'eta'
  | 'lateness'
  | 'durations'
  | 'history'
  | 'tasks'
  | 'progress'
  | 'slices'
  | 'status';

const DONE = '(?:finish\\w*|end(?:s|ed|ing)?|complet\\w*|done|ready|over|land(?:s|ed)?)';
const RETRY =
  '(?:retry|retries|retried|re-?runs?|re-?ran|manual run|second (?:try|attempt|run)|(?:last|latest|new) attempt)';
const CHANGE = '(?:chang\\w*|differen\\w*|differ\\w*|new)';
const AGO =
  '(?:yesterday|last \\w+|the (?:day|night|date|one|run) before|prelim|final|\\w+day|before|\\d{4}-\\d\\d-\\d\\d)';

/** What is asked for, first line that fits; null when only a name, a date or a phase was said. */
const TOPICS: readonly [Topic, RegExp][] = [
  [
    'retries',
    new RegExp(
      `\\b(?:${RETRY}\\b.{0,24}\\b(?:fix|help|work|solve|succeed|success|repair|recover|clear|go through|went through|pass|ok|okay|save)\\w*|(?:fixed|repaired|solved|cured|recovered) (?:by|with|after) (?:a |the )?(?:manual |second |last )?${RETRY}|did (?:they|anyone|anybody|someone) (?:retry|rerun|re-run)|how (?:many|often) (?:times )?(?:was |were )?(?:the )?(?:${RETRY}|attempts|tries)|(?:was|is|has|did) (?:it|this|that|anything)(?: been)? (?:fixed|repaired|retried|recover(?:ed)?)\\b)`,
      'i',
    ),
  ],
  ['why', /\b(why|root ?causes?|causes?|reasons?|rca|how come)\b|^\W*y\W*$/i],
  [
    'impact',
    /\b(affect(s|ed|ing)?|impact(s|ed|ing)?|blast radius|downstream|knock[- ]?on|fall[- ]?out|consequences?|(who|what|which \w+|anyone|anything)( else)?( is| are)?( still| now)? (wait(s|ing)?|depend(s|ing)?|block(s|ed)|held up|stuck) (on|for|by|behind) (it|this|that|them|these|us)|(who|what else|who else|anyone else|anything else)( is| are)?( still| now)? (waiting|waits|blocked|hit|held up)|(who|what)( else)? (does|did|do|will|would|could)\b.{0,50}\b(hit|block|break|touch|hold up|take down)|(who|which \w+) (is |are )?(still )?(waiting|waits?|depends?) (on|for))\b/i,
  ],
  ['durations', /\bcompar\w+ (to|with|against) (the |its )?(usual|normal|average|typical)/i],
  [
    'compare',
    new RegExp(
      `\\b(?:compar\\w+|versus|vs|diff|what(?: has| is| was| else)?(?: it| that)? ${CHANGE}|anything ${CHANGE}|any changes?|changes? since|${CHANGE} (?:since|from|to|between|than|vs)|(?:slower|faster|later|longer|worse|better|earlier|shorter|same|quicker) (?:than|as) ${AGO}|since (?:yesterday|last|the day before))\\b`,
      'i',
    ),
  ],
  [
    'lateness',
    /\b(where (did|does|has|is|was) (all |the |my |our |most |that |this )*time|time (went|gone|go|lost|spent|goes)|critical path|bottle ?necks?|slack|how late|how far behind|how much (late|later|behind|delay)|lost time|time was lost|(behind|ahead of|off) (schedule|usual|plan)|what (took|takes|is taking|was taking) (so |the |all |most )*(long|longest|longer|time)|when (does|do|did|is) .*\b(usual|normal|typical)(ly)?|(usual|normal|typical) end|delay(s|ed)?|(did|was|were)\b.{0,40}\b(on|in) time|(is|are|was|were|running) (it |this |that |they |we )?behind\b(?! (it|this|that|the|them)\b)|(is|are|was|were|running|so|this|very) late|(is|are|was|were) (it|this|that|they|we) (running |very |so |too )?late)\b|^\W*late\W*$/i,
  ],
  [
    'history',
    /\b(history|historical(ly)?|how often|how many times|(last|past|previous|prior) (\d+|few|ten|five|seven|two|couple)|trend|recently|lately|ever (fail|failed|broken|happen\w*)|fail(ed|s)? (before|again|often|every|this week|a lot)|before\b(?! (step|it))|happen(ed|s)? (again|often|a lot)|recurr\w*|repeat(s|ed|ing)?|flaky|first time|every (night|day)|this (week|month)|last (week|month)|previous (runs|nights|days|dates)|regular(ly)?|keeps? failing|(last|previous|prior) time|same (failure|error|issue|problem|thing|task|host)|chronic|track record|again\b)/i,
  ],
  [
    'eta',
    new RegExp(
      `\\b(?:etas?|deadlines?|slas?|cut-?offs?|eod|on (?:time|track)|in time|when (?:will|would|should|can|could|does|do|is|are|do we|might)\\b.{0,60}\\b${DONE}|when (?:will|does|is) (?:it|this|that)\\b|(?:will|gonna|going to)\\b.{0,40}\\b(?:late|delayed)|(?:will|can|could|would|does|do|is|are|should|shall|gonna)\\b.{0,60}\\b(?:make|miss|meet|hit|reach|breach|beat)\\b|(?:will|can|could|would|should|gonna|going to)\\b.{0,60}\\b${DONE}|(?:be|${DONE}) (?:done |ready |over )?(?:by|before|at) (?:\\d|noon|midnight)|how (?:much )?long(?:er)? (?:until|till|to go|more|left|will|before|does it have|is left|remains)|how much longer|(?:time|hours?|minutes?|long) (?:left|remaining|to go)|estimat\\w+|expected (?:end|finish|completion|time)|projected|what time (?:will|does|is|should))\\b|^\\W*when\\W*$`,
      'i',
    ),
  ],
  [
    'durations',
    /\b(slow(er|est|ly)?|longest|shortest|fastest|normal(ly)?|usual(ly)?|typical(ly)?|abnormal|unusual(ly)?|ordinary|expected|average|median|durations?|run ?times?|how long|takes? (so |too |this |that |very )*long|took (so |too |this |that |very )*long|taking (so |too |this |that |very )*long|out of the ordinary|longer|outliers?|percentiles?|p9[05])\b/i,
  ],
  ['tasks', /\b(tasks?|airflow|operators?|hosts?|pods?|upstream_failed|which try|tries|enrich|egress|snowflake)\b/i],
  [
    'why',
    /\b(reasons?|cause[sd]?|what went wrong|what broke|went wrong|explain|diagnos\w*|what is wrong|wrong with|investigate|troubleshoot|culprit|to blame|in the way|block(s|ed|ing|ers?)|hold(s|ing)? (it |this |that |us |things )?(up|back)|held (up|back)|waiting (for|on)|stuck (on|behind|at)|(what|who|which \w+) is (stuck|holding|stopping|delaying|behind|failing it|up with|going on with|happening with)|(matter|deal|issue|problem|trouble) with|behind (the|this|that) (failure|delay|problem|issue)|happened (to|with|in|there)|(what|where) (should|do|can|shall) (i|we) (look|check|do|open|start)|next steps?|what now)\b/i,
  ],
  [
    'progress',
    /\b(steps?|stage|how far|progress|percent(age)?|how much|remaining|left|when (will|does|is|would|can|should|did|has|was)|what time (did|was|has)|since when|(done|finished|complete|completed|ready|over) yet|waiting|holding|behind|how many (steps|datasets)|what is next|where is|where are|sequence|far along|(is|are|has|have) .*\b(done|finished|completed?)\b)/i,
  ],
  ['slices', /\b(slices?|units?|regions?|desks?)\b/i],
  [
    'status',
    /\b(status|how (is|are|did|was|were|about)|doing|going|look(ing|s)?|fail\w*|broken|broke|red|green|amber|error\w*|stuck|hung|running|ok|okay|healthy|health|fine|good|bad|state|result|outcome|alive|problems?|issues?|happen\w*|cancel\w*|rerun|reran|success\w*|pass(ed)?|finish\w*|complet\w*|late|update|check|show|summary|tell me|queued|go|went|start(ed)?|kick(ed)? off|run|ran|up|down|stopped|dead|trouble|attention|clean)\b/i,
  ],
];

/** Topics about one batch: inside a conversation about one they mean that one, unless batches are asked for. */
const ABOUT_ONE: ReadonlySet<Topic | null> = new Set([
  'why',
  'impact',
  'retries',
  'compare',
  'eta',
  'lateness',
  'durations',
]);

export function isAboutOne(topic: Topic | null): boolean {
  return ABOUT_ONE.has(topic);
}

/** A greeting, or a question about SENTRY itself; nothing else may be in it. */
export function isHelp(text: string): boolean {
  return /^\W*(help|\?+|hi|hello|hey|hey there|yo|good (morning|evening)|what can (you|u|i)( do| ask).*|who are (you|u)|what are you|how (do|can|does) (i|you|this|it|one) (use|work|ask).*|commands|usage|what do you (do|know)|examples?)\W*(sentry)?\W*$/i.test(
    text,
  );
}

/** `dated` is the same text with its dates and phases: only a comparison is known by them ("slower than yesterday"). */
export function topicIn(text: string, dated = text): Topic | null {
  return TOPICS.find(([topic, pattern]) => pattern.test(closed(topic === 'compare' ? dated : text)))?.[0] ?? null;
}

/** Names were blanked out: "is       late" is "is late". */
function closed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const COMMON =
  /^(it|this|that|they|them|things?|everything|anything|something|nothing|anyone|anybody|someone|somebody|nobody|everyone|everybody|all|any|the|a|an|my|our|your|we|i|you|there|here|last|night|nights|today|tonight|now|yesterday|batch|batches|essentials?|run|runs|job|jobs|final|prelim|failed|failure|failures|fail|red|green|stuck|running|slices?|tasks?|datasets?|steps?|which|what|who|how|why|when|where|is|are|was|were|did|do|does|has|have|had|been|doing|going|go|went|status|progress|history|done|ok|okay|late|on|in|of|for|at|to|and|or|so|not|no|yes|me|please|pls|still|yet|again|usually|ever|before|far|long|going|looking|good|bad|fine|wrong|with|from|about|first|second|days?|dates?|weeks?|overnight|morning|business|date|one|ones|other|same|more|details?|up|down|happened|happening|take|takes|taking|look|show|tell|than|there|their|its|ago|left|many|much|often|times?|root|cause|thanks|thank|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|rerun|reran|finish|finished|complete|completed|start|started|fell|over|only|just|been|each|every|both|give|list|get|see|check|sla|eta|etas|weather|retry|retries|retried|deadlines?|cutoff|cut-off|normal|usual|unusual|affected|impact|impacted|wait|waits|waiting|block|blocks|blocked|blocking|blockers?|hold|holds|holding|slow|slower|slowest|longest|longer|shortest|fastest|faster|time|times|critical|path|bottlenecks?|slack|chang(?:e|es|ed)|compare|compared|comparison|differen(?:t|ce|ces)|later|earlier|early|delay|delayed|delays|depends?|downstream|culprit|blame|reason|rca|expected|estimate|duration|durations|typical|slas|fix|fixed|help|helped|work|worked|new|since|versus|make|makes|miss|meet|hit|reach|by|end|ends|ended|ending|land|be|recover|recovered|else|why|cancelled|unfinished|gonna|dag|dags|pipeline|pipelines|workflow|issue|issues|problem|problems|trouble|alert|alerts|page|paged|case|matter|story|deal|verdict|situation|damage|impact|worst|best|top|hosts?|pods?|workers?|airflow|queues?|offenders?|next|happen|wtf|hell|heck|likely|going|soon|running|batches?)$/i;

/**
 * The words that stand where a batch would, when no known name was said: "how is foobar doing?", "is product mapping done". More
 * than one only while none of them is an ordinary word.
 */
export function unknownNameIn(text: string): string | null {
  const ONE = '[\\p{L}\\p{N}][\\p{L}\\p{N}_.-]{2,60}';
  const WORD = `(${ONE}(?: ${ONE}){0,2})`;
  const patterns = [
    `\\b(?:how|what|where|why|when)\\s+(?:is|are|did|was|were|has|about)\\s+(?:the\\s+)?${WORD}`,
    `\\b(?:status|state|progress|history|failures?|tasks?|health|update)\\s+(?:of|for|on|in)\\s+(?:the\\s+)?${WORD}`,
    `\\b(?:failed|wrong|broken|red|stuck|happened|broke|running)\\s+(?:in|with|for|on|to|of)\\s+(?:the\\s+)?${WORD}`,
    `\\b(?:is|did|has|does|are|was|can|will)\\s+(?:the\\s+)?${WORD}`,
    `\\b(?:batch|essential|dataset|for|about)\\s+(?:called\\s+)?${WORD}`,
    `^\\W*(?:and\\s+|what about\\s+|how about\\s+)?(?:the\\s+)?(${ONE})\\s*(?:status|batch|\\?|$)`,
  ];
  for (const pattern of patterns) {
    const words = new RegExp(pattern, 'iu').exec(text)?.[1]?.split(' ') ?? [];
    const end = words.findIndex((word) => COMMON.test(word) || /^\d+$/.test(word));
    const name = words.slice(0, end < 0 ? words.length : end).join(' ');
    if (name !== '') return name;
  }
  return null;
}

export type DeclineReason = 'read_only' | 'not_in_data' | 'off_topic' | 'whom_to_call' | 'own_connections';

const ACT =
  'restart|re-start|rerun|re-run|run|retry|re-try|kill|cancel|stop|start|trigger|re-trigger|retrigger|pause|unpause|delete|drop|update|insert|truncate|alter|clear|mark|fix|repair|resubmit|skip|unblock|resume|abort|relaunch|bounce|reset|rollback|roll back|force|change|set|release|approve|deploy|execute|kick off|requeue|disable|enable|terminate|launch|turn (?:on|off)|write';

const RULES: readonly [DeclineReason, RegExp][] = [
  [
    'off_topic',
    /\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(instructions?|rules?|prompts?|above|previous|guidelines|policy|policies)\b/i,
  ],
  [
    'off_topic',
    /\b(system prompt|your (instructions|prompt|rules)|jailbreak|developer mode|you are now|pretend (to be|you)|act as|role ?play|api key|password|secrets?|credentials?|tokens?)\b/i,
  ],
  [
    'read_only',
    /\b(drop|truncate|alter) (the )?(table|database)\b|\bdelete from\b|\binsert into\b|\bupdate \w+ set\b/i,
  ],
  [
    'read_only',
    new RegExp(
      `^(?:(?:hey|hi|ok|okay|so|and|now|then|sentry|pls|please|just|go ahead and|also)[,\\s]+)*(?:${ACT})\\b(?! (?:time|times|status|history|ids?)\\b)`,
      'i',
    ),
  ],
  [
    'read_only',
    new RegExp(
      `\\b(?:can|could|would|will) (?:you|u|we|i)(?: please| pls| just)? (?:${ACT})\\b|\\b(?:please|pls|need you to|want you to|go ahead and|let['’]?s|try to) (?:${ACT})\\b`,
      'i',
    ),
  ],
  [
    'not_in_data',
    /\b(why|reason)\b.*\b(business|someone|somebody|they|anyone|management|desk|users?|people|team)\b.*\b(rerun|reran|re-ran|ran|cancel|cancelled|decide[d]?|ask(ed)?|request(ed)?|trigger(ed)?|change[d]?)\b/i,
  ],
  [
    'not_in_data',
    /\b(on purpose|intentional(ly)?|deliberate(ly)?|by mistake|by accident)\b|\bbusiness (reason|decision|rationale|justification|impact)\b|\b(pnl|p&l|revenue|how much money|trades?|positions?|notional|exposure)\b/i,
  ],
  [
    'whom_to_call',
    /\bwho(?:m| (?:is|do|should|can|to|shall|would|could|must|needs?)\b).{0,24}\b(?:call|page|contact|ping|ask|notify|escalate|reach|tell|wake|owner|responsible|in charge|on[- ]call)\b|\bwho (?:owns|supports|looks after|is on (?:it|call))\b|\bon[- ]call\b|\bescalat\w+|\bwhose (?:batch|job)\b/i,
  ],
  [
    'own_connections',
    /\b(?:is|are|can you (?:reach|see)) (?:the |your )?(?:lenz|redis|database|db|mysql|rds|azure|openai|model|llm)\b(?:.{0,12}\b(?:up|down|ok|okay|working|alive|healthy|reachable|there)\b|\W*$)/i,
  ],
  [
    'not_in_data',
    /^who\b(?!(?: else)? (?:does|did|do|will|would|could)\b.*\b(?:hit|block|break|touch)\b|(?: else)?(?: is| are)?(?: still| now| also| all)? (?:waiting|waits?|blocked|affected|impacted|hit|held|late|red|stuck|failing|broken|depends?|behind))|\bwho (reran|restarted|cancelled|killed|approved|triggered|broke|changed|ran|did)\b|\bwhose fault\b/i,
  ],
  [
    'not_in_data',
    /\b(log|logs|log file|logfile|stack ?trace|traceback|stdout|stderr|source code|cpu|memory usage|error message)\b/i,
  ],
  [
    'off_topic',
    /\b(weather|forecast|raining|joke|poem|song|lunch|dinner|football|soccer|baseball|nba|stock price|bitcoin|recipe|capital of|translate|president|movie|horoscope|sing|story|who won|meaning of life|homework|python script|birthday|holiday)\b/i,
  ],
];

/** Why a question is declined; null when it may be answered. "Was it rerun?" asks; "rerun it" commands. */
export function declineReason(text: string): DeclineReason | null {
  return RULES.find(([, pattern]) => pattern.test(text.trim()))?.[0] ?? null;
}

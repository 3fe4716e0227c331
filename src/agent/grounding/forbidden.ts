/** What no finding can carry, whatever its numbers: links and mentions, causes, predictions, actions, days that move. */
const FORBIDDEN: readonly RegExp[] = [
  /https?:|www\.|\bmailto:|<[^>]*>|!\[|\]\s*\(|[<＜][!@#]|@\w|&[a-z]+;/i,
  // Causes are not computed yet; a model that names one has made it up.
  /\b(because|due to|caused?|causes|causing|root cause|owing to|thanks to|as a result|results? of|resulted|led to|stems?|reason|triggered by|attributed|culprit|blame|since the|explains?)\b/i,
  /\b(memory|oom|network|connectivity|disk|deadlock|timeouts?|timed out|permissions?|bug|exception|stack ?trace|code|deploy(ed|ment)?|schema|credentials?|capacity|infrastructure|kafka|kubernetes|password|tokens?)\b/i,
  /\b(will|should|shall|would|could|might|may|probably|likely|perhaps|maybe|expect(ed|s)?|eta|estimate[ds]?|appears?|seems?|going to|soon|about to|predict(ed|s)?)\b/i,
  /\b(i|we|sentry|someone|somebody|you|the team|ops|please|let me|recommend(ed|s)?|suggest(ed|s)?|restart(ed|ing)?|rerunning|re-run|resubmit(ted)?|escalate[ds]?|contact|ping|check)\b/i,
  /\b(today|tonight|yesterday|tomorrow|this (morning|evening|week)|next|ago)\b/i,
  /\b(half|third|quarter|majority|most of|mostly|dozens?|couple|twice|double[ds]?|triple[ds]?|hundreds?|thousands?|several|many|few|various|numerous|average|mean|slower|faster|longer|shorter|worse|better|usual(ly)?|normal(ly)?|always|often|rarely|never fails?|(un)?affected|impact(s|ed)?|risks?|safe|critical|severe|serious|harmless)\b/i,
];

export function isForbidden(sentence: string): boolean {
  return FORBIDDEN.some((pattern) => pattern.test(sentence));
}

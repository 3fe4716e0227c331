import { affected, besideUsual, causal, type Licence, predicted } from './licences.ts';
import type { Entity, Truth } from './truth.ts';

/** What no finding can carry, whatever its numbers: links and mentions, guesses, actions, days that move. */
const FORBIDDEN: readonly RegExp[] = [
  /https?:|www\.|\bmailto:|<[^>]*>|!\[|\]\s*\(|[<＜][!@#]|@\w|&[a-z]+;/i,
  /\b(memory|oom|network|connectivity|disk|deadlock|timeouts?|timed out|permissions?|bug|exception|stack ?trace|code|deploy(ed|ment)?|schema|credentials?|capacity|infrastructure|kafka|kubernetes|password|tokens?)\b/i,
  /\b(should|shall|would|could|might|may|probably|perhaps|maybe|appears?|seems?|going to|soon|about to|predict(ed|s)?)\b/i,
  /\b(i|we|sentry|someone|somebody|you|the team|ops|please|let me|recommend(ed|s)?|suggest(ed|s)?|restart(ed|ing)?|rerunning|re-run|resubmit(ted)?|escalate[ds]?|contact|ping|check)\b/i,
  /\b(today|tonight|yesterday|tomorrow|this (morning|evening|week)|next|ago)\b/i,
  /\b(half|third|quarter|majority|most of|mostly|dozens?|couple|twice|double[ds]?|triple[ds]?|hundreds?|thousands?|several|many|few|various|numerous|average|mean|worse|better|normal(ly)?|always|often|rarely|never fails?|risks?|safe|critical|severe|serious|harmless)\b/i,
  /\b(as a result|triggered by|blame|since the)\b/i,
];

/** What a finding may carry: said only where it does. */
const LICENSED: readonly [RegExp, Licence][] = [
  [
    /\b(because|due to|caused?|causes|causing|root cause|owing to|thanks to|results? (of|from|in)|resulted|led to|leads to|stems?|reason|attributed|culprit|explains?|explained)\b/i,
    causal,
  ],
  [/\b(will|likely|expect(ed|s)?|eta|estimate[ds]?)\b/i, predicted],
  [/\b(slower|faster|longer|shorter|usual(ly)?)\b/i, besideUsual],
  [/\b((un)?affected|impact(s|ed)?)\b/i, affected],
];

/** Whether a sentence with its names masked claims something that no finding carries. */
export function isForbidden(masked: string, entities: readonly Entity[], truth: Truth): boolean {
  const unnamed = masked.replace(/⟦[a-j]+⟧/g, ' ');
  if (FORBIDDEN.some((pattern) => pattern.test(unnamed))) return true;
  return LICENSED.some(([pattern, licence]) => pattern.test(unnamed) && !licence(masked, entities, truth));
}

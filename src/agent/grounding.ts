import type { EssentialNames } from '../batch/essential-names.ts';
import type { Finding } from '../batch/finding.ts';
import { sentencesOf } from './compose/sentences.ts';
import { claimsHold } from './grounding/claims.ts';
import { isForbidden } from './grounding/forbidden.ts';
import { checkMoments, momentsOf } from './grounding/moments.ts';
import { checkNames, escapePattern, maskNames } from './grounding/names.ts';
import { checkNumbers, digits } from './grounding/numbers.ts';
import type { Truth } from './grounding/truth.ts';
import { truthOf } from './grounding/truth-of.ts';
import { code, safeText, stripControls } from './safe-text.ts';

const MAX_SENTENCES = 5;
const MAX_PROSE_CHARS = 1200;

/**
 * The model's prose, as far as the findings carry it. Sentence by sentence: every number, id, time, date, status and name is
 * looked up in what code found, and a sentence with anything else in it is dropped. A number that is right somewhere and
 * said of something else can pass where no rule ties it to a thing; the verdict above the prose is never touched by it.
 */
export function groundProse(
  prose: string,
  findings: readonly Finding[],
  at: { zone: string; names: EssentialNames },
): { text: string; dropped: number } {
  if (prose.trim() === '' || findings.length === 0) return { text: '', dropped: 0 };
  const byCode = new Map(
    findings.flatMap((finding) => sentencesOf(finding, at.zone)).map((sentence) => [plain(sentence), sentence]),
  );
  const truth = truthOf(findings, at);
  const kept: string[] = [];
  let dropped = 0;
  for (const sentence of sentencesIn(withheld(prose, byCode))) {
    const written = byCode.get(plain(sentence)) ?? (isGrounded(plain(sentence), truth) ? presentable(sentence) : null);
    const fits = kept.length < MAX_SENTENCES && [...kept, written ?? ''].join(' ').length <= MAX_PROSE_CHARS;
    if (written === null || !fits) dropped += 1;
    else if (!kept.includes(written)) kept.push(written);
  }
  return { text: kept.join(' '), dropped };
}

/** Whether one plain sentence says nothing but what the findings hold. */
export function isGrounded(sentence: string, truth: Truth): boolean {
  if (sentence.length > 500 || !/[\p{L}]/u.test(sentence)) return false;
  if (/\blast night\b/i.test(sentence) && !truth.hasNight) return false;
  const { masked, entities } = maskNames(digits(sentence), truth);
  if (isForbidden(masked, entities, truth)) return false;
  const timed = momentsOf(masked, entities, truth);
  const rest = timed === null ? null : checkMoments(masked, timed);
  if (rest === null) return false;
  return checkNumbers(rest, truth) && checkNames(rest, truth) && claimsHold(rest, entities, truth);
}

/** Sentences of code may hold dots and colons: they are taken out whole, longest first, each on a line of its own. */
function withheld(prose: string, byCode: ReadonlyMap<string, string>): string {
  const known = [...byCode.values()].filter((sentence) => prose.includes(sentence)).sort((a, b) => b.length - a.length);
  if (known.length === 0) return prose;
  return prose.replace(new RegExp(known.map(escapePattern).join('|'), 'g'), (sentence) => `\n${sentence}\n`);
}

function sentencesIn(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+(?=[\p{Lu}\p{N}`*"“'(_[<!])/u)
    .map((sentence) =>
      stripControls(sentence)
        .replace(/^\s*(?:[-*•#>]+|\d+[.)])\s+/, '')
        .trim(),
    )
    .filter((sentence) => sentence !== '');
}

/** Without emphasis and code marks: how it reads, not how it looks. */
function plain(sentence: string): string {
  return sentence.replace(/[`*]/g, '').replace(/\s+/g, ' ').trim();
}

/** Harmless to post; ids as code, so that their underscores stay underscores. */
function presentable(sentence: string): string {
  const text = safeText(plain(sentence), 500).replace(/[\p{L}\p{N}][\w.-]*_[\w.-]*\w/gu, (id) => code(id));
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

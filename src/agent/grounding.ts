import type { EssentialNames } from '../batch/essential-names.ts';
import type { Finding } from '../batch/finding.ts';
import { sentencesOf } from './compose/sentences.ts';
import { claimsHold } from './grounding/claims.ts';
import { isForbidden } from './grounding/forbidden.ts';
import { checkMoments, momentsOf } from './grounding/moments.ts';
import { checkNames, maskNames } from './grounding/names.ts';
import { checkNumbers, digits } from './grounding/numbers.ts';
import { createSentenceSplitter } from './grounding/sentence-splitter.ts';
import type { Truth } from './grounding/truth.ts';
import { truthOf } from './grounding/truth-of.ts';
import { code, safeText } from './safe-text.ts';

const MAX_SENTENCES = 5;
const MAX_PROSE_CHARS = 1200;

/** Checks prose while it is being written. What it has let pass never changes again; it only grows. */
export interface Grounder {
  /** What has passed by now, ready to be shown. */
  readonly text: string;
  /** How many sentences did not. */
  readonly dropped: number;
  hear(piece: string): void;
  /** Nothing follows: what is left is a sentence as well. */
  end(): void;
}

/**
 * The model's prose, as far as the findings carry it. Sentence by sentence: every number, id, time, date, status and name is
 * looked up in what code found, and a sentence with anything else in it is dropped. A number that is right somewhere and
 * said of something else can pass where no rule ties it to a thing; the verdict above the prose is never touched by it.
 */
export function createGrounder(findings: readonly Finding[], at: { zone: string; names: EssentialNames }): Grounder {
  const byCode = new Map(
    findings.flatMap((finding) => sentencesOf(finding, at.zone)).map((sentence) => [plain(sentence), sentence]),
  );
  const truth = truthOf(findings, at);
  const splitter = createSentenceSplitter([...byCode.values()]);
  const kept: string[] = [];
  let text = '';
  let dropped = 0;

  function check(sentence: string): void {
    const written = kept.length === MAX_SENTENCES ? null : passed(sentence);
    if (written !== null && kept.includes(written)) return;
    if (written === null || [...kept, written].join(' ').length > MAX_PROSE_CHARS) {
      dropped += 1;
      return;
    }
    kept.push(written);
    text = kept.join(' ');
  }

  /** As it is shown; null where it is not. */
  function passed(sentence: string): string | null {
    const read = plain(sentence);
    return byCode.get(read) ?? (isGrounded(read, truth) ? presentable(read) : null);
  }

  return {
    get text() {
      return text;
    },
    get dropped() {
      return dropped;
    },
    hear: (piece) => splitter.push(piece).forEach(check),
    end: () => splitter.end().forEach(check),
  };
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

/** Without emphasis and code marks: how it reads, not how it looks. */
function plain(sentence: string): string {
  return sentence.replace(/[`*]/g, '').replace(/\s+/g, ' ').trim();
}

/** Harmless to post; ids as code, so that their underscores stay underscores. */
function presentable(sentence: string): string {
  const text = safeText(sentence, 500).replace(/[\p{L}\p{N}][\w.-]*_[\w.-]*\w/gu, (id) => code(id));
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

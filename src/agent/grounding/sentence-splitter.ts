import { stripControls } from '../safe-text.ts';

/** Cuts prose that arrives piece by piece into sentences. */
export interface SentenceSplitter {
  /** The sentences that have become whole with this piece: nothing that comes can change them, and something came after them. */
  push(piece: string): string[];
  /** What is left when nothing follows any more. */
  end(): string[];
}

const BLANK = /\s/u;
const OPENS = /^[\p{Lu}\p{N}`*"“'(_[<!]/u;

/**
 * A sentence ends at a line break, or at a full stop, blanks and what can open the next one. Sentences of code may hold dots
 * and colons: wherever one of `known` stands word by word it is a sentence of its own, the longest that fits. However the
 * prose is cut into pieces, the sentences are the same.
 */
export function createSentenceSplitter(known: readonly string[]): SentenceSplitter {
  const byFirst = Map.groupBy(
    [...new Set(known)].sort((a, b) => b.length - a.length),
    (sentence) => sentence.slice(0, 1),
  );
  const whole: string[] = [];
  let text = '';
  let from = 0;
  let at = 0;
  /** Up to here only blanks stand behind `at`: a model that writes nothing else is not read again and again. */
  let blankTo = 0;

  function cut(to: number, next: number): void {
    const sentence = stripControls(text.slice(from, to))
      .replace(/^\s*(?:[-*•#>]+|\d+[.)])\s+/, '')
      .trim();
    from = next;
    at = next;
    if (sentence !== '') whole.push(sentence);
  }

  /** The known sentence that stands here; `open` where more has to be read to tell. */
  function knownHere(ended: boolean): string | 'open' | null {
    for (const sentence of byFirst.get(text.charAt(at)) ?? []) {
      if (text.startsWith(sentence, at)) return sentence;
      const left = text.length - at;
      if (!ended && left < sentence.length && sentence.startsWith(text.slice(at))) return 'open';
    }
    return null;
  }

  /** Where the next sentence opens, if one does behind the blanks here; `open` where more has to be read to tell. */
  function nextOpening(ended: boolean): number | 'open' | null {
    let next = Math.max(at, blankTo);
    while (next < text.length && BLANK.test(text.charAt(next))) next += 1;
    blankTo = next;
    const code = text.codePointAt(next);
    const halved = code !== undefined && code >= 0xd800 && code < 0xdc00;
    if (code === undefined || (halved && next === text.length - 1)) return ended ? null : 'open';
    return OPENS.test(String.fromCodePoint(code)) ? next : null;
  }

  function read(ended: boolean): void {
    while (at < text.length) {
      const here = knownHere(ended);
      if (here === 'open') break;
      const character = text.charAt(at);
      if (here !== null) {
        const end = at + here.length;
        cut(at, at);
        cut(end, end);
      } else if (character === '\n') {
        cut(at, at + 1);
      } else if (at > from && BLANK.test(character) && '.!?'.includes(text.charAt(at - 1))) {
        const next = nextOpening(ended);
        if (next === 'open') break;
        if (next === null) at += 1;
        else cut(at, next);
      } else {
        at += 1;
      }
    }
    text = text.slice(from);
    at -= from;
    blankTo -= from;
    from = 0;
  }

  return {
    push(piece) {
      text += piece;
      read(false);
      if (whole.length === 0) return [];
      return whole.splice(0, text.trim() === '' ? whole.length - 1 : whole.length);
    },
    end() {
      read(true);
      cut(text.length, text.length);
      return whole.splice(0);
    },
  };
}

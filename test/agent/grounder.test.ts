import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sentencesOf } from '../../src/agent/compose/sentences.ts';
import { createSentenceSplitter } from '../../src/agent/grounding/sentence-splitter.ts';
import { createGrounder } from '../../src/agent/grounding.ts';
import type { Finding } from '../../src/batch/finding.ts';
import { NO_HOUSE_RULES } from '../../src/batch/inquiry/house-rules.ts';
import { inquireNight } from '../../src/batch/inquiry/night.ts';
import { inquireStatus } from '../../src/batch/inquiry/status.ts';
import { groundProse } from './ground-prose.ts';
import { clock, names, openSmallWorld, ZONE } from './small-world.ts';

const at = { zone: ZONE, names };
let findings: Finding[];
let byCode: string[];

beforeAll(async () => {
  const sources = openSmallWorld()({ record: () => {}, signal: new AbortController().signal });
  const desk = { sources, clock, zone: ZONE, ...NO_HOUSE_RULES };
  const about = { essential: 'TB-Derivatives', date: null, phase: null };
  findings = [await inquireStatus(desk, about, 'status'), await inquireNight(desk, { date: null, phase: null })];
  byCode = findings.flatMap((finding) => sentencesOf(finding, ZONE));
});

/** True sentences, false ones, what only looks like the end of one, and what opens the next, in any order. */
const prose = () =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...byCode),
        fc.constantFrom(...byCode).map((sentence) => sentence.slice(0, sentence.length / 2)),
        fc.constantFrom(
          'EMEA_DERIV_CFG failed on attempt 2 at 03:12 UTC.',
          'Step 3 waits for it.',
          '1 of 7 slices failed.',
          'FINAL has not started.',
          '99 slices failed.',
          'It took approx. 3 hours',
          'SNU failed!',
        ),
        fc.constantFrom(
          ' ',
          '. ',
          '.\n',
          '\r\n',
          '\n- ',
          '1. ',
          '  ',
          '? `',
          '.',
          '𝐀',
          '𝟗',
          '\ud835',
          '😀',
          '**',
          ': ',
        ),
      ),
      { maxLength: 14 },
    )
    .map((parts) => parts.join(''));

/** Where a text is cut, as shares of its length; a cut may go through the middle of a character. */
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

function piecesOf(text: string, shares: readonly number[]): string[] {
  const marks = [0, ...shares.map((share) => Math.floor(share * text.length)).sort((a, b) => a - b), text.length];
  return marks.slice(1).map((mark, index) => text.slice(marks[index], mark));
}

describe('prose that arrives piece by piece', () => {
  it('is the same prose however it is cut, and what has passed only grows', () => {
    fc.assert(
      fc.property(prose(), cuts, (text, shares) => {
        const grounder = createGrounder(findings, at);
        const shown: string[] = [];
        for (const piece of piecesOf(text, shares)) {
          grounder.hear(piece);
          shown.push(grounder.text);
        }
        grounder.end();
        expect({ text: grounder.text, dropped: grounder.dropped }).toEqual(groundProse(text, findings, at));
        for (const earlier of shown) expect(grounder.text.startsWith(earlier)).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  it('is the same letter by letter', () => {
    fc.assert(
      fc.property(prose(), (text) => {
        const whole = createSentenceSplitter(byCode);
        const single = createSentenceSplitter(byCode);
        const sentences = [...whole.push(text), ...whole.end()];
        const letters = Array.from({ length: text.length }, (_, index) => text.charAt(index));
        expect([...letters.flatMap((letter) => single.push(letter)), ...single.end()]).toEqual(sentences);
      }),
      { numRuns: 150 },
    );
  });

  it('lets a sentence pass once the next one opens', () => {
    for (const sentence of ['1 of 7 slices failed.', ...byCode]) {
      const grounder = createGrounder(findings, at);
      grounder.hear(sentence);
      expect(grounder.text).toBe('');
      grounder.hear(' ');
      expect(grounder.text).toBe('');
      grounder.hear('E');
      expect(grounder.text).toBe(sentence);
    }
  });

  it('takes no half of a longer sentence of code for the whole of a shorter one', () => {
    const { push, end } = createSentenceSplitter(['It failed.', 'It failed. Step 2 waits.']);
    expect(push('It failed.')).toEqual([]);
    expect(push(' Step 2 w')).toEqual([]);
    expect(push('aits. It failed.')).toEqual(['It failed. Step 2 waits.']);
    expect(push(' Step 9')).toEqual(['It failed.']);
    expect(end()).toEqual(['Step 9']);
  });

  it('looks at the findings once, however long it is', () => {
    let looks = 0;
    const watched = findings.map(
      (finding) =>
        new Proxy(finding, {
          get(target, name) {
            looks += 1;
            return Reflect.get(target, name);
          },
        }),
    );
    const grounder = createGrounder(watched, at);
    expect(looks).toBeGreaterThan(0);
    const before = looks;
    for (let index = 0; index < 200; index += 1) grounder.hear(`${index} slices are at it. And the rest is `);
    grounder.end();
    expect(looks).toBe(before);
    expect(grounder.dropped).toBeGreaterThan(100);
  });
});

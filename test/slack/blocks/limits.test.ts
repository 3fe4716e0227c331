import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessageBlocks } from '../../../src/playground/slack/blocks-validation.ts';
import { apology } from '../../../src/slack/blocks/error.ts';
import { section } from '../../../src/slack/blocks/pieces/elements.ts';
import { privateView, questionView } from '../../../src/slack/blocks/question.ts';
import { renderAnswer, renderLayouts, renderWhole } from '../../../src/slack/blocks/render-answer.ts';
import type { View } from '../../../src/slack/blocks/view.ts';
import { stoppedView, workingView } from '../../../src/slack/blocks/working.ts';
import { answers, hostile } from './answers.ts';

interface Piece {
  type: string;
  text: string;
}

/** Every text of a message, with the kind of field it sits in. */
function piecesOf(view: View): Piece[] {
  const pieces: Piece[] = [{ type: 'mrkdwn', text: view.text }];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(walk);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const { type, text } = value as { type?: unknown; text?: unknown };
    if (typeof type === 'string' && typeof text === 'string') pieces.push({ type, text });
    for (const each of Object.values(value)) walk(each);
  };
  walk(view.blocks);
  return pieces;
}

/** Slack's own sequences that may stand in a message of ours: the asker's mention, and nothing else. */
function sequencesIn(pieces: readonly Piece[]): string[] {
  return pieces.filter((piece) => piece.type === 'mrkdwn').flatMap((piece) => piece.text.match(/<[^>\s]/g) ?? []);
}

function expectFit(view: View): void {
  expect(() => checkMessageBlocks(view.blocks as never)).not.toThrow();
  expect(view.blocks.length).toBeLessThanOrEqual(50);
  expect(view.text.length).toBeLessThanOrEqual(3000);
  expect(view.text.trim()).not.toBe('');
}

function expectHarmless(view: View): void {
  const pieces = piecesOf(view);
  expect(sequencesIn(pieces)).toEqual([]);
  for (const { type, text } of pieces) {
    expect(text.isWellFormed()).toBe(true);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
    if (type === 'mrkdwn') expect(text.replace(/`[^`]*`/g, '')).not.toMatch(/@(channel|here|everyone)\b/);
    if (type === 'markdown') {
      expect(text).not.toMatch(/<[!@#/a-z]/i);
      expect(text).not.toMatch(/\]\(/);
      expect(text).not.toMatch(/[a-z]:\/\//i);
      expect(text).not.toMatch(/@(channel|here|everyone)\b/);
    }
  }
}

/** What a link of ours looks like: an address in Airflow of which every id is encoded, and a label that ends where it ends. */
const OURS =
  /<https:\/\/airflow\.example\/dags\/[\w.%~-]*\/grid\?dag_run_id=[\w.%~-]*(?:&amp;task_id=[\w.%~-]*)?\|[^<>|\n]+>/g;

describe('any answer', () => {
  it('fits into a Slack message in every layout and carries no mention and no link', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        for (const view of renderLayouts(answer)) {
          expectFit(view);
          expectHarmless(view);
          const alone = privateView(view, { code: 'not_in_channel', channel: 'C1', botName: 'sentry' });
          expectFit(alone);
          expect(JSON.stringify(alone.blocks).length).toBeLessThanOrEqual(13_200);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('links to pages of Airflow and to nothing else, whatever the ids are', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const view = renderAnswer(answer, 'https://airflow.example');
        expectFit(view);
        for (const { type, text } of piecesOf(view))
          if (type === 'mrkdwn') expect(text.replace(OURS, '')).not.toMatch(/<[^>\s]/);
        expect(JSON.stringify(view.blocks).length).toBeLessThanOrEqual(13_200);
      }),
      { numRuns: 60 },
    );
  });

  it('shows everything where its message does not, in pieces that fit into a section each', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const buttons = renderLayouts(answer).flatMap(({ blocks }) => [
          ...JSON.stringify(blocks).matchAll(/Show all \((\d+) more\)/g),
        ]);
        const whole = renderWhole(answer);
        expect(whole === null).toBe(buttons.length === 0);
        for (const [, more] of buttons) expect(Number(more)).toBeGreaterThan(0);
        const view = { text: 'x', blocks: (whole ?? []).map((text) => section(text)) };
        expect(view.blocks.every((block) => (block.text?.text.length ?? 0) <= 3000)).toBe(true);
        expectHarmless(view);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps its buttons pressable: a label, a value within 2,000 characters, ids that differ', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const actions = renderAnswer(answer).blocks.filter((block) => block.type === 'actions');
        for (const element of actions.flatMap((block) => block.elements)) {
          if (element.type !== 'button') throw new Error(`unexpected ${element.type}`);
          expect(element.text.text.length).toBeGreaterThan(0);
          expect(element.text.text.length).toBeLessThanOrEqual(75);
          expect(element.value?.length ?? 0).toBeGreaterThan(0);
          expect(element.value?.length ?? 0).toBeLessThanOrEqual(2000);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what stands around an answer', () => {
  it('fits and is harmless whatever was asked', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, other) => {
        const steps = [
          { id: '1', title: text, status: 'complete' as const },
          { id: '2', title: other, status: 'in_progress' as const },
        ];
        for (const view of [
          workingView({ steps, verdict: null, prose: '' }, 'k3j4h5g6'),
          workingView({ steps, verdict: text || null, prose: other }, 'k3j4h5g6'),
          apology(text),
          stoppedView(null, text, { verdict: other, prose: text }),
          questionView(text, other),
        ]) {
          expectFit(view);
          expectHarmless(view);
          expectFit(privateView(view, { code: 'not_in_channel', channel: 'C1', botName: other }));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('mentions nobody but the asker', () => {
    const view = questionView('U0ALICE001', 'what about <!channel> and <@U0BOB00001>? &amp; `x`');
    expect(sequencesIn(piecesOf(view))).toEqual(['<@', '<@']);
    expect(piecesOf(view).every((piece) => !piece.text.includes('<!channel>') && !piece.text.includes('<@U0BOB'))).toBe(
      true,
    );
  });
});

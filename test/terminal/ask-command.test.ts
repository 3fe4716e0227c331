import { describe, expect, it } from 'vitest';
import { Answer } from '../../src/agent/answer.ts';
import { cannotAnswer } from '../../src/agent/cannot-answer.ts';
import { SentryError } from '../../src/errors.ts';
import { askLines, askOnce } from '../../src/terminal/ask-command.ts';
import { smallAgent } from '../agent/asking.ts';

async function* chunks(...parts: (string | Buffer)[]): AsyncGenerator<string | Buffer> {
  yield* parts;
}

async function linesFor(ask: Parameters<typeof askLines>[0], ...input: (string | Buffer)[]) {
  let text = '';
  const code = await askLines(ask, chunks(...input), {
    json: true,
    write: (more) => {
      text += more;
    },
  });
  const lines = text.split('\n');
  expect(lines.pop()).toBe('');
  return { code, answers: lines.map((line) => Answer.parse(JSON.parse(line))) };
}

const json = (line: object) => `${JSON.stringify(line)}\n`;

describe('questions line by line', () => {
  const ask = smallAgent();

  it('give every line its answer, the empty one too, and take a last line without its end', async () => {
    const { answers, code } = await linesFor(ask, 'how is SNU doing?\r\n\n', 'how is deri', 'vatives doing?');
    expect(answers.map((answer) => [answer.kind, answer.essential])).toEqual([
      ['status', 'SNU'],
      ['refusal', null],
      ['status', 'TB-Derivatives'],
    ]);
    expect(code).toBe(0);
  });

  it('are one conversation where they share a thread, whatever its id is', async () => {
    const { answers } = await linesFor(
      ask,
      json({ question: 'how is derivatives doing?', thread: 7 }),
      json({ question: 'and prelim?', thread: 8, now: null }),
      json({ question: 'and prelim?', thread: 7 }),
      json({ question: 'how is SNU doing?', thread: null }),
      json({ question: 'and prelim?', thread: null }),
    );
    expect(answers.map((answer) => answer.essential)).toEqual(['TB-Derivatives', null, 'TB-Derivatives', 'SNU', null]);
  });

  it('are answered by the clock that they name, and never by another one', async () => {
    const question = 'how is derivatives prelim doing on 2026-02-13?';
    const { answers, code } = await linesFor(
      ask,
      json({ question, now: '2026-02-13T12:00:00-05:00' }),
      json({ question, now: '2026-02-13 17:00' }),
      json({ question: 5 }),
      json({ ask: question }),
    );
    expect(answers[0]).toMatchObject({ frozen_clock: '2026-02-13T17:00:00.000Z', error: null });
    for (const answer of answers.slice(1)) {
      expect(answer).toMatchObject({ status: null, error: { code: 'USAGE', remedy: expect.stringContaining('now') } });
    }
    expect(code).toBe(1);
  });

  it('keep separators that only JSON allows, and characters cut in two by the pipe', async () => {
    const bytes = Buffer.from(json({ question: 'how is SNU\u2028 doing — today?' }));
    const cut = bytes.indexOf(0xe2) + 1;
    const { answers } = await linesFor(ask, bytes.subarray(0, cut), bytes.subarray(cut));
    expect(answers).toHaveLength(1);
    expect(answers[0]?.question).toBe('how is SNU doing — today?');
  });
});

describe('an installation that cannot start', () => {
  it('still answers in the documented form, in one line', async () => {
    const error = new SentryError('CONFIG', 'Two settings:\n  - A\n  - B', { remedy: 'Correct them.' });
    let text = '';
    const output = { json: true, write: (more: string) => (text += more) };
    expect(await askOnce(cannotAnswer(error), 'status of \u202esnu', output)).toBe(1);
    expect(Answer.parse(JSON.parse(text))).toMatchObject({
      question: 'status of snu',
      essential: 'SNU',
      status: null,
      verdict: 'Two settings: - A - B',
      error: { code: 'CONFIG', remedy: 'Correct them.' },
    });
  });
});

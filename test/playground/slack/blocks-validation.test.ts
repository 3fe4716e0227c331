import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessageBlocks, checkView } from '../../../src/playground/slack/blocks-validation.ts';
import { SlackFailure } from '../../../src/playground/slack/failure.ts';
import type { Json } from '../../../src/playground/slack/types.ts';

const x = (count: number) => 'x'.repeat(count);
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const button = (more: Json = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...more });
const actions = (...elements: Json[]) => ({ type: 'actions', elements });
const table = (rows: number, columns: number, text = 'c') => ({
  type: 'table',
  rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => ({ type: 'raw_text', text }))),
});

function refusal(blocks: Json[]): string {
  try {
    checkMessageBlocks(blocks);
    return 'taken';
  } catch (error) {
    if (error instanceof SlackFailure) return error.code;
    throw error;
  }
}

describe('message blocks', () => {
  it.each<[string, Json[], Json[]]>([
    ['50 blocks', Array.from({ length: 50 }, () => section('x')), Array.from({ length: 51 }, () => section('x'))],
    ['section of 3,000', [section(x(3000))], [section(x(3001))]],
    ['section needs text or fields', [{ type: 'section', fields: [plain('f')] }], [{ type: 'section' }]],
    [
      '10 fields',
      [{ type: 'section', fields: Array(10).fill(mrkdwn('f')) }],
      [{ type: 'section', fields: Array(11).fill(mrkdwn('f')) }],
    ],
    ['header of 150', [{ type: 'header', text: plain(x(150)) }], [{ type: 'header', text: plain(x(151)) }]],
    ['header is plain', [{ type: 'header', text: plain('h') }], [{ type: 'header', text: mrkdwn('h') }]],
    [
      'markdown of 12,000',
      [{ type: 'markdown', text: x(12_000) }],
      [
        { type: 'markdown', text: x(6000) },
        { type: 'markdown', text: x(6001) },
      ],
    ],
    ['table of 100 × 20', [table(100, 20)], [table(101, 1)]],
    ['20 columns', [table(1, 20)], [table(1, 21)]],
    ['10,000 characters in a table', [table(10, 10, x(100))], [table(10, 10, x(101))]],
    ['one table', [table(1, 1)], [table(1, 1), table(1, 1)]],
    ['button text of 75', [actions(button({ text: plain(x(75)) }))], [actions(button({ text: plain(x(76)) }))]],
    ['button value of 2,000', [actions(button({ value: x(2000) }))], [actions(button({ value: x(2001) }))]],
    ['action ids differ', [actions(button(), button({ action_id: 'b' }))], [actions(button(), button())]],
    [
      'block ids differ',
      [{ ...section('a'), block_id: 'a' }, section('b')],
      [
        { ...section('a'), block_id: 'a' },
        { ...section('b'), block_id: 'a' },
      ],
    ],
    ['text is not empty', [section('x')], [section('')]],
    ['only known fields', [section('x')], [{ ...section('x'), colour: 'red' }]],
    ['only known blocks', [{ type: 'divider' }], [{ type: 'ruler' }]],
    [
      '10 in a context',
      [{ type: 'context', elements: Array(10).fill(mrkdwn('c')) }],
      [{ type: 'context', elements: Array(11).fill(mrkdwn('c')) }],
    ],
  ])('%s', (name, good, bad) => {
    expect(refusal(good)).toBe('taken');
    expect(refusal(bad)).toBe(name === 'one table' ? 'invalid_attachments' : 'invalid_blocks');
  });

  it('more than about 13,200 characters over all blocks is too long', () => {
    expect(refusal(Array.from({ length: 4 }, () => section(x(3000))))).toBe('taken');
    expect(refusal(Array.from({ length: 5 }, () => section(x(3000))))).toBe('msg_blocks_too_long');
  });

  it('names the place of what is wrong', () => {
    expect(() => checkMessageBlocks([section('ok'), section('')])).toThrow(
      expect.objectContaining({
        extra: expect.objectContaining({ errors: [expect.stringContaining('/blocks/1/text/text')] }),
      }),
    );
  });

  it('fills in ids and changes nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 100 }), { minLength: 1, maxLength: 20 }), (texts) => {
        const blocks = texts.map((text) => section(text));
        const checked = checkMessageBlocks(blocks);
        expect(checked).toMatchObject(blocks);
        expect(new Set(checked.map((block) => block.block_id)).size).toBe(blocks.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('views', () => {
  const modal = (more: Json = {}) => ({ type: 'modal', title: plain('Title'), blocks: [section('x')], ...more });

  it('takes 250 KB of a modal', () => {
    const modal = (count: number) => ({
      type: 'modal',
      title: plain('All'),
      blocks: Array.from({ length: count }, () => section(x(2900))),
    });
    expect(() => checkView(modal(80))).not.toThrow();
    expect(() => checkView(modal(90))).toThrow(expect.objectContaining({ code: 'view_too_large' }));
  });

  it('takes a modal and refuses long titles, message-only blocks and unknown fields', () => {
    expect(checkView(modal())).toMatchObject({ type: 'modal' });
    for (const bad of [
      modal({ title: plain(x(25)) }),
      modal({ blocks: [{ type: 'markdown', text: 'x' }] }),
      modal({ colour: 'red' }),
    ]) {
      expect(() => checkView(bad)).toThrow('invalid_arguments');
    }
  });
});

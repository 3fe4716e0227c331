import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { View } from '../../../src/slack/blocks/view.ts';
import { anyAnswer } from '../../slack/sample-answers.ts';
import { problemsOfMessage, problemsOfView } from './check-view.ts';
import { harmProblems, textHarm } from './harmless.ts';
import { idProblems, limitProblems, messageProblems } from './limits.ts';
import { notificationProblems, symbolProblems } from './told.ts';

const x = (length: number) => 'x'.repeat(length);
const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const button = (more: object) => ({ type: 'button', text: plain('Why?'), ...more });
const rows = (count: number, width: number) => many(count, many(width, { type: 'raw_text', text: 'a' }));
const options = (count: number) => many(count, { text: plain('a'), value: 'a' });
const modal = (more: object) => ({ type: 'modal', title: plain('Title'), blocks: [section('a')], ...more });
const GOOD = { text: '✅ SNU PRELIM is SUCCESS', blocks: [section('✅ *SNU* PRELIM · success')] };

/** A thing at its limit, and the same one beyond it. */
const EDGES: readonly [what: string, at: (size: number) => object, most: number][] = [
  ['a section', (size) => section(x(size)), 3000],
  ['the fields of a section', (size) => ({ type: 'section', fields: many(size, mrkdwn('a')) }), 10],
  ['a header', (size) => ({ type: 'header', text: plain(x(size)) }), 150],
  ['a markdown block', (size) => ({ type: 'markdown', text: x(size) }), 12_000],
  ['an element of a context', (size) => ({ type: 'context', elements: [mrkdwn(x(size))] }), 2000],
  ['the elements of a context', (size) => ({ type: 'context', elements: many(size, mrkdwn('a')) }), 10],
  ['the elements of actions', (size) => ({ type: 'actions', elements: many(size, button({})) }), 25],
  ['the label of a button', (size) => button({ text: plain(x(size)) }), 75],
  ['the value of a button', (size) => button({ value: x(size) }), 2000],
  ['an action’s id', (size) => button({ action_id: x(size) }), 255],
  ['a block’s id', (size) => ({ ...section('a'), block_id: x(size) }), 255],
  ['the rows of a table', (size) => ({ type: 'table', rows: rows(size, 2) }), 100],
  ['the columns of a table', (size) => ({ type: 'table', rows: rows(2, size) }), 20],
  ['the rows of a data table', (size) => ({ type: 'data_table', rows: rows(size, 2) }), 101],
  ['the title of a card', (size) => ({ type: 'card', title: mrkdwn(x(size)) }), 150],
  ['the body of a card', (size) => ({ type: 'card', body: mrkdwn(x(size)) }), 200],
  ['a carousel', (size) => ({ type: 'carousel', elements: many(size, { type: 'card' }) }), 10],
  ['the options of a select', (size) => ({ type: 'static_select', options: options(size) }), 100],
  ['the text of an option', (size) => ({ type: 'overflow', options: [{ text: plain(x(size)), value: 'a' }] }), 75],
  ['the value of an option', (size) => ({ type: 'overflow', options: [{ text: plain('a'), value: x(size) }] }), 150],
  ['the title of a modal', (size) => modal({ title: plain(x(size)) }), 24],
  ['the blocks of a modal', (size) => modal({ blocks: many(size, section('a')) }), 100],
  ['the blocks of a home tab', (size) => ({ type: 'home', blocks: many(size, section('a')) }), 100],
  ['what a modal carries', (size) => modal({ private_metadata: x(size) }), 3000],
];

describe('limits', () => {
  it.each(EDGES)('hold %s', (_, thing, most) => {
    expect(limitProblems([thing(most)])).toEqual([]);
    expect(limitProblems([thing(most + 1)])).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['no text', { ...GOOD, text: ' ' }],
    ['a text beyond bounds', { ...GOOD, text: x(4001) }],
    ['no block', { ...GOOD, blocks: [] }],
    ['51 blocks', { ...GOOD, blocks: many(51, section('a')) }],
    ['too many characters over all blocks', { ...GOOD, blocks: many(10, section(x(1400))) }],
    ['two tables', { ...GOOD, blocks: many(2, { type: 'table', rows: rows(2, 2) }) }],
    ['two blocks of one id', { ...GOOD, blocks: many(2, { ...section('a'), block_id: 'one' }) }],
    [
      'two buttons of one id',
      { ...GOOD, blocks: [{ type: 'actions', elements: many(2, button({ action_id: 'a' })) }] },
    ],
  ])('find a message with %s', (_, view) => {
    expect(messageProblems(GOOD)).toEqual([]);
    expect(messageProblems(view as typeof GOOD)).toHaveLength(1);
  });

  it('find empty texts, uneven tables and repeated ids in views', () => {
    expect(limitProblems([section(' ')])).toHaveLength(1);
    expect(limitProblems([{ type: 'table', rows: [...rows(1, 2), ...rows(1, 3)] }])).toHaveLength(1);
    expect(limitProblems([{ type: 'data_table', rows: rows(1, 2) }])).toHaveLength(1);
    expect(idProblems(many(2, { block_id: 'one' }))).toHaveLength(1);
  });
});

describe('harm', () => {
  it.each([
    '<!channel>',
    '<@U0ALICE001>',
    '<https://evil.example|x>',
    '@here now',
    'a\u202Eb',
    'a\u0000b',
    '\uD83D',
    '<https://airflow.example/dags/x|<!here>>',
  ])('is found in mrkdwn: %j', (text) => {
    expect(harmProblems([section(text)]).length).toBeGreaterThan(0);
    expect(textHarm(text).length).toBeGreaterThan(0);
  });

  it.each(['[x](y)', 'https://evil.example', '<b>', '@everyone'])('is found in Markdown: %s', (text) => {
    expect(harmProblems([{ type: 'markdown', text }]).length).toBeGreaterThan(0);
  });

  it('is not a mention of the one who may be, a link to Airflow, or what is escaped', () => {
    expect(textHarm('Muted by <@U0ALICE001>.', 'U0ALICE001')).toEqual([]);
    expect(textHarm('<https://airflow.example/dags/a/grid?dag_run_id=b|a run>')).toEqual([]);
    expect(textHarm('&lt;!channel&gt; 3 < 5')).toEqual([]);
  });
});

describe('what is told', () => {
  it.each(['✅', '⚠️', '❌', '🚫', '▶️', '⏸️', '◻️', '🧊'])('needs a word beside %s', (symbol) => {
    expect(symbolProblems([section(`${symbol} *SNU* PRELIM`)])).toHaveLength(1);
  });

  it('has it there', () => {
    expect(symbolProblems([GOOD, ...GOOD.blocks, section('❌ *SNU PRELIM*\n2 slices failed')])).toEqual([]);
    expect(symbolProblems([section('✅ Step 1 · `a` 3/3')])).toEqual([]);
    expect(symbolProblems([section('✅ Step 1 · `a` 2/3')])).toHaveLength(1);
  });

  it('names essential and status in the text of a notification', () => {
    const answer = anyAnswer({ kind: 'status', essential: 'SNU', status: 'FAILED' });
    expect(notificationProblems('❌ SNU PRELIM is FAILED', answer)).toEqual([]);
    expect(notificationProblems('❌ PRELIM is FAILED', answer)).toHaveLength(1);
    expect(notificationProblems('❌ SNU PRELIM', answer)).toHaveLength(1);
    expect(notificationProblems('It broke', { ...answer, error: { code: 'X', message: '', remedy: '' } })).toEqual([]);
  });
});

describe('a whole message or view', () => {
  it('passes all checks at once', () => {
    expect(problemsOfMessage(GOOD as View)).toEqual([]);
    expect(problemsOfMessage({ ...GOOD, blocks: [{ type: 'nonsense' }] } as unknown as View)).toHaveLength(1);
    expect(problemsOfMessage({ ...GOOD, blocks: [section('took undefined')] } as View)).toHaveLength(1);
    expect(problemsOfView(modal({}) as ModalView)).toEqual([]);
    expect(problemsOfView(modal({ blocks: [section('<!here>')] }) as ModalView)).toHaveLength(1);
    expect(problemsOfView(modal({ title: plain(x(25)) }) as ModalView)).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../src/slack/listeners/commands/parse-command.ts';

describe('the text behind /sentry', () => {
  it.each([
    ['ask how is derivatives doing?', 'how is derivatives doing?'],
    ['STATUS derivatives prelim yesterday', 'status of derivatives prelim yesterday'],
    ['why derivatives prelim?', 'what is the root cause of derivatives prelim?'],
    ['eta snu final', 'when will snu final finish?'],
    ['compare derivatives with yesterday', 'compare derivatives with yesterday'],
    ['tasks EMEA_DERIV_CFG', 'which tasks failed in EMEA_DERIV_CFG?'],
  ])('%s is a question', (text, question) => expect(parseCommand(text)).toEqual({ kind: 'question', question }));

  it.each([
    ['digest add 7:00 weekdays', { kind: 'digest', action: 'add', rest: '7:00 weekdays' }],
    ['digest list', { kind: 'digest', action: 'list', rest: '' }],
    ['digest preview', { kind: 'digest', action: 'preview', rest: '' }],
    ['Digest Remove k7mp', { kind: 'digest', action: 'remove', rest: 'k7mp' }],
    ['watch snu reg strategic', { kind: 'watch', action: 'add', rest: 'snu reg strategic' }],
    ['watch stop snu', { kind: 'watch', action: 'stop', rest: 'snu' }],
    ['watch list', { kind: 'watch', action: 'list', rest: '' }],
    ['refresh derivatives', { kind: 'refresh', rest: 'derivatives' }],
    ['feedback', { kind: 'feedback' }],
    ['health', { kind: 'health' }],
    ['', { kind: 'help', lead: null }],
  ])('%s is an errand', (text, command) => expect(parseCommand(text)).toEqual(command));

  it.each([
    'ask',
    'status',
    'why ?',
    'eta',
    'compare',
    'tasks 👍',
    'digest',
    'digest add',
    'digest pause',
    'digest destroy x',
    'watch',
    'watch stop',
  ])('%s is told how it is used', (text) => {
    const command = parseCommand(text);
    expect(command).toMatchObject({ kind: 'usage', lead: expect.stringMatching(/\S/) });
    const word = text.split(' ')[0] ?? '';
    if (command.kind === 'usage') expect(command.usage.join()).toContain(`/sentry ${word}`);
  });

  it.each(['frobnicate', 'constructor', '__proto__ x'])('%s is no command', (text) =>
    expect(parseCommand(text)).toMatchObject({ kind: 'help', lead: expect.stringContaining('I do not know') }),
  );
});

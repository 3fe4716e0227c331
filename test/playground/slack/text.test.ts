import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlackState } from '../../../src/playground/slack/state.ts';
import { composeText, escapeOutsideSequences, escapeText } from '../../../src/playground/slack/text.ts';
import { nightDesk } from '../../../src/playground/slack/workspace.ts';

const state = new SlackState(nightDesk, () => Date.parse('2026-02-14T03:00:00Z'));

const decoded = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

describe('what people type', () => {
  it.each([
    ['hi @sentry!', 'hi <@U0SENTRY01>!'],
    ['@Sentry and @bob', '<@U0SENTRY01> and <@U0BOB00001>'],
    ['mail me@sentry.test or @nobody', 'mail me@sentry.test or @nobody'],
    ['@channel look, @here too', '<!channel> look, <!here> too'],
    ['<!channel> & <@U0BOB00001>', '&lt;!channel&gt; &amp; &lt;@U0BOB00001&gt;'],
    ['see #random or #nowhere', 'see <#C0RANDOM01|random> or #nowhere'],
    ['https://a.test/?x=1&y=@bob end', '<https://a.test/?x=1&amp;y=@bob> end'],
  ])('%s', (typed, stored) => {
    expect(composeText(state, typed)).toBe(stored);
  });

  it('never becomes a control sequence that was not meant', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '!', '@', 'U', '0', 'c', '&', ' ', '|') }), (typed) => {
        expect(decoded(composeText(state, typed))).toBe(typed);
        expect(composeText(state, typed)).not.toMatch(/[<>]/);
      }),
    );
  });
});

describe('what apps post', () => {
  it('keeps what was escaped, and escapes every other bracket', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = escapeText(text);
        expect(escapeOutsideSequences(escaped)).toBe(escaped);
      }),
    );
  });

  it.each([
    ['a < b > c', 'a &lt; b &gt; c'],
    ['<@U0BOB00001> <#C0RANDOM01> <!here> <!date^1^{date}|x> <mailto:a@b.test|m>', null],
    ['<script>', '&lt;script&gt;'],
    ['<<!here>', '&lt;<!here>'],
  ])('%s', (text, expected) => {
    expect(escapeOutsideSequences(text)).toBe(expected ?? text);
  });
});

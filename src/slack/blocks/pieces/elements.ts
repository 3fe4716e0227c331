import type { ActionsBlock, Button, ContextBlock, MarkdownBlock, SectionBlock } from '@slack/types';
import { clean, cut, defuse, oneLine } from './text.ts';

/** What Slack allows, in characters or pieces. */
export const LIMITS = {
  section: 3000,
  contextElement: 2000,
  markdown: 12_000,
  buttonText: 75,
  buttonValue: 2000,
  actions: 25,
} as const;

/** The buttons that ask something carry this id, with a number so that they differ within a message. */
export const ASK_ACTION = 'sentry_ask';

/** Takes mrkdwn that is already escaped, line by line, and keeps the lines that fit. `verbatim`: Slack links nothing by itself. */
export function section(...lines: string[]): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: joinWithin(lines, LIMITS.section), verbatim: true } };
}

/** Small and grey: what is good to know, after what matters. Takes escaped mrkdwn. */
export function context(...lines: string[]): ContextBlock {
  return {
    type: 'context',
    elements: [{ type: 'mrkdwn', text: joinWithin(lines, LIMITS.contextElement), verbatim: true }],
  };
}

/** Takes Markdown that is already harmless. */
export function markdown(text: string): MarkdownBlock {
  return { type: 'markdown', text: cut(text, LIMITS.markdown) };
}

/** Buttons that put a complete question, exactly as if it were typed. */
export function questionButtons(
  questions: readonly { label: string; question: string }[],
  block: string,
): ActionsBlock[] {
  const usable = questions
    .map(({ label, question }) => ({ label: harmlessLabel(label), question: clean(question).trim() }))
    .filter(({ label, question }) => label !== '' && question !== '' && question.length <= LIMITS.buttonValue);
  if (usable.length === 0) return [];
  const elements = usable.slice(0, 5).map(
    ({ label, question }, index): Button => ({
      type: 'button',
      action_id: `${ASK_ACTION}:${index}`,
      text: { type: 'plain_text', text: cut(label, LIMITS.buttonText), emoji: true },
      value: question,
    }),
  );
  return [{ type: 'actions', block_id: block, elements }];
}

/** Buttons show plain text; angle brackets go all the same, so that no client can make anything of them. */
function harmlessLabel(label: string): string {
  return defuse(oneLine(label)).replace(/</g, '‹').replace(/>/g, '›');
}

function joinWithin(lines: readonly string[], limit: number): string {
  let joined = '';
  for (const line of lines) {
    if (line === '') continue;
    const next = joined === '' ? line : `${joined}\n${line}`;
    if (next.length > limit) return joined === '' ? cut(line, limit) : joined;
    joined = next;
  }
  return joined === '' ? '–' : joined;
}

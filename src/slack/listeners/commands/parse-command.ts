import { unknownCommandLead } from '../../blocks/help.ts';
import { hasWords } from '../../message-text.ts';

/** What `/sentry …` wants. `lead` is escaped mrkdwn. */
export type Command =
  | { kind: 'question'; question: string }
  | { kind: 'health' }
  | { kind: 'help'; lead: string | null };

/** Reads the text behind `/sentry`, already decoded. Pure. */
export function parseCommand(text: string): Command {
  const [, word = '', tail = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  const rest = tail.trim();
  switch (word.toLowerCase()) {
    case '':
    case 'help':
      return { kind: 'help', lead: null };
    case 'health':
      return { kind: 'health' };
    case 'ask':
      if (!hasWords(rest)) return { kind: 'help', lead: 'Ask me something: `/sentry ask how is derivatives doing?`' };
      return { kind: 'question', question: rest };
    case 'status':
      if (!hasWords(rest))
        return { kind: 'help', lead: 'Which batch? For example `/sentry status derivatives prelim yesterday`' };
      return { kind: 'question', question: `status of ${rest}` };
    default:
      return { kind: 'help', lead: unknownCommandLead(word, text.trim()) };
  }
}

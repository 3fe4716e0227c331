import { unknownCommandLead } from '../../blocks/help.ts';
import { hasWords } from '../../message-text.ts';
import { USAGE } from './usage.ts';

const DIGEST_ACTIONS = ['add', 'list', 'preview', 'pause', 'resume', 'remove'] as const;

/** What `/sentry …` wants. `lead` and `usage` are escaped mrkdwn. */
export type Command =
  | { kind: 'question'; question: string }
  | { kind: 'health' }
  | { kind: 'help'; lead: string | null }
  | { kind: 'digest'; action: (typeof DIGEST_ACTIONS)[number]; rest: string }
  | { kind: 'watch'; action: 'add' | 'list' | 'stop'; rest: string }
  /** Empty: all definitions. */
  | { kind: 'refresh'; rest: string }
  | { kind: 'feedback' }
  /** A command that is known, but not said in full. */
  | { kind: 'usage'; lead: string; usage: readonly string[] };

/** Commands that are questions in short. */
const QUESTIONS: Readonly<
  Record<string, { ask: (rest: string) => string; missing: string; usage: readonly string[] }>
> = {
  ask: { ask: (rest) => rest, missing: 'Ask me something: `/sentry ask how is derivatives doing?`', usage: USAGE.ask },
  status: { ask: (rest) => `status of ${rest}`, missing: 'Which batch?', usage: USAGE.status },
  why: { ask: (rest) => `what is the root cause of ${plainly(rest)}?`, missing: 'Why what?', usage: USAGE.why },
  eta: { ask: (rest) => `when will ${plainly(rest)} finish?`, missing: 'When will what finish?', usage: USAGE.eta },
  compare: { ask: (rest) => `compare ${rest}`, missing: 'Compare what?', usage: USAGE.compare },
  tasks: { ask: (rest) => `which tasks failed in ${plainly(rest)}?`, missing: 'Tasks of what?', usage: USAGE.tasks },
};

/** Reads the text behind `/sentry`, already decoded. Pure. */
export function parseCommand(text: string): Command {
  const { word, rest } = firstWord(text);
  const question = Object.hasOwn(QUESTIONS, word) ? QUESTIONS[word] : undefined;
  if (question !== undefined) {
    if (!hasWords(rest)) return { kind: 'usage', lead: question.missing, usage: question.usage };
    return { kind: 'question', question: question.ask(rest) };
  }
  switch (word) {
    case '':
    case 'help':
      return { kind: 'help', lead: null };
    case 'health':
    case 'feedback':
      return { kind: word };
    case 'refresh':
      return { kind: 'refresh', rest };
    case 'digest':
      return parseDigest(rest);
    case 'watch':
      return parseWatch(rest);
    default:
      return { kind: 'help', lead: unknownCommandLead(text.trim().split(/\s/)[0] ?? '', text.trim()) };
  }
}

function parseDigest(text: string): Command {
  const { word, rest } = firstWord(text);
  const action = DIGEST_ACTIONS.find((each) => each === word);
  const usage = USAGE.digest;
  if (action === undefined) {
    const lead = word === '' ? 'What about digests?' : `There is no such thing to do with a digest.`;
    return { kind: 'usage', lead, usage };
  }
  if (action === 'add' && !hasWords(rest)) return { kind: 'usage', lead: 'When, and about what?', usage };
  if (['pause', 'resume', 'remove'].includes(action) && rest === '')
    return { kind: 'usage', lead: 'Which one? `/sentry digest list` shows them.', usage };
  return { kind: 'digest', action, rest };
}

/** What is no `list` and no `stop` is what shall be watched. */
function parseWatch(text: string): Command {
  const { word, rest } = firstWord(text);
  const usage = USAGE.watch;
  if (word === '') return { kind: 'usage', lead: 'Watch what?', usage };
  if (word === 'list') return { kind: 'watch', action: 'list', rest };
  if (word !== 'stop' && word !== 'add') return { kind: 'watch', action: 'add', rest: text.trim() };
  if (!hasWords(rest)) return { kind: 'usage', lead: word === 'stop' ? 'Stop watching what?' : 'Watch what?', usage };
  return { kind: 'watch', action: word, rest };
}

/** Words go on behind it. */
function plainly(rest: string): string {
  return rest.replace(/[?!.\s]+$/, '');
}

function firstWord(text: string): { word: string; rest: string } {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  return { word: word.toLowerCase(), rest: rest.trim() };
}

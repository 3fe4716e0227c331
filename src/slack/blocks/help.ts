import type { Answer } from '../../agent/answer.ts';
import type { EssentialNames } from '../../batch/essential-names.ts';
import { Keep, type Part, withinBudget } from './pieces/budget.ts';
import { closingParts } from './pieces/closing-parts.ts';
import { context, questionButtons, section } from './pieces/elements.ts';
import { inline } from './pieces/markdown.ts';
import type { Rendering } from './pieces/rendering.ts';
import { code, words } from './pieces/text.ts';
import type { View } from './view.ts';

/** What a newcomer can press at once: complete questions that need no further word. */
export const EXAMPLES = [
  { label: 'What happened last night?', question: 'what happened last night?' },
  { label: 'How is derivatives doing?', question: 'how is derivatives doing?' },
  { label: 'What failed in SNU?', question: 'what failed in SNU last night?' },
  { label: 'How far is collateral?', question: 'which step is collateral at?' },
] as const;

const COMMANDS = [
  '*Ask me about overnight batches.* I read; I never change anything.',
  '• `/sentry ask &lt;question&gt;` – in your own words',
  '• `/sentry status &lt;batch&gt; [prelim|final] [date]` – the state of one batch',
  '• `/sentry why`, `eta`, `compare`, `tasks` `&lt;batch&gt;` – root cause, end, what changed, tasks that failed',
  '• `/sentry digest` – the night, posted here at a set time; `/sentry watch &lt;batch&gt;` – what goes wrong, at once',
  '• `/sentry refresh` – asks Lenz for its definitions anew; `/sentry feedback` – what people said of answers',
  '• `/sentry health` – my own connections, and what to do about what is wrong',
  '• `/sentry help` – this',
  '• mention me in a channel or a thread, or write to me directly; replies in my threads need no mention',
] as const;

/** An answer of kind help: the agent's words, then how to ask. */
export function helpParts(answer: Answer, how: Rendering): Part[] {
  return [
    {
      keep: Keep.verdict,
      what: ['help', 'help'],
      blocks: [section(inline(answer.verdict, 1200)), section(...COMMANDS)],
    },
    ...closingParts(answer, how),
  ];
}

/** The help that needs no agent: for `/sentry help`, an empty command, an unknown one. `lead` says what was not understood. */
export function helpView(names: EssentialNames, lead: string | null = null): View {
  const batches = names.all.slice(0, 30).map((name) => words(names.spoken(name), 60));
  const blocks = withinBudget([
    { keep: Keep.verdict, what: ['lead', 'leads'], blocks: lead === null ? [] : [section(lead)] },
    { keep: Keep.verdict, what: ['help', 'help'], blocks: [section(...COMMANDS)] },
    {
      keep: Keep.note,
      what: ['list of batches', 'lists of batches'],
      blocks: batches.length === 0 ? [] : [context(`Batches I know: ${batches.join(', ')}`)],
    },
    {
      keep: Keep.suggestion,
      what: ['row of buttons', 'rows of buttons'],
      blocks: questionButtons(EXAMPLES, 'sentry_examples'),
    },
  ]);
  const text = `${lead === null ? '' : `${lead} `}Ask me about overnight batches: /sentry ask &lt;question&gt;, /sentry status &lt;batch&gt; [prelim|final] [date], or mention me.`;
  return { text, blocks };
}

/** "I do not know `foo`", with the command that was probably meant. */
export function unknownCommandLead(said: string, whole: string): string {
  return `I do not know the command ${code(said, 60)}. Did you mean ${code(`/sentry ask ${whole}`, 300)}?`;
}

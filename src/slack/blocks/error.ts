import type { Answer } from '../../agent/answer.ts';
import { Keep, type Part } from './pieces/budget.ts';
import { closingParts } from './pieces/closing-parts.ts';
import { context, section } from './pieces/elements.ts';
import { inline } from './pieces/markdown.ts';
import type { Rendering } from './pieces/rendering.ts';
import { code, plain } from './pieces/text.ts';
import type { View } from './view.ts';

/** What went wrong, what to do, and the reference that finds it in the log. */
export function errorParts(answer: Answer, how: Rendering): Part[] {
  const said = answer.error?.message ?? answer.verdict;
  return [
    {
      keep: Keep.verdict,
      what: ['error', 'errors'],
      blocks: [
        section(
          `🛑 *Not answered.* ${inline(said, 800)}`,
          answer.error ? `What to do: ${inline(answer.error.remedy, 800)}` : '',
        ),
        context(`${answer.error ? `${code(answer.error.code, 60)} · ` : ''}reference ${code(answer.reference, 60)}`),
      ],
    },
    ...closingParts({ ...answer, sources: [] }, how).slice(0, -1),
  ];
}

/** The last resort, where the answer itself could not be shown. */
export function apology(
  reference: string,
  remedy = 'Ask again in a minute; if it happens twice, give the reference to whoever runs SENTRY.',
): View {
  const text = `🛑 I could not show you the answer. ${plain(remedy, 400)} Reference: ${plain(reference, 60)}`;
  return { text, blocks: [section(text)] };
}

import { Keep, type Part, withinBudget } from './pieces/budget.ts';
import { context, section } from './pieces/elements.ts';
import type { View } from './view.ts';

/** A few lines about what SENTRY did or keeps; the first says it all. Takes escaped mrkdwn. */
export function noteView(first: string, lines: readonly string[] = [], small: readonly string[] = []): View {
  const parts: Part[] = [
    { keep: Keep.verdict, what: ['line', 'lines'], blocks: [section(first)] },
    ...lines.map((line): Part => ({ keep: Keep.detail, what: ['line', 'lines'], blocks: [section(line)] })),
    ...(small.length === 0 ? [] : [{ keep: Keep.note, what: ['note', 'notes'] as const, blocks: [context(...small)] }]),
  ];
  return { text: [first, ...lines].join('\n').slice(0, 2900), blocks: withinBudget(parts) };
}

/** How a command is used, after what was wrong with it. */
export function usageView(lead: string, usage: readonly string[]): View {
  return noteView(lead, [usage.map((line) => `• ${line}`).join('\n')]);
}

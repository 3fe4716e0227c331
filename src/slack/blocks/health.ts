import type { HealthCheck, HealthStatus } from '../../observability/health.ts';
import { conclusion } from '../../observability/render-health.ts';
import { Keep, withinBudget } from './pieces/budget.ts';
import { context, section } from './pieces/elements.ts';
import { words } from './pieces/text.ts';
import type { View } from './view.ts';

const SYMBOLS: Record<HealthStatus, string> = { ok: '✅', warn: '⚠️', fail: '❌' };
const WORDS: Record<HealthStatus, string> = { ok: 'works', warn: 'worth knowing', fail: 'failed' };

/** How SENTRY's own connections are: what is wrong first, each with what to do about it. */
export function healthView(checks: readonly HealthCheck[]): View {
  const order: HealthStatus[] = ['fail', 'warn', 'ok'];
  const sorted = order.flatMap((status) => checks.filter((check) => check.status === status));
  const blocks = withinBudget([
    { keep: Keep.verdict, what: ['verdict', 'verdicts'], blocks: [section(`*${words(conclusion(checks), 400)}*`)] },
    ...sorted.map((check) => ({
      keep: check.status === 'ok' ? Keep.note : Keep.failure,
      what: ['check', 'checks'] as const,
      blocks: [section(...linesOf(check))],
    })),
    { keep: Keep.footer, what: ['footer', 'footers'], blocks: [context('Only you see this. SENTRY looked just now.')] },
  ]);
  return { text: words(`SENTRY's own health. ${conclusion(checks)}`, 600), blocks };
}

function linesOf({ name, status, facts, problem, remedy, ms }: HealthCheck): string[] {
  const seen = [...facts, ...(ms === 0 ? [] : [`${ms} ms`])].map((fact) => words(fact, 160)).join(' · ');
  return [
    `${SYMBOLS[status]} *${words(name, 60)}* ${WORDS[status]} – ${seen}`,
    problem === undefined ? '' : words(problem, 600),
    remedy === undefined ? '' : `What to do: ${words(remedy, 600)}`,
  ];
}

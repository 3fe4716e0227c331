import type { AuditLine, QuestionLine, Said } from '../access/audit-line.ts';
import type { AuditTrail } from '../access/audit-trail.ts';
import type { Answer } from '../agent/answer.ts';
import type { Ask, Asker } from '../agent/ask.ts';
import type { Question } from '../agent/question.ts';
import type { EssentialNames } from '../batch/essential-names.ts';
import type { Clock } from '../batch/ports.ts';
import type { Sight } from '../batch/sight.ts';
import type { Turned } from '../slack/admission.ts';
import type { Feedback } from '../slack/feedback/feedback.ts';

interface Auditing {
  trail: Pick<AuditTrail, 'record'>;
  clock: Clock;
  names: Pick<EssentialNames, 'all'>;
}

const MAX_QUERIES = 20;
const MAX_SQL = 2000;
const MAX_PARAMETERS = 40;

/**
 * Writes every question of a known asker into the audit trail, with what was done for it and what was said; also one that got no
 * answer. Whoever asks from a terminal holds the credentials and is not written down.
 */
export function auditedAsk(ask: Ask, { trail, clock, names }: Auditing): Ask {
  return async function* audited(question, options) {
    const { asker, sight } = options;
    if (asker === undefined) {
      yield* ask(question, options);
      return;
    }
    const askedAt = question.now ?? clock.now();
    const began = performance.now();
    const steps = new Map<string, string>();
    let answer: Answer | null = null;
    try {
      for await (const event of ask(question, options)) {
        if (event.type === 'step') steps.set(event.id, event.title);
        if (event.type === 'answer') answer = event.answer;
        yield event;
      }
    } finally {
      const line = lineOf(question, { asker, sight }, { answer, askedAt, names, steps: [...steps.values()] });
      trail.record({ ...line, ms: Math.round(performance.now() - began) });
    }
  };
}

/** What was not answered because it may not be. */
export function turnedAwayLine({ user, channel, ...what }: Turned): AuditLine {
  return { type: 'turned_away', by: { user, channel, thread: null }, ...what };
}

/** What a person said of an answer. */
export function feedbackLine({ reference, user, channel, right, cause, words }: Feedback): AuditLine {
  const by = { user, channel, thread: null };
  return { type: 'feedback', reference, by, feedback: right ? 'right' : 'wrong', cause, words };
}

function lineOf(
  question: Question,
  { asker, sight }: { asker: Asker; sight: Sight | undefined },
  about: { answer: Answer | null; askedAt: number; names: Pick<EssentialNames, 'all'>; steps: string[] },
): Omit<QuestionLine, 'ms'> {
  const { answer, askedAt, names, steps } = about;
  const open = sight === undefined ? [] : names.all.filter((name) => sight.allows(name));
  const sources = answer?.sources ?? [];
  return {
    type: 'question',
    reference: question.id,
    by: { user: asker.user, channel: asker.channel, thread: asker.threadTs },
    question: question.text,
    asked_at: new Date(askedAt).toISOString(),
    context: question.context === null ? null : JSON.stringify(question.context),
    earlier_turns: question.turns.length,
    open: sight === undefined || open.length === names.all.length ? null : open,
    steps,
    queries: sources.slice(0, MAX_QUERIES).map(({ tool, sql, parameters, rows, ms }) => ({
      tool,
      // Striking out secrets reads every character, and what is this long is cut anyway.
      sql: sql.slice(0, MAX_SQL),
      parameters: shortened(parameters),
      rows,
      ms,
    })),
    queries_left_out: Math.max(0, sources.length - MAX_QUERIES),
    model: {
      calls: answer?.usage.llm_calls ?? 0,
      input_tokens: answer?.usage.input_tokens ?? 0,
      output_tokens: answer?.usage.output_tokens ?? 0,
    },
    said: answer === null ? null : saidBy(answer),
    error: answer === null ? 'CANCELLED' : (answer.error?.code ?? null),
  };
}

/** An answer without its words: what another answer to the same question can be held against. */
export function saidBy(answer: Answer): Said {
  return {
    kind: answer.kind,
    essential: answer.essential,
    business_date: answer.business_date,
    phase: answer.phase,
    status: answer.status,
    verdict: answer.verdict,
    essentials: answer.essentials.map(
      ({ essential, phase, status, stuck }) => `${essential} ${phase}: ${status}${stuck ? ', stuck' : ''}`,
    ),
    failures: answer.failures.map(({ dataset_id: dataset, slice, status, stuck, attempt, dag_run_id: run }) =>
      [dataset, slice, `${status}${stuck ? ', stuck' : ''}`, `attempt ${attempt}`, run].filter(Boolean).join(' · '),
    ),
    causes: answer.root_causes.map(({ family, dataset_id: dataset, slice, task_id: task, operator, host }) =>
      [family, dataset, slice, task, operator, host].filter(Boolean).join(' · '),
    ),
    end: answer.eta === null ? null : JSON.stringify(answer.eta),
    gaps: answer.gaps,
  };
}

function shortened(parameters: readonly unknown[]): string {
  const more = parameters.length - MAX_PARAMETERS;
  return `${JSON.stringify(parameters.slice(0, MAX_PARAMETERS))}${more > 0 ? ` and ${more} more` : ''}`;
}

import { z } from 'zod';
import type { QuestionLine, Said } from '../access/audit-line.ts';
import { type Difference, differencesOf, goneSince } from '../access/differences.ts';
import type { Answer } from '../agent/answer.ts';
import type { Ask } from '../agent/ask.ts';
import type { Question, ThreadContext } from '../agent/question.ts';
import type { Sight } from '../batch/sight.ts';
import { saidBy } from '../wiring/audited.ts';

export interface Replay {
  reference: string;
  question: string;
  asked_at: string;
  was: QuestionLine['said'];
  is: Said;
  differences: Difference[];
  /** What can no longer be known, as sentences. */
  unknowable: string[];
  answer: Answer;
}

/** Answers a question of the audit trail again by the clock of then, and holds the two answers against each other. */
export async function replay(ask: Ask, line: QuestionLine, signal: AbortSignal): Promise<Replay> {
  const question: Question = {
    id: `${line.reference}-again`,
    text: line.question,
    context: contextOf(line),
    turns: [],
    now: Date.parse(line.asked_at),
  };
  let answer: Answer | null = null;
  for await (const event of ask(question, { signal, sight: sightOf(line) }))
    if (event.type === 'answer') answer = event.answer;
  if (answer === null) throw new Error('the agent ended without an answer');
  const { said: was } = line;
  const is = saidBy(answer);
  return {
    reference: line.reference,
    question: line.question,
    asked_at: line.asked_at,
    was,
    is,
    differences: was === null ? [] : differencesOf(was, is),
    unknowable: [...(was === null ? [] : goneSince(was, is)), ...alwaysGone(line)],
    answer,
  };
}

/** What no table keeps, whatever was asked. */
function alwaysGone(line: QuestionLine): string[] {
  return [
    'Rows that were rewritten since (by a retry in place) show their latest run only: what the earlier one had come to is not kept.',
    'Airflow keeps the last try of each task: tries that failed and were repeated since do not show.',
    'Lenz tells the definitions of today, and sentry.yml has the settings of today.',
    ...(line.earlier_turns > 0
      ? [`The ${line.earlier_turns} earlier messages of the thread are not kept; what the thread had settled is.`]
      : []),
    ...(line.model.calls > 0 ? ['A model had a part in it, and may choose other tools and words each time.'] : []),
  ];
}

function contextOf({ context }: QuestionLine): ThreadContext | null {
  if (context === null) return null;
  try {
    const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(context));
    return parsed.success ? (parsed.data as unknown as ThreadContext) : null;
  } catch {
    return null;
  }
}

/** What was open then is what is looked at now. */
function sightOf({ open }: QuestionLine): Sight | undefined {
  if (open === null) return undefined;
  return {
    allows: (essential) => open.includes(essential),
    denial: (essential) => `${essential} was not open to whoever asked.`,
  };
}

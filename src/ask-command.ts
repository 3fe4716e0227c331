import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Answer } from './agent/answer.ts';
import type { Ask } from './agent/ask.ts';
import type { Question, ThreadContext } from './agent/question.ts';

interface Output {
  json: boolean;
  write(text: string): void;
}

type Asked = Pick<Question, 'text' | 'context' | 'now'>;

/** Asks one question; 0 when it was answered (also by a refusal), 1 when an error stood in the way. */
export async function askOnce(ask: Ask, text: string, output: Output): Promise<number> {
  const { answer } = await answerTo(ask, { text, context: null });
  print(answer, output);
  return answer.error === null ? 0 : 1;
}

const Line = z.object({
  question: z.string(),
  now: z.iso.datetime({ offset: true }).optional(),
  thread: z.string().optional(),
});

/** Asks one question a line, in order; questions of one thread are one conversation. */
export async function askLines(ask: Ask, input: NodeJS.ReadableStream, output: Output): Promise<number> {
  const threads = new Map<string, ThreadContext | null>();
  let code = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const { question, now, thread } = readLine(line);
    const context = thread === undefined ? null : (threads.get(thread) ?? null);
    const answered = await answerTo(ask, {
      text: question,
      context,
      now: now === undefined ? undefined : Date.parse(now),
    });
    if (thread !== undefined) threads.set(thread, answered.context);
    print(answered.answer, output);
    if (answered.answer.error !== null) code = 1;
  }
  return code;
}

/** A line is plain text unless it is an object of the documented shape. */
function readLine(line: string): z.infer<typeof Line> {
  if (!line.trimStart().startsWith('{')) return { question: line };
  try {
    return Line.parse(JSON.parse(line));
  } catch {
    return { question: line };
  }
}

async function answerTo(ask: Ask, asked: Asked): Promise<{ answer: Answer; context: ThreadContext | null }> {
  const question: Question = { ...asked, id: randomUUID().slice(0, 8), turns: [] };
  for await (const event of ask(question, { signal: new AbortController().signal })) {
    if (event.type === 'answer') return event;
  }
  throw new Error('the agent ended without an answer');
}

function print(answer: Answer, output: Output): void {
  output.write(output.json ? `${JSON.stringify(answer)}\n` : `${answer.text.trimEnd()}\n\n`);
}

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Answer } from '../agent/answer.ts';
import type { Ask } from '../agent/ask.ts';
import { cannotAnswer } from '../agent/cannot-answer.ts';
import type { Question, ThreadContext } from '../agent/question.ts';
import { SentryError } from '../errors.ts';

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

/** `null` is as good as left out; an id is any id. */
const Line = z.object({
  question: z.string(),
  now: z.iso.datetime({ offset: true }).nullish(),
  thread: z.union([z.string(), z.number(), z.boolean()]).nullish(),
});

/**
 * Asks one question a line, in order, and gives every line its answer; questions of one thread are one conversation. 1 when
 * any could not be answered.
 */
export async function askLines(ask: Ask, input: AsyncIterable<string | Buffer>, output: Output): Promise<number> {
  const threads = new Map<string, ThreadContext | null>();
  let code = 0;
  for await (const line of linesOf(input)) {
    const read = readLine(line);
    if ('misuse' in read) {
      const { answer } = await answerTo(cannotAnswer(read.misuse), { text: line, context: null });
      print(answer, output);
      code = 1;
      continue;
    }
    const { question, now } = read;
    const thread = read.thread === undefined || read.thread === null ? null : String(read.thread);
    const context = thread === null ? null : (threads.get(thread) ?? null);
    const at = now === undefined || now === null ? undefined : Date.parse(now);
    const answered = await answerTo(ask, { text: question, context, now: at });
    if (thread !== null) threads.set(thread, answered.context);
    print(answered.answer, output);
    if (answered.answer.error !== null) code = 1;
  }
  return code;
}

/** Lines end in a line feed and in nothing else: JSON may carry any other separator inside a question. */
async function* linesOf(input: AsyncIterable<string | Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/**
 * A line is plain text unless it is a JSON object, which has to have the documented shape: one whose clock cannot be read
 * must not be answered by another clock.
 */
function readLine(line: string): z.infer<typeof Line> | { misuse: SentryError } {
  if (!line.trimStart().startsWith('{')) return { question: line };
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return { question: line };
  }
  const read = Line.safeParse(data);
  if (read.success) return read.data;
  const fields = [...new Set(read.error.issues.map((issue) => String(issue.path[0])))].join(', ');
  return {
    misuse: new SentryError('USAGE', `A line of input could not be read: ${fields} is missing or not as documented.`, {
      remedy:
        'Write {"question": "…", "now": "2026-02-14T08:12:00Z", "thread": "any id"}; now and thread may be left out.',
    }),
  };
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

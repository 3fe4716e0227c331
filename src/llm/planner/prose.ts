import type { BaseMessage } from '@langchain/core/messages';
import { z } from 'zod';

const Facts = z.object({ sentences: z.array(z.string()) });

const SENTENCES = 3;

/** Who asks when something began, ended or how long it took wants that sentence first. */
const ASKS_WHEN = /\b(when (did|has|was)|what time|since when|how long)\b/i;
const SAYS_WHEN = /^It (began|ran|ended|took)\b|^Step \d+ of \d+ \(/;

/** One to three of the sentences that came with the findings: the first of each finding, then more of the first. */
export function proseOf(messages: readonly BaseMessage[], question: string): string {
  const lists = messages
    .filter((message) => message.type === 'tool')
    .flatMap((message) => factsIn(message.text))
    .map((list) => (ASKS_WHEN.test(question) ? fittingFirst(list) : list));
  const firsts = lists.flatMap((list) => list.slice(0, 1));
  const more = lists.flatMap((list) => list.slice(1));
  return [...new Set([...firsts, ...more])].slice(0, SENTENCES).join(' ');
}

function fittingFirst(sentences: readonly string[]): string[] {
  const fitting = sentences.filter((sentence) => SAYS_WHEN.test(sentence));
  return [...fitting, ...sentences.filter((sentence) => !fitting.includes(sentence))];
}

function factsIn(text: string): string[][] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [];
  }
  return (Array.isArray(parsed) ? parsed : [parsed]).flatMap((entry) => {
    const facts = Facts.safeParse(entry);
    return facts.success ? [facts.data.sentences] : [];
  });
}

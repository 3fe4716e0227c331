import type { BaseMessage } from '@langchain/core/messages';
import { z } from 'zod';

const Facts = z.object({ sentences: z.array(z.string()) });

const SENTENCES = 3;

/** One to three of the sentences that came with the findings: the first of each finding, then more of the first. */
export function proseOf(messages: readonly BaseMessage[]): string {
  const lists = messages.filter((message) => message.type === 'tool').flatMap((message) => factsIn(message.text));
  const firsts = lists.flatMap((list) => list.slice(0, 1));
  const more = lists.flatMap((list) => list.slice(1));
  return [...new Set([...firsts, ...more])].slice(0, SENTENCES).join(' ');
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

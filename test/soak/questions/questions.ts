import { number, type Part } from '../part.ts';
import { soakQuestions } from './soak-questions.ts';

/** Questions while Slack fails. */
export const questions: Part = async ({ seed, questions: count }) => {
  const { wrong, faults, streamed, stopped, unfinished } = await soakQuestions({ questions: count, seed });
  return {
    title: 'Questions while Slack fails',
    what: 'Questions one after the other and side by side, over a socket that the fake Slack cuts, while its API fails in one of these ways around each. Every question has to get exactly one answer.',
    figures: [
      ['questions', number(count)],
      ['not answered exactly once', number(wrong.length)],
      ['left unfinished', number(unfinished)],
      ['streamed', number(streamed)],
      ['stopped by a person', number(stopped)],
    ],
    table: [['fault', 'how often'], ...Object.entries(faults).map(([name, often]) => [name, number(often)])],
    failures: [
      ...wrong.map(
        (one) => `${one.question}: ${one.finals} answers, asked ${one.asked} times, ${JSON.stringify(one.plan)}`,
      ),
      ...(unfinished > 0 ? [`${unfinished} messages still say that they are being worked on`] : []),
    ],
  };
};

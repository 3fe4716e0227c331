import { type AgentEvent, Answer } from '../../../src/agent/answer.ts';
import type { Ask } from '../../../src/agent/ask.ts';
import type { ThreadContext } from '../../../src/agent/question.ts';
import { privateView } from '../../../src/slack/blocks/question.ts';
import { renderAnswer, renderPlainly } from '../../../src/slack/blocks/render-answer.ts';
import type { View } from '../../../src/slack/blocks/view.ts';
import { NOTHING_YET, type Progress, stoppedView, workingView } from '../../../src/slack/blocks/working.ts';
import { feedbackModal } from '../../../src/slack/feedback/feedback-modal.ts';
import { answerMetadata } from '../../../src/slack/thread-context.ts';
import { evidenceModal } from '../../../src/slack/views/evidence-modal.ts';
import { keptAnswerOf } from '../../../src/slack/views/kept-answer.ts';
import { problemsOfMessage, problemsOfView } from '../checks/check-view.ts';
import { notificationProblems, symbolProblems } from '../checks/told.ts';
import type { OpenNight } from './open-night.ts';
import { type Conversation, conversationsAbout } from './questions.ts';
import { type Rendered, rendered } from './rendered.ts';

const AIRFLOW = 'https://airflow.example';

/** Asks everything there is to ask of a night, the replies in its threads too where they are wanted, and shows every answer in every way. */
export async function renderConversations(open: OpenNight, withReplies: boolean): Promise<Rendered[]> {
  const shown: Rendered[] = [];
  for (const conversation of conversationsAbout(open.night)) {
    const ask = askerOf(open, conversation);
    let context: ThreadContext | null = null;
    const asked = withReplies ? conversation.questions : conversation.questions.slice(0, 1);
    for (const [turn, text] of asked.entries()) {
      const heard = await askOnce(ask, text, context);
      const problems = turn === 0 ? deviation(conversation, heard.answer) : [];
      shown.push(...viewsOf(heard, open.night.now, problems));
      context = heard.context;
    }
  }
  return shown;
}

function askerOf({ ask, askWithoutDatabase, askWithoutLenz }: OpenNight, { without }: Conversation): Ask {
  if (without === undefined) return ask;
  return without === 'database' ? askWithoutDatabase : askWithoutLenz;
}

function deviation({ kinds }: Conversation, { kind, verdict }: Answer): string[] {
  return kinds.includes(kind) ? [] : [`a ${kind} instead of ${kinds.join(' or ')}: ${verdict.slice(0, 200)}`];
}

interface Asked {
  answer: Answer;
  context: ThreadContext | null;
  /** What was shown on the way. */
  progress: readonly Progress[];
}

async function askOnce(ask: Ask, text: string, context: ThreadContext | null): Promise<Asked> {
  const progress = [NOTHING_YET];
  const events = ask({ id: 'k3j4h5g6', text, context, turns: [] }, { signal: new AbortController().signal });
  for await (const event of events) {
    if (event.type === 'answer') return { answer: Answer.parse(event.answer), context: event.context, progress };
    progress.push(after(progress.at(-1) ?? NOTHING_YET, event));
  }
  throw new Error('no answer came');
}

function after(before: Progress, event: AgentEvent): Progress {
  if (event.type === 'verdict') return { ...before, verdict: event.verdict };
  if (event.type !== 'step') return before;
  return { ...before, steps: [...before.steps.filter(({ id }) => id !== event.id), event] };
}

function viewsOf({ answer, context, progress }: Asked, now: number, problems: readonly string[]): Rendered[] {
  const { question, kind } = answer;
  const linked = renderAnswer(answer, AIRFLOW);
  const message = (name: string, view: View, more: readonly string[] = []) =>
    rendered(name, question, view, [...more, ...problemsOfMessage(view)]);
  const told = (view: View) => [...notificationProblems(view.text, answer), ...symbolProblems([view, ...view.blocks])];
  const plain = renderPlainly(answer);
  const alone = privateView(linked, { code: 'not_in_channel', channel: 'C1', botName: 'sentry' });
  const kept = keptAnswerOf(answer, {
    real: now,
    clock: now,
    definitions: [{ essential: answer.essential ?? 'SNU', fetchedAt: now, stale: false }],
  });
  const modal = (name: string, view: Parameters<typeof problemsOfView>[0]) =>
    rendered(name, question, view, problemsOfView(view));
  return [
    message(kind, linked, [...problems, ...told(linked), ...forgotten(answer, context)]),
    message(`${kind}, without links`, renderAnswer(answer)),
    message('the plainest form', plain, told(plain)),
    message('an answer for one person', alone),
    // What comes between differs by a line from what came before it.
    ...progress.slice(-2).map((each) => message('work in progress', workingView(each, 'k3j4h5g6'))),
    message('a stopped question', stoppedView(null, question, answer)),
    modal('evidence', evidenceModal(kept, { airflowBaseUrl: AIRFLOW, now })),
    modal('feedback', feedbackModal(kept, '{}')),
  ];
}

/** What the next question in the thread needs has to travel with the answer. */
function forgotten({ reference }: Answer, context: ThreadContext | null): string[] {
  if (context === null || answerMetadata(reference, context, true).event_payload.context !== undefined) return [];
  return [`what a follow-up needs is too large to travel: ${JSON.stringify(context).length} characters`];
}

import { QUESTION_FIELD } from '../../views/ask-modal.ts';
import type { ListenerDeps } from '../deps.ts';
import { readSubmission } from './submission.ts';

interface ViewArgs {
  ack: () => Promise<void>;
  body: unknown;
}

/** Asks what was typed into a modal, where the modal was opened. */
export function createAskAboutListener(deps: ListenerDeps) {
  return ({ ack, body }: ViewArgs): Promise<void> =>
    deps.work.run(async (signal) => {
      await ack();
      const submitted = readSubmission(body);
      if (submitted === null) return;
      const question = submitted.entered(QUESTION_FIELD);
      if (!(await deps.claims.claim(`view:${submitted.id}`, deps.timing.doubleClickMs))) return;
      const asked = { ...submitted.asking, question };
      const { threadTs } = submitted.place;
      if (threadTs === null) return deps.inbox.answer({ form: 'in_channel', ...asked }, signal);
      await deps.inbox.answer({ form: 'pressed', ...asked, threadTs }, signal);
    });
}

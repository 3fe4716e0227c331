import { evidenceModal } from '../../views/evidence-modal.ts';
import { openModal } from '../../views/open-modal.ts';
import type { ListenerDeps } from '../deps.ts';
import { keptAnswerModal } from './kept-answer-modal.ts';
import { readPress } from './press.ts';

const TITLE = 'How do you know?';

interface ActionArgs {
  ack: () => Promise<void>;
  body: unknown;
}

/** Shows what stands behind an answer, also days later; whoever may not see the batch may not see that either. */
export function createEvidenceButton(deps: ListenerDeps) {
  return ({ ack, body }: ActionArgs): Promise<void> =>
    deps.work.run(async () => {
      await ack();
      const press = readPress(body);
      const { insight } = deps;
      if (press === null || insight === null) return;
      const { airflowBaseUrl } = insight;
      await openModal(deps, press.trigger, TITLE, () =>
        keptAnswerModal(deps, insight, press, TITLE, async (answer) =>
          evidenceModal(answer, { airflowBaseUrl, now: Date.now() }),
        ),
      );
    });
}

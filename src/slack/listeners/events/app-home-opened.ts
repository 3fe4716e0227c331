import { EXAMPLES } from '../../blocks/help.ts';
import { slackCode } from '../../failures.ts';
import type { ListenerDeps } from '../deps.ts';

/** Whoever opens the conversation with SENTRY is offered a few questions to press. */
export function createAppHomeOpenedListener(deps: ListenerDeps) {
  return ({ event }: { event: { tab?: string; channel?: string } }): Promise<void> =>
    deps.work.run(async () => {
      if (event.tab !== 'messages' || event.channel === undefined) return;
      const prompts = EXAMPLES.map(({ label, question }) => ({ title: label, message: question }));
      const args = { channel_id: event.channel, title: 'Ask about overnight batches', prompts };
      await deps.gateway
        .call('assistant.threads.setSuggestedPrompts', args)
        .catch((error) => deps.log.warn({ code: slackCode(error) }, 'Suggested prompts could not be set'));
    });
}

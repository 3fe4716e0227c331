import type { App } from '@slack/bolt';
import { MUTE_ACTION } from '../blocks/incident.ts';
import { ASK_ACTION } from '../blocks/pieces/elements.ts';
import { STOP_ACTION } from '../blocks/working.ts';
import { COMMAND } from '../requirements.ts';
import { createAskButton } from './actions/ask-button.ts';
import { createMuteButton } from './actions/mute-button.ts';
import { createStopButton } from './actions/stop-button.ts';
import { createSentryCommand } from './commands/sentry.ts';
import type { ListenerDeps } from './deps.ts';
import { createAppHomeOpenedListener } from './events/app-home-opened.ts';
import { createMessageListener } from './events/message.ts';
import { createSessionStoppedListener } from './events/session-stopped.ts';

/** Everything that SENTRY listens to, one line each. `slack-app-manifest.yml` declares the same; a test compares them. */
export function registerListeners(app: Pick<App, 'event' | 'command' | 'action'>, deps: ListenerDeps): void {
  app.event('app_mention', createMessageListener(deps, { mentioned: true }));
  app.event('message', createMessageListener(deps, { mentioned: false }));
  app.event('app_home_opened', createAppHomeOpenedListener(deps));
  app.event('agent_session_stopped', createSessionStoppedListener(deps));
  app.command(COMMAND, createSentryCommand(deps));
  app.action(new RegExp(`^${ASK_ACTION}:\\d+$`), createAskButton(deps));
  app.action(STOP_ACTION, createStopButton(deps));
  app.action(MUTE_ACTION, createMuteButton(deps));
}

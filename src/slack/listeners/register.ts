import type { App } from '@slack/bolt';
import { MUTE_ACTION } from '../blocks/incident.ts';
import { ASK_ACTION } from '../blocks/pieces/elements.ts';
import { EVIDENCE_ACTION, FEEDBACK_ACTION, SHOW_ALL_ACTION } from '../blocks/pieces/tool-parts.ts';
import { STOP_ACTION } from '../blocks/working.ts';
import { FEEDBACK_MODAL } from '../feedback/feedback-modal.ts';
import { COMMAND, INVESTIGATE } from '../requirements.ts';
import { ASK_MODAL } from '../views/ask-modal.ts';
import { createAskButton } from './actions/ask-button.ts';
import { createEvidenceButton } from './actions/evidence-button.ts';
import { createFeedbackButtons } from './actions/feedback-buttons.ts';
import { createHomeControls } from './actions/home-controls.ts';
import { createMuteButton } from './actions/mute-button.ts';
import { createShowAllButton } from './actions/show-all-button.ts';
import { createStopButton } from './actions/stop-button.ts';
import { createSentryCommand } from './commands/sentry.ts';
import type { ListenerDeps } from './deps.ts';
import { createAppHomeOpenedListener } from './events/app-home-opened.ts';
import { createMessageListener } from './events/message.ts';
import { createSessionStoppedListener } from './events/session-stopped.ts';
import { createInvestigateShortcut } from './shortcuts/investigate.ts';
import { createAskAboutListener } from './views/ask-about.ts';
import { createFeedbackCauseListener } from './views/feedback-cause.ts';

/** Everything that SENTRY listens to, one line each. `slack-app-manifest.yml` declares the same; a test compares them. */
export function registerListeners(
  app: Pick<App, 'event' | 'command' | 'action' | 'shortcut' | 'view'>,
  deps: ListenerDeps,
): void {
  app.event('app_mention', createMessageListener(deps, { mentioned: true }));
  app.event('message', createMessageListener(deps, { mentioned: false }));
  app.event('app_home_opened', createAppHomeOpenedListener(deps));
  app.event('agent_session_stopped', createSessionStoppedListener(deps));
  app.command(COMMAND, createSentryCommand(deps));
  app.action(new RegExp(`^${ASK_ACTION}:\\d+$`), createAskButton(deps));
  app.action(EVIDENCE_ACTION, createEvidenceButton(deps));
  app.action(SHOW_ALL_ACTION, createShowAllButton(deps));
  app.action(new RegExp(`^${FEEDBACK_ACTION}(?:_right|_wrong)?$`), createFeedbackButtons(deps));
  app.action(/^sentry_home_/, createHomeControls(deps));
  app.shortcut({ callback_id: INVESTIGATE, type: 'message_action' }, createInvestigateShortcut(deps));
  app.view(ASK_MODAL, createAskAboutListener(deps));
  app.view(FEEDBACK_MODAL, createFeedbackCauseListener(deps));
  app.action(STOP_ACTION, createStopButton(deps));
  app.action(MUTE_ACTION, createMuteButton(deps));
}

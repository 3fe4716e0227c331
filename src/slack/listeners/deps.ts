import type { EssentialNames } from '../../batch/essential-names.ts';
import type { HealthCheck } from '../../observability/health.ts';
import type { Admission } from '../admission.ts';
import type { Conversation } from '../conversation.ts';
import type { Dedupe } from '../dedupe.ts';
import type { SlackGateway } from '../gateway.ts';
import type { Self } from '../identity.ts';
import type { SlackLog } from '../slack-log.ts';
import type { Standing } from '../standing.ts';
import type { Stops } from '../stops.ts';
import type { Timing } from '../timing.ts';
import type { Insight } from '../views/insight.ts';
import type { Work } from '../work.ts';
import type { Refresh } from './commands/refresh-command.ts';

/** What listeners work with. They decide what is asked and where; the conversation answers. */
export interface ListenerDeps {
  /** Asked before anything but a question is done for somebody; the conversation asks it for questions. */
  admission: Admission;
  conversation: Conversation;
  dedupe: Dedupe;
  gateway: SlackGateway;
  /** Looks at SENTRY's own connections. */
  health: () => Promise<HealthCheck[]>;
  /** Evidence, feedback and the home tab; null where nothing is kept. */
  insight: Insight | null;
  names: EssentialNames;
  /** Null where there is no Lenz to ask. */
  refresh: Refresh | null;
  /** Digests and watches; null where nothing is done unasked. */
  standing: Standing | null;
  self: () => Self;
  stops: Stops;
  log: SlackLog;
  timing: Timing;
  work: Work;
}

import type { EssentialNames } from '../../batch/essential-names.ts';
import type { HealthCheck } from '../../observability/health.ts';
import type { Claims } from '../../replicas/claims.ts';
import type { Admission } from '../admission.ts';
import type { SlackGateway } from '../gateway.ts';
import type { Self } from '../identity.ts';
import type { Inbox } from '../kept-questions.ts';
import type { SlackLog } from '../slack-log.ts';
import type { Standing } from '../standing.ts';
import type { Stops } from '../stops.ts';
import type { Threads } from '../threads.ts';
import type { Timing } from '../timing.ts';
import type { Insight } from '../views/insight.ts';
import type { Work } from '../work.ts';
import type { Refresh } from './commands/refresh-command.ts';

/** What listeners work with. They decide what is asked and where; the inbox has it answered. */
export interface ListenerDeps {
  /** Asked before anything but a question is done for somebody; questions are taken to it by themselves. */
  admission: Admission;
  inbox: Inbox;
  /** So that a second delivery, and a double click, do nothing. */
  claims: Claims;
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
  threads: Pick<Threads, 'isOurs'>;
  log: SlackLog;
  timing: Timing;
  work: Work;
}

import type { Clarification, LatenessFinding, Refusal } from '../finding.ts';
import { latenessOf } from '../timing/lateness.ts';
import { aboutOf } from './about-finding.ts';
import type { About, Desk } from './desk.ts';
import { investigate } from './investigate.ts';

/** "Where did the time go?", "what is the critical path?", "why is it late?" */
export async function inquireLateness(desk: Desk, about: About): Promise<LatenessFinding | Refusal | Clarification> {
  const investigation = await investigate(desk, about);
  if (investigation.kind !== 'investigated') return investigation;
  const { opened, scene } = investigation;
  const lateness = latenessOf(scene);
  const untold = scene.state.startedAt === null || lateness !== null;
  return {
    kind: 'lateness',
    ...aboutOf(opened, untold ? [] : ['There are too few comparable business dates to say when it usually ends.']),
    lateness,
    deadline: scene.deadline,
  };
}

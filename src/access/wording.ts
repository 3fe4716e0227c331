import type { Decision, Denial } from './decide.ts';
import type { Feature } from './policy.ts';

type Denied = Extract<Decision, { allowed: false }>;

const DOING: Readonly<Record<Feature, string>> = {
  ask: 'Asking about batches',
  sql: 'Asking with queries of a model',
  digest: 'Ordering digests',
  watch: 'Watching batches',
  refresh: 'Refreshing definitions',
  feedback: 'Feedback',
};

/** Why not, and whom to ask, as one or two plain sentences. */
export function denialText({ denied, whom }: Denied, about: { essential: string | null; feature: Feature }): string {
  return denied === 'unknown' ? reasonOf(denied, about) : `${reasonOf(denied, about)} To change that, ask ${whom}.`;
}

function reasonOf(denied: Denial, { essential, feature }: { essential: string | null; feature: Feature }): string {
  const what = essential ?? DOING[feature];
  switch (denied) {
    case 'bot':
      return 'I answer people, not other apps.';
    case 'stranger':
      return 'I answer members of this workspace only, and you belong to another organisation.';
    case 'guest':
      return 'I answer full members of this workspace, and you are a guest in it.';
    case 'shared_channel':
      return 'This channel is shared with another organisation, and I answer nothing in such channels. In a direct message I can.';
    case 'channel':
      return `${what} is not open in this channel.`;
    case 'person':
      return `${what} is not open to you.`;
    case 'unknown':
      return 'Slack could not tell me just now who may read this, so I do not answer. Try again in a minute; if it stays so, tell whoever runs SENTRY to run its doctor.';
  }
}

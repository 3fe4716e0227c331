import type { DigestPost } from '../../digest/digest-post.ts';
import { digestView } from '../blocks/digest.ts';
import { slackCode } from '../failures.ts';
import type { StoredMessage } from '../gateway.ts';
import type { PostOnceOptions } from '../post-once.ts';
import { findThere, postThere } from './post-there.ts';

/** The name beside a digest in its channel; its `reference` says which slot of which digest it is. */
const DIGEST_EVENT = 'sentry_digest';

/** Posts digests, each once: one that was begun before is looked for first. A picture goes into its thread. */
export function createDigestPoster(options: PostOnceOptions, isOwn: (message: StoredMessage) => boolean) {
  return async (post: DigestPost): Promise<void> => {
    const { channel, reference, again } = post;
    const metadata = { event_type: DIGEST_EVENT, event_payload: { reference } };
    if (again && (await findThere(options.gateway, { channel, metadata }, isOwn)) !== null) return;
    const ts = await postThere(options, { channel, view: digestView(post), metadata });
    if (post.picture === null) return;
    const { png, alt, title } = post.picture;
    await options.gateway
      .upload({ channel, threadTs: ts, bytes: png, alt, title, filename: 'sentry.png' })
      .catch((error) =>
        options.log.warn({ channel, code: slackCode(error) }, 'The picture of a digest could not be shared'),
      );
  };
}

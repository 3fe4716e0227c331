import { slackCode } from '../failures.ts';
import type { SlackGateway } from '../gateway.ts';
import type { PostOnceOptions } from '../post-once.ts';
import type { Surface } from './surface.ts';
import { editedMessage, type ThreadPlace, workingMark } from './thread-surface.ts';

/** Ends the stream of a message. Never rejects: an edit tells whether it is still streaming. */
export async function endStream({ gateway, log }: PostOnceOptions, place: ThreadPlace, ts: string): Promise<void> {
  const { channel, reference } = place;
  await gateway.repeatable('chat.stopStream', { channel, ts, metadata: workingMark(reference) }).catch((error) => {
    const code = slackCode(error);
    if (code !== 'message_not_in_streaming_state') log.warn({ reference, code }, 'A stream could not be ended');
  });
}

/** Edits a message that is, or was, streamed. While it is it takes no edits: its stream is ended then, and the edit made again. */
export function editedStream(options: PostOnceOptions, place: ThreadPlace, ts: string): Surface {
  const { gateway } = options;
  const update: SlackGateway['update'] = async (message, how) => {
    try {
      await gateway.update(message, how);
    } catch (error) {
      if (slackCode(error) !== 'streaming_state_conflict') throw error;
      await endStream(options, place, ts);
      await gateway.update(message, how);
    }
  };
  return editedMessage({ ...options, gateway: { ...gateway, update } }, place, ts);
}

import { privateView } from '../blocks/question.ts';
import type { View } from '../blocks/view.ts';
import { failureKind, slackCode } from '../failures.ts';
import type { Recipient } from '../streaming.ts';
import { openPrivate, type PrivatePlace } from './private-surface.ts';
import { openStream, type StreamOptions } from './stream-surface.ts';
import type { Surface } from './surface.ts';
import { openThread, type ThreadPlace } from './thread-surface.ts';

export interface SurfaceOptions extends StreamOptions {
  botName: () => string | null;
}

/** In the thread, streamed where Slack has that, or privately where SENTRY may not write there. */
export async function openSurface(
  options: SurfaceOptions,
  place: ThreadPlace,
  to: Recipient,
  alone: PrivatePlace,
): Promise<Surface> {
  try {
    return (await openStream(options, place, to)) ?? (await openThread(options, place));
  } catch (error) {
    const { reference } = place;
    options.log.warn({ reference, code: slackCode(error) }, 'No posting in this thread; answering privately');
    return openPrivate(options.gateway, alone, dressFor(options, error, place.channel));
  }
}

/** A private answer says why it is private; one that is private for Slack's failure does not. */
export function dressFor(
  options: Pick<SurfaceOptions, 'botName'>,
  error: unknown,
  channel: string,
): (view: View) => View {
  if (failureKind(error) !== 'no_access') return (view) => view;
  return (view) => privateView(view, { code: slackCode(error), channel, botName: options.botName() });
}

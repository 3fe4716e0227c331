import type { Args } from '../args.ts';
import { checkMessageBlocks } from '../blocks-validation.ts';
import { SlackFailure } from '../failure.ts';
import { escapeOutsideSequences } from '../text.ts';
import type { Json, MessageMetadata } from '../types.ts';

const MAX_TEXT = 40_000;
const MAX_MARKDOWN_TEXT = 12_000;
const MAX_METADATA_BYTES = 16_000;

export interface Content {
  text: string | undefined;
  blocks: Json[] | undefined;
  attachments: Json[] | undefined;
  metadata: MessageMetadata | undefined;
}

/** What a message consists of, checked by Slack's limits. Throws SlackFailure with Slack's code. */
export function readContent(args: Args): Content {
  const markdown = args.text('markdown_text');
  const text = args.text('text');
  const given = args.list('blocks');
  const attachments = args.list('attachments');
  if (markdown !== undefined && (text !== undefined || given !== undefined))
    throw new SlackFailure('markdown_text_conflict');
  if ((markdown ?? '').length > MAX_MARKDOWN_TEXT || (text ?? '').length > MAX_TEXT)
    throw new SlackFailure('msg_too_long');
  const blocks = markdown !== undefined ? [{ type: 'markdown', text: markdown }] : given;
  return {
    text: text === undefined ? markdown : escapeOutsideSequences(text),
    blocks: blocks && checkMessageBlocks(blocks),
    attachments,
    metadata: readMetadata(args),
  };
}

export function readMetadata(args: Args): MessageMetadata | undefined {
  const metadata = args.json('metadata');
  if (metadata === undefined) return undefined;
  const { event_type: type, event_payload: payload } = metadata as Partial<MessageMetadata>;
  if (
    typeof metadata !== 'object' ||
    typeof type !== 'string' ||
    type === '' ||
    !payload ||
    typeof payload !== 'object'
  ) {
    throw new SlackFailure('invalid_metadata_format');
  }
  if (Buffer.byteLength(JSON.stringify(payload)) > MAX_METADATA_BYTES) throw new SlackFailure('metadata_too_large');
  return { event_type: type, event_payload: payload };
}

/** Nothing to show: Slack says `no_text`. */
export function needSomething(content: Content): void {
  const empty = !content.text && !content.blocks?.length && !content.attachments?.length;
  if (empty) throw new SlackFailure('no_text');
}

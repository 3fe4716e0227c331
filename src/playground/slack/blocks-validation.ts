import type { z } from 'zod';
import { MessageBlock, ViewBlock, ViewFrame } from './block-schemas.ts';
import { SlackFailure } from './failure.ts';
import type { Json } from './types.ts';

const MAX_MESSAGE_BLOCKS = 50;
const MAX_VIEW_BLOCKS = 100;
const MAX_VIEW_BYTES = 250_000;
const MAX_MARKDOWN_CHARACTERS = 12_000;
/** Over all cells of a table, as far as is known. */
const MAX_TABLE_CHARACTERS = 10_000;
/** Over all blocks of a message; beyond it Slack says `msg_blocks_too_long`. */
const MAX_BLOCK_CHARACTERS = 13_200;
const ACTION_HOLDERS = ['elements', 'accessory', 'element', 'actions'];

/** Checks the blocks of a message by Slack's limits. Throws `invalid_blocks`, `invalid_attachments` (a second table) or `msg_blocks_too_long`; gives them back with ids filled in. */
export function checkMessageBlocks(blocks: Json[]): Json[] {
  if (blocks.length > MAX_MESSAGE_BLOCKS)
    refuse([`no more than ${MAX_MESSAGE_BLOCKS} items allowed [json-pointer:/blocks]`]);
  checkEach(blocks, MessageBlock, '/blocks');
  const markdown = blocks
    .filter((block) => block.type === 'markdown')
    .reduce((sum, block) => sum + String(block.text).length, 0);
  if (markdown > MAX_MARKDOWN_CHARACTERS)
    refuse(['markdown blocks exceed the cumulative limit of 12000 characters [json-pointer:/blocks]']);
  const tables = blocks.filter((block) => block.type === 'table' || block.type === 'data_table');
  if (tables.length > 1) refuse(['only_one_table_allowed [json-pointer:/blocks]'], 'invalid_attachments');
  if (textLength(tables) > MAX_TABLE_CHARACTERS)
    refuse([`table cells exceed ${MAX_TABLE_CHARACTERS} characters [json-pointer:/blocks]`]);
  checkIds(blocks, '/blocks');
  if (textLength(blocks) > MAX_BLOCK_CHARACTERS) throw new SlackFailure('msg_blocks_too_long');
  return withIds(blocks);
}

/** Checks a modal or home tab. Throws `invalid_arguments` or `view_too_large` as `views.*` does. */
export function checkView(view: unknown): Json {
  const parsed = ViewFrame.safeParse(view);
  if (!parsed.success) throw viewFailure(issueTexts(parsed.error, '/view'));
  if (Buffer.byteLength(JSON.stringify(view)) > MAX_VIEW_BYTES) throw new SlackFailure('view_too_large');
  const blocks = parsed.data.blocks as Json[];
  try {
    if (blocks.length > MAX_VIEW_BLOCKS)
      refuse([`no more than ${MAX_VIEW_BLOCKS} items allowed [json-pointer:/view/blocks]`]);
    checkEach(blocks, ViewBlock, '/view/blocks');
    checkIds(blocks, '/view/blocks');
  } catch (error) {
    if (error instanceof SlackFailure) throw viewFailure((error.extra.errors as string[] | undefined) ?? []);
    throw error;
  }
  return { ...(view as Json), blocks: withIds(blocks) };
}

function checkEach(blocks: Json[], schema: z.ZodType, pointer: string): void {
  const errors = blocks.flatMap((block, index) => {
    const parsed = schema.safeParse(block);
    return parsed.success ? [] : issueTexts(parsed.error, `${pointer}/${index}`);
  });
  if (errors.length > 0) refuse(errors);
}

function checkIds(blocks: Json[], pointer: string): void {
  const seen = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    if (typeof block.block_id === 'string') {
      if (seen.has(block.block_id)) refuse([`block_id already exists [json-pointer:${pointer}/${index}/block_id]`]);
      seen.add(block.block_id);
    }
    if (block.type === 'card') continue;
    const actions = new Set<string>();
    for (const element of elementsOf(block)) {
      if (typeof element.action_id !== 'string') continue;
      if (actions.has(element.action_id))
        refuse([`action_id already exists [json-pointer:${pointer}/${index}/elements]`]);
      actions.add(element.action_id);
    }
  }
}

/** Every text of the blocks, wherever it sits. */
function textLength(value: unknown, key = ''): number {
  if (typeof value === 'string') return key === 'text' || key === 'alt_text' ? value.length : 0;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + textLength(one), 0);
  if (value && typeof value === 'object') {
    return Object.entries(value).reduce((sum, [name, one]) => sum + textLength(one, name), 0);
  }
  return 0;
}

export function elementsOf(block: Json): Json[] {
  return ACTION_HOLDERS.flatMap((holder) => {
    const held = block[holder];
    if (Array.isArray(held)) return held as Json[];
    return held && typeof held === 'object' ? [held as Json] : [];
  });
}

const INTERACTIVE = /button|select|overflow|picker|checkboxes|input/;
let lastId = 0;

/** Slack gives blocks and elements the ids that an app left out. */
function withIds(blocks: Json[]): Json[] {
  return blocks.map((block) => {
    const copy = structuredClone(block);
    copy.block_id ??= newElementId();
    for (const element of elementsOf(copy)) {
      if (typeof element.type === 'string' && INTERACTIVE.test(element.type)) element.action_id ??= newElementId();
    }
    return copy;
  });
}

function newElementId(): string {
  lastId += 1;
  return `b${lastId.toString(36).padStart(4, '0')}`;
}

function issueTexts(error: z.ZodError, pointer: string): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.map((part) => `/${String(part)}`).join('');
    return `${issue.message} [json-pointer:${pointer}${path}]`;
  });
}

function refuse(errors: string[], code = 'invalid_blocks'): never {
  throw new SlackFailure(code, {
    errors,
    response_metadata: { messages: errors.map((one) => `[ERROR] ${one}`) },
  });
}

function viewFailure(errors: string[]): SlackFailure {
  return new SlackFailure('invalid_arguments', {
    response_metadata: { messages: errors.map((one) => `[ERROR] ${one}`) },
  });
}

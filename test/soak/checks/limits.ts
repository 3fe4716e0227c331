import { lengthOf, objectsIn } from './walk.ts';

type Thing = Readonly<Record<string, unknown>>;

/** At most so many characters or pieces, by the type of the thing and the field: Slack's documentation, written down anew. */
const MOST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  mrkdwn: { text: 3000 },
  markdown: { text: 12_000 },
  section: { fields: 10 },
  context: { elements: 10 },
  actions: { elements: 25 },
  context_actions: { elements: 5 },
  button: { value: 2000, accessibility_label: 75 },
  table: { rows: 100 },
  data_table: { rows: 101 },
  carousel: { elements: 10 },
  card: { actions: 3 },
  static_select: { options: 100 },
  overflow: { options: 5 },
  image: { alt_text: 2000 },
  modal: { private_metadata: 3000, callback_id: 255, blocks: 100 },
  home: { private_metadata: 3000, callback_id: 255, blocks: 100 },
  plain_text_input: { initial_value: 3000 },
};

/** The same for a text object that such a thing holds. */
const MOST_WITHIN: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  header: { text: 150 },
  button: { text: 75 },
  card: { title: 150, subtitle: 150, body: 200 },
  modal: { title: 24, submit: 24, close: 24 },
  input: { label: 2000, hint: 2000 },
  static_select: { placeholder: 150 },
};

const MESSAGE_BLOCKS = 50;
const MESSAGE_CHARACTERS = 13_200;
const MESSAGE_TEXT = 4000;

/** What is beyond Slack's limits in the blocks of a message or in a view; without a word about what they mean. */
export function limitProblems(root: unknown): string[] {
  return objectsIn(root).flatMap(({ at, object }) => [
    ...tooMuch(at, object),
    ...emptyTexts(at, object),
    ...(object.type === 'context' ? contextTexts(at, object) : []),
    ...(object.type === 'table' || object.type === 'data_table' ? tableProblems(at, object) : []),
    ...optionProblems(at, object),
    ...['block_id', 'action_id'].flatMap((id) => over(`${at}/${id}`, lengthOf(object[id]), 255)),
  ]);
}

/** What is beyond them in a message as a whole, beside what is in its blocks. */
export function messageProblems({ text, blocks }: { text: string; blocks: readonly unknown[] }): string[] {
  const tables = blocks.filter((block) => (block as Thing).type === 'table').length;
  return [
    ...over('blocks', blocks.length, MESSAGE_BLOCKS),
    ...over('characters over all blocks', JSON.stringify(blocks).length, MESSAGE_CHARACTERS),
    ...over('text', text.length, MESSAGE_TEXT),
    ...over('tables', tables, 1),
    ...(text.trim() === '' ? ['text: is empty'] : []),
    ...(blocks.length === 0 ? ['blocks: there is none'] : []),
    ...idProblems(blocks),
  ];
}

function tooMuch(at: string, object: Thing): string[] {
  const own = Object.entries(MOST[String(object.type)] ?? {});
  const held = Object.entries(MOST_WITHIN[String(object.type)] ?? {});
  return [
    ...own.flatMap(([field, most]) => over(`${at}/${field}`, lengthOf(object[field]), most)),
    ...held.flatMap(([field, most]) =>
      over(`${at}/${field}`, lengthOf((object[field] as Thing | undefined)?.text), most),
    ),
  ];
}

function emptyTexts(at: string, object: Thing): string[] {
  const isText = ['mrkdwn', 'plain_text', 'markdown', 'raw_text'].includes(String(object.type));
  return isText && String(object.text ?? '').trim() === '' ? [`${at}/text: is empty`] : [];
}

function contextTexts(at: string, { elements }: Thing): string[] {
  return (elements as Thing[]).flatMap(({ text }, index) => over(`${at}/elements/${index}`, lengthOf(text), 2000));
}

function tableProblems(at: string, { type, rows }: Thing): string[] {
  const list = rows as unknown[][];
  const widths = new Set(list.map((row) => row.length));
  return [
    ...over(`${at}: columns`, Math.max(...widths), 20),
    ...(widths.size > 1 ? [`${at}: rows are not equally wide`] : []),
    ...(type === 'data_table' && list.length < 2 ? [`${at}: a row of data is missing`] : []),
  ];
}

function optionProblems(at: string, { options }: Thing): string[] {
  if (!Array.isArray(options)) return [];
  return options.flatMap((option: { text?: Thing; value?: string }, index) => [
    ...over(`${at}/options/${index}/text`, lengthOf(option.text?.text), 75),
    ...over(`${at}/options/${index}/value`, lengthOf(option.value), 150),
  ]);
}

/** A block's id is the only one in its message, an action's the only one in its block. */
export function idProblems(blocks: readonly unknown[]): string[] {
  const inBlocks = blocks.map((block) => (block as Thing).block_id).filter((id) => id !== undefined);
  const repeated = inBlocks
    .filter((id, index) => inBlocks.indexOf(id) !== index)
    .map((id) => `block_id ${id}: is there twice`);
  const inActions = blocks.flatMap((block) => {
    const ids = objectsIn(block).flatMap(({ object }) => (object.action_id === undefined ? [] : [object.action_id]));
    return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `action_id ${id}: is there twice`);
  });
  return [...repeated, ...inActions];
}

function over(what: string, measured: number, most: number): string[] {
  return measured > most ? [`${what}: ${measured}, at most ${most}`] : [];
}

/** A model's turns for the small world: the tool that answers, then words about it. */
export const CALL = {
  tool_calls: [
    {
      id: 'call_1',
      type: 'function',
      function: { name: 'get_batch_status', arguments: '{"batch":"derivatives","phase":"prelim"}' },
    },
  ],
};
export const WORDS = { content: 'Step 3 waits for it. SNU failed as well.' };

/** What an answer says about its model, beside what it says about the night. */
export function modelNotes({ notes }: { notes: string[] }): string[] {
  return notes.filter((note) => note.includes('language model'));
}

export function keptLog() {
  const lines: string[] = [];
  const fields: object[] = [];
  const keep = (more: object, message: string) => {
    lines.push(message);
    fields.push(more);
  };
  return { lines, fields, info: keep, warn: keep };
}

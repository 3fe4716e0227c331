import { Parser } from 'htmlparser2';

export interface HtmlForm {
  /** As written; empty for the page's own address. */
  action: string;
  method: 'GET' | 'POST';
  /** What a browser would send without anybody typing, in order; text and password fields with what stands in them. */
  fields: HtmlField[];
}

export interface HtmlField {
  name: string;
  value: string;
  /** Lower case, e.g. `hidden`. */
  type: string;
}

export interface HtmlPage {
  forms: HtmlForm[];
  /** The text of the page, without mark-up and scripts, to look for codes in. */
  text: string;
}

const UNSENT = new Set(['submit', 'button', 'image', 'reset', 'file']);
const SILENT = new Set(['script', 'style']);
/** Pages of sign-in services are short; whatever comes later says nothing about a failure. */
const MAX_TEXT = 20_000;

/** The forms of a page and its text. Entities are decoded. Never throws: any text is a page. */
export function readPage(html: string): HtmlPage {
  const forms: HtmlForm[] = [];
  let form: HtmlForm | null = null;
  let silent = 0;
  let text = '';
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (SILENT.has(tag)) silent += 1;
      if (tag === 'form') {
        form = {
          action: attributes.action?.trim() ?? '',
          method: attributes.method?.trim().toUpperCase() === 'POST' ? 'POST' : 'GET',
          fields: [],
        };
        forms.push(form);
      }
      if (tag === 'input' && form) {
        const { name, value = '', type = 'text', checked, disabled } = attributes;
        const kind = type.trim().toLowerCase();
        const ticked = (kind !== 'checkbox' && kind !== 'radio') || checked !== undefined;
        if (name && disabled === undefined && ticked && !UNSENT.has(kind))
          form.fields.push({ name, value, type: kind });
      }
    },
    ontext(chunk) {
      if (silent === 0 && text.length < MAX_TEXT) text += chunk;
    },
    onclosetag(tag) {
      if (SILENT.has(tag)) silent -= 1;
      if (tag === 'form') form = null;
    },
  });
  parser.end(html);
  return { forms, text: text.slice(0, MAX_TEXT) };
}

import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { z } from 'zod';

/** All of an answer of which its message shows a part, packed: the lists of a large night say much the same again and again. */
export const KeptWhole = z.object({
  /** UTC milliseconds of real time: when it was answered. */
  at: z.number(),
  /** A JSON array of strings, compressed, in base64. */
  packed: z.string(),
  /** How many pieces are not among them. */
  left: z.number(),
});
export type KeptWhole = z.infer<typeof KeptWhole>;

/** All of an answer: pieces of escaped mrkdwn, of a section each. */
export interface Whole {
  pieces: string[];
  /** How many more there were than are kept. */
  left: number;
}

/** Below what a kept record may have. */
const MAX_CHARACTERS = 60_000;
/** Of what is packed; far more than that says. */
const MAX_BYTES = 32_000_000;

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** As many of the first pieces as a record holds. */
export async function packWhole(pieces: readonly string[], at: number): Promise<KeptWhole> {
  for (let most = pieces.length; ; most = Math.floor(most * 0.8)) {
    const json = Buffer.from(JSON.stringify(pieces.slice(0, most)));
    const packed = (await compress(json, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })).toString('base64');
    if (packed.length <= MAX_CHARACTERS || most === 0) return { at, packed, left: pieces.length - most };
  }
}

export async function unpackWhole({ packed, left }: KeptWhole): Promise<Whole> {
  const json = await decompress(Buffer.from(packed, 'base64'), { maxOutputLength: MAX_BYTES });
  return { pieces: z.array(z.string()).parse(JSON.parse(json.toString())), left };
}

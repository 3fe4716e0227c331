import type { Digest } from './digest.ts';

/** A PNG and what it shows, in words. */
export interface DigestPicture {
  png: Uint8Array;
  alt: string;
  title: string;
}

/** A digest on its way into a channel. */
export interface DigestPost {
  /** Which slot of which digest: nothing is posted twice under one reference. */
  reference: string;
  channel: string;
  digest: Digest;
  /** When it was due; `postedAt` says more only where it is late. */
  due: number;
  postedAt: number;
  late: boolean;
  zone: string;
  /** It was begun before: it may be there already. */
  again: boolean;
  picture: DigestPicture | null;
}

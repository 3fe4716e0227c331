import { SentryError } from '../../errors.ts';

/**
 * What a read gives, or `otherwise` where its source is away or refuses: an answer may do without it, and says so. A question
 * that was stopped stays stopped, and so does what is no failure of a source.
 */
export async function unlessAway<T, U>(read: Promise<T>, otherwise: () => U | Promise<U>): Promise<T | U> {
  try {
    return await read;
  } catch (error) {
    if (!(error instanceof SentryError) || error.code === 'CANCELLED') throw error;
    return otherwise();
  }
}

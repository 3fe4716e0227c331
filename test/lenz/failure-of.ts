import { expect } from 'vitest';
import { type ErrorCode, UpstreamError } from '../../src/errors.ts';

/** The failure of `work`, which must be one of Lenz with this code and fit to be shown to a person. */
export async function failureOf(work: Promise<unknown>, code: ErrorCode): Promise<UpstreamError> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UpstreamError);
  const failure = error as UpstreamError;
  expect(failure).toMatchObject({ code, upstream: 'lenz' });
  for (const text of [failure.message, failure.remedy]) {
    expect(text).toMatch(/^\p{Lu}.*\.$/su);
    expect(text.length).toBeLessThan(500);
    expect(text).not.toMatch(/undefined|\[object|Error:/);
  }
  return failure;
}

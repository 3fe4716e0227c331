import { z } from 'zod';

/** What the records of an answer are made of. */
export const Phase = z.enum(['PRELIM', 'FINAL']);
export const EssentialStatus = z.enum([
  'NOT_STARTED',
  'SUCCESS',
  'PARTIAL_FAILURE',
  'FAILED',
  'RUNNING',
  'UNKNOWN',
  'WAITING',
]);
export const UnitStatus = z.enum([
  'SUCCESS',
  'FAILED',
  'CANCELLED',
  'RUNNING',
  'QUEUED',
  'UNKNOWN',
  'WAITING',
  'NOT_STARTED',
]);
export const BusinessDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** ISO 8601, UTC. */
export const Iso = z.iso.datetime();

/** The part of a logger that the caches use. */
export interface CacheLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

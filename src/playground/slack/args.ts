import { invalidArguments } from './failure.ts';
import type { Json } from './types.ts';

/** The arguments of a Web API call, whether they came as a form (structures JSON-encoded) or as JSON. */
export class Args {
  readonly raw: Json;

  constructor(raw: Json) {
    this.raw = raw;
  }

  has(name: string): boolean {
    const value = this.raw[name];
    return value !== undefined && value !== null && value !== '';
  }

  /** Undefined where absent; numbers and booleans become text, as a form would have them. */
  text(name: string): string | undefined {
    const value = this.raw[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : String(value);
  }

  need(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') throw invalidArguments(`missing required field: ${name}`);
    return value;
  }

  flag(name: string): boolean {
    const value = this.text(name);
    return value === 'true' || value === '1';
  }

  count(name: string, fallback: number, most: number): number {
    const value = Number(this.text(name) ?? fallback);
    if (!Number.isInteger(value) || value < 1) throw invalidArguments(`invalid ${name}`);
    return Math.min(value, most);
  }

  /** A structure, decoded when it came as text. Throws `invalid_arguments` when that text is not JSON. */
  json(name: string): unknown {
    const value = this.raw[name];
    if (typeof value !== 'string') return value ?? undefined;
    if (value === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw invalidArguments(`${name} is not valid JSON`);
    }
  }

  list(name: string): Json[] | undefined {
    const value = this.json(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw invalidArguments(`${name} must be an array`);
    return value as Json[];
  }
}

/** What the fake Lenz can be made to do wrong. Each holds for every request, or for one name. */
export type LenzFault = { only?: string } & (
  | { kind: 'status'; status: number }
  /** Answers rightly, after `ms`. */
  | { kind: 'slow'; ms: number }
  /** Never answers. */
  | { kind: 'hang' }
  | { kind: 'html' }
  | { kind: 'broken-json' }
  | { kind: 'without-datasets' }
  /** 200 with a document that has no essentials, instead of 404. */
  | { kind: 'empty-document' }
  | { kind: 'body'; body: string }
  | { kind: 'redirect'; location: string; status?: number }
  /** Ends the connection after the challenge, as some proxies do. */
  | { kind: 'close-after-type-2' }
);

export interface FaultSwitch {
  set(fault: LenzFault): void;
  heal(): void;
}

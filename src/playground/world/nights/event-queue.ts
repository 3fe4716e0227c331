interface Event {
  at: number;
  act: (at: number) => void;
}

/** What is going to happen, earliest first. */
export class EventQueue {
  readonly #heap: Event[] = [];

  add(at: number, act: (at: number) => void): void {
    const heap = this.#heap;
    let i = heap.push({ at, act }) - 1;
    const event = heap[i] as Event;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if ((heap[parent] as Event).at <= at) break;
      heap[i] = heap[parent] as Event;
      i = parent;
    }
    heap[i] = event;
  }

  /** Lets everything happen, and what comes of it. */
  run(): void {
    for (let event = this.#next(); event; event = this.#next()) event.act(event.at);
  }

  #next(): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && (heap[child + 1] as Event).at < (heap[child] as Event).at) child++;
      if ((heap[child] as Event).at >= last.at) break;
      heap[i] = heap[child] as Event;
      i = child;
    }
    heap[i] = last;
    return first;
  }
}

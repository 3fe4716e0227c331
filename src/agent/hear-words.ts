import { createGrounder, type Grounder } from './grounding.ts';
import type { Emit, Session } from './session.ts';
import { isWordable } from './wordable.ts';

/** Whoever listens to the model while it words the answer. */
export interface Listener {
  /** Before each try: what an earlier one left unsaid is forgotten. */
  begin(): void;
  hear(piece: string): void;
  /** The model is done; what was heard last is a whole sentence. */
  end(): void;
  /** Something of what was heard is shown by now, and stays. */
  readonly shown: boolean;
}

/** Lets on what the model says of the findings, each sentence once it has passed the check: `session.prose` only grows. */
export function hearWords(session: Session, emit: Emit): Listener {
  let grounder: Grounder | null = null;

  function letOn({ text }: Grounder): void {
    if (text === session.prose) return;
    session.prose = text;
    emit({ type: 'prose', text });
  }

  return {
    begin() {
      grounder = null;
    },
    hear(piece) {
      if (piece === '') return;
      grounder ??= createGrounder(session.findings.filter(isWordable), {
        zone: session.desk.zone,
        names: session.names,
      });
      grounder.hear(piece);
      letOn(grounder);
    },
    end() {
      if (grounder === null) return;
      grounder.end();
      letOn(grounder);
      const { dropped } = grounder;
      if (dropped > 0)
        session.log.info({ reference: session.question.id, dropped }, 'sentences of the model failed the check');
    },
    get shown() {
      return session.prose !== '';
    },
  };
}

import { type AIMessage, ToolMessage } from '@langchain/core/messages';
import type { ToolCall } from '@langchain/core/messages/tool';
import { z } from 'zod';
import type { Finding } from '../batch/finding.ts';
import { toSentryError } from '../errors.ts';
import { primaryOf } from './compose/compose.ts';
import { factsOf } from './compose/facts.ts';
import { verdictOf } from './compose/verdict.ts';
import { withDeadline } from './deadline.ts';
import { holdToQuestion } from './hold-to-question.ts';
import { isOffline } from './model.ts';
import { safeText } from './safe-text.ts';
import type { Emit, Session } from './session.ts';
import { TOOLS } from './tools/registry.ts';

const MAX_TOOL_CALLS = 8;

/** Runs the calls of one turn side by side. Every call gets a reply, whatever was wrong with it: the protocol asks for one. */
export async function toolRound(
  session: Session,
  message: AIMessage,
  done: Map<string, string>,
  emit: Emit,
): Promise<ToolMessage[]> {
  const calls = message.tool_calls ?? [];
  const fresh: { findings: Finding[] }[] = [];
  const replies = await Promise.all(
    calls.map(async (call, index) => {
      const slot: { findings: Finding[] } = { findings: [] };
      fresh[index] = slot;
      const content = await runCall(session, call, done, slot, emit);
      return new ToolMessage({ content, tool_call_id: call.id ?? `call_${index}`, name: safeText(call.name, 64) });
    }),
  );
  // In the order of the calls, not of their completion: the first essential asked about leads the answer.
  session.findings.push(...fresh.flatMap((slot) => slot.findings));
  const primary = primaryOf(session.findings);
  if (primary !== null) {
    const verdict = verdictOf(primary, session.desk.zone);
    if (verdict !== session.lastVerdict) emit({ type: 'verdict', verdict });
    session.lastVerdict = verdict;
  }
  return replies;
}

async function runCall(
  session: Session,
  call: ToolCall,
  done: Map<string, string>,
  slot: { findings: Finding[] },
  emit: Emit,
): Promise<string> {
  const tool = TOOLS.find((candidate) => candidate.name === call.name);
  if (tool === undefined)
    return failure(`There is no tool of that name. Tools: ${TOOLS.map(({ name }) => name).join(', ')}.`);
  const given = tool.schema.safeParse(call.args ?? {});
  const parsed = given.success
    ? tool.schema.safeParse(heldArguments(session, given.data, Object.keys(tool.schema.shape)))
    : given;
  if (!parsed.success) return failure(`The arguments do not fit: ${z.prettifyError(parsed.error).slice(0, 400)}`);
  const key = `${tool.name} ${canonical(parsed.data)}`;
  if (done.has(key)) return JSON.stringify({ same_as: done.get(key) });
  if (done.size >= MAX_TOOL_CALLS) return failure('No more tool calls for this question.');
  const id = `s${done.size + 1}`;
  done.set(key, id);
  session.usage.tool_calls += 1;
  session.phaseSaid ||= typeof parsed.data.phase === 'string';
  const title = tool.title(parsed.data);
  emit({ type: 'step', id, title, status: 'in_progress' });
  try {
    slot.findings = await withDeadline(
      tool.run(parsed.data, {
        desk: session.desk,
        names: session.names,
        thread: session.question.context,
        sight: session.sight,
      }),
      session.signal,
    );
    emit({ type: 'step', id, title, status: 'complete' });
    return slot.findings.length === 1 && slot.findings[0]
      ? factsOf(slot.findings[0], session.desk.zone)
      : `[${slot.findings.map((finding) => factsOf(finding, session.desk.zone)).join(',')}]`;
  } catch (error) {
    emit({ type: 'step', id, title, status: 'error' });
    if (session.signal.aborted) throw session.signal.reason;
    const known = toSentryError(error);
    session.failures.push(known);
    session.log.warn(
      { reference: session.question.id, tool: tool.name, code: known.code, err: error },
      'a tool failed',
    );
    return failure(known.message);
  }
}

/** Rules of code read the person's words themselves; a model's arguments are held to them. */
function heldArguments(session: Session, args: Record<string, unknown>, takes: readonly string[]) {
  if (session.model === null || isOffline(session.model)) return args;
  return holdToQuestion(args, takes, {
    question: session.question,
    text: session.text,
    names: session.names,
    now: session.desk.clock.now(),
    zone: session.desk.zone,
  });
}

function failure(message: string): string {
  return JSON.stringify({ error: message });
}

/** The same arguments in another order, or nulls left out, are the same call. */
function canonical(args: Record<string, unknown>): string {
  const said = Object.entries(args).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return JSON.stringify(
    said.map(([name, value]) => [name, typeof value === 'string' ? value.trim().toLowerCase() : value]).sort(),
  );
}

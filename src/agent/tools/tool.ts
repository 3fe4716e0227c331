import type { z } from 'zod';
import type { EssentialNames } from '../../batch/essential-names.ts';
import type { Finding } from '../../batch/finding.ts';
import type { Desk } from '../../batch/inquiry/desk.ts';
import type { Sight } from '../../batch/sight.ts';
import type { ThreadContext } from '../question.ts';

/** What every tool works with: the desk of this question, the names, and what the thread has settled. */
export interface ToolRoom {
  desk: Desk;
  names: EssentialNames;
  thread: ThreadContext | null;
  /** What may be asked about; null: everything. */
  sight: Sight | null;
}

/** One thing that the model can ask for. It returns facts; it never words an answer. */
export interface AgentTool<Schema extends z.ZodObject = z.ZodObject> {
  name: string;
  /** For the model: when to use it. */
  description: string;
  schema: Schema;
  /** Work in progress, as a person reads it: "Reading runs of derivatives". */
  title(args: z.infer<Schema>): string;
  /** One finding for each batch named. Throws UpstreamError where a source fails. */
  run(args: z.infer<Schema>, room: ToolRoom): Promise<Finding[]>;
}

/** Keeps a tool's argument type while it is written, and forgets it in the registry. */
export function defineTool<Schema extends z.ZodObject>(tool: AgentTool<Schema>): AgentTool {
  return tool as unknown as AgentTool;
}

import { z } from 'zod';
import { TOOLS } from './tools/registry.ts';

/** The registry in the form that chat models take. */
export function toolDefinitions() {
  return DEFINITIONS;
}

const DEFINITIONS = TOOLS.map((tool) => {
  const { $schema: _schema, ...parameters } = z.toJSONSchema(tool.schema) as Record<string, unknown>;
  return { type: 'function' as const, function: { name: tool.name, description: tool.description, parameters } };
});

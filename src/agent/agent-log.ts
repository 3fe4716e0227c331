/** What the agent needs of a logger; pino's has it. */
export interface AgentLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const silentLog: AgentLog = { info: () => {}, warn: () => {}, error: () => {} };

import type { Connection } from 'mysql2';
import type { MysqlConnector } from './mysql-connector.ts';
import { readNode, run } from './mysql-session.ts';
import { within } from './within.ts';

/**
 * Ends what a connection's server is doing for it, over a second connection of the same account, which may do that to its own
 * sessions. Ends in time, whatever happens: the server's own limit is the other line of defence.
 */
export async function killStatement(
  connector: MysqlConnector,
  { threadId, node }: { threadId: number; node: string },
): Promise<void> {
  let second: Connection | undefined;
  try {
    second = await connector.open();
    // Behind a load balancer it may be another node, where the number belongs to somebody else.
    const kill = readNode(second).then((here) =>
      here === node ? run(second as Connection, `KILL QUERY ${threadId}`) : [],
    );
    await within(connector.connectTimeoutMs, kill);
  } catch {
    // Nothing more can be done from here.
  } finally {
    second?.destroy();
  }
}

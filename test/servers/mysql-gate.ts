import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

interface GateOptions {
  /** PEM. Without them the server offers no TLS. */
  tls?: { key: string; cert: string };
  /** Whether this token is good now. */
  accepts: (token: string) => boolean;
}

export interface MysqlGate {
  port: number;
  /** Everything that clients sent before TLS, or without it. */
  inTheClear: () => string;
  /** Tokens that arrived, each inside TLS. */
  tokens: string[];
  stop(): Promise<void>;
}

const CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000;
const TLS = 0x800;
const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0]);
const EOF_PACKET = Buffer.from([0xfe, 0, 0, 2, 0]);

/**
 * The door of a database with IAM authentication: MySQL's protocol, TLS, and the demand for the token as it is
 * (`mysql_clear_password`). Behind the door it answers every statement with one row that fits SENTRY's session set-up.
 */
export async function startMysqlGate({ tls, accepts }: GateOptions): Promise<MysqlGate> {
  const sockets = new Set<Socket>();
  const clear: string[] = [];
  const tokens: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.write(packet(0, greeting(tls !== undefined)));
    socket.once('data', (request: Buffer) => {
      const asked = request.subarray(0, 4 + request.readUIntLE(0, 3));
      clear.push(asked.toString('latin1'));
      if (tls === undefined) return socket.on('data', (more: Buffer) => clear.push(more.toString('latin1')));
      // The client's side of the TLS handshake may have come in the same piece.
      socket.pause();
      socket.unshift(request.subarray(asked.length));
      const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(tls) });
      secure.on('error', () => {});
      serve(secure);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  function serve(secure: TLSSocket): void {
    let turn: 'login' | 'token' | 'statements' = 'login';
    eachPacket(secure, (sequence, payload) => {
      if (turn === 'login') {
        turn = 'token';
        secure.write(packet(sequence + 1, Buffer.from('\xfemysql_clear_password\0', 'latin1')));
      } else if (turn === 'token') {
        const token = payload.toString('utf8').replace(/\0$/, '');
        tokens.push(token);
        turn = 'statements';
        secure.write(packet(sequence + 1, accepts(token) ? OK : refusal()));
      } else answer(secure, payload);
    });
  }

  return {
    port: (server.address() as AddressInfo).port,
    inTheClear: () => clear.join(''),
    tokens,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(secure: TLSSocket, payload: Buffer): void {
  const isSelect = payload[0] === 3 && /^(SELECT|SHOW)/i.test(payload.toString('utf8', 1));
  if (!isSelect) return void secure.write(packet(1, OK));
  const row = { version: '8.0.36', host: 'node-0', port: '6150' };
  const columns = Object.keys(row).map(column);
  const parts = [Buffer.from([columns.length]), ...columns, EOF_PACKET];
  parts.push(Buffer.concat(Object.values(row).map(counted)), EOF_PACKET);
  secure.write(Buffer.concat(parts.map((part, index) => packet(index + 1, part))));
}

function column(name: string): Buffer {
  const fixed = Buffer.from([0x0c, 45, 0, 255, 0, 0, 0, 0xfd, 0, 0, 0, 0, 0]);
  return Buffer.concat([...['def', '', '', '', name, name].map(counted), fixed]);
}

function greeting(offersTls: boolean): Buffer {
  const capabilities = CAPABILITIES | (offersTls ? TLS : 0);
  const numbers = Buffer.alloc(18);
  numbers.writeUInt16LE(capabilities & 0xffff, 0);
  numbers.writeUInt8(45, 2);
  numbers.writeUInt16LE(2, 3);
  numbers.writeUInt16LE(capabilities >>> 16, 5);
  numbers.writeUInt8(21, 7);
  const start = Buffer.concat([Buffer.from('\x0a8.0.36\0', 'latin1'), Buffer.from([1, 0, 0, 0])]);
  return Buffer.concat([
    start,
    Buffer.from('12345678\0'),
    numbers,
    Buffer.from('123456789012\0mysql_native_password\0'),
  ]);
}

function refusal(): Buffer {
  const number = Buffer.alloc(3);
  number.writeUInt8(0xff, 0);
  number.writeUInt16LE(1045, 1);
  return Buffer.concat([number, Buffer.from('#28000Access denied')]);
}

function packet(sequence: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUIntLE(payload.length, 0, 3);
  header.writeUInt8(sequence, 3);
  return Buffer.concat([header, payload]);
}

function counted(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
}

function eachPacket(socket: TLSSocket, take: (sequence: number, payload: Buffer) => void): void {
  let held = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 4) {
      const length = held.readUIntLE(0, 3);
      if (held.length < 4 + length) return;
      const [sequence, payload] = [held.readUInt8(3), held.subarray(4, 4 + length)];
      held = held.subarray(4 + length);
      take(sequence, payload);
    }
  });
}

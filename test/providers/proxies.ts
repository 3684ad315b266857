import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

export type FakeProxy = {
  readonly port: number;
  /** Where clients asked to be connected to, as `host:port`. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
};

const start = async (serve: (client: Socket, asked: string[]) => void): Promise<FakeProxy> => {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const server: Server = createServer((client) => {
    open.add(client);
    client.on('error', () => client.destroy());
    client.once('close', () => open.delete(client));
    serve(client, asked);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
};

const join = (client: Socket, port: number, first: Buffer, ready: () => void): void => {
  client.pause();
  const server = connect({ host: '127.0.0.1', port }, () => {
    ready();
    if (first.length > 0) server.write(first);
    client.pipe(server);
    server.pipe(client);
  });
  server.on('error', () => client.destroy());
  client.once('close', () => server.destroy());
};

/**
 * An HTTP proxy with a login, for CONNECT and for plain requests. Every name leads to `target` on this
 * machine; CONNECT to port 9 is refused with 502.
 */
export const startHttpProxy = (login: string, target: () => number): Promise<FakeProxy> =>
  start((client, asked) => {
    client.once('data', (data: Buffer) => {
      const text = data.toString('latin1');
      const [method = '', place = ''] = text.split(' ');
      const given = /^proxy-authorization: basic (\S+)/im.exec(text)?.[1] ?? '';
      if (Buffer.from(given, 'base64').toString() !== login) {
        client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
        return;
      }
      asked.push(method === 'CONNECT' ? place : new URL(place).host);
      if (place.endsWith(':9')) client.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
      else if (method === 'CONNECT') join(client, target(), Buffer.alloc(0), () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
      else join(client, target(), data, () => undefined);
    });
  });

/** A SOCKS5 proxy with a login. Every name leads to `target` on this machine. */
export const startSocksProxy = (username: string, password: string, target: () => number): Promise<FakeProxy> =>
  start((client, asked) => {
    client.once('data', () => {
      client.write(Buffer.from([5, 2]));
      client.once('data', (login: Buffer) => {
        const nameLength = login[1] ?? 0;
        const name = login.subarray(2, 2 + nameLength).toString();
        const secret = login.subarray(3 + nameLength).toString();
        if (name !== username || secret !== password) {
          client.end(Buffer.from([1, 1]));
          return;
        }
        client.write(Buffer.from([1, 0]));
        client.once('data', (request: Buffer) => {
          const length = request[4] ?? 0;
          asked.push(`${request.subarray(5, 5 + length).toString()}:${request.readUInt16BE(5 + length)}`);
          join(client, target(), Buffer.alloc(0), () => client.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0])));
        });
      });
    });
  });

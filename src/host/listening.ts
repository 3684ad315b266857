import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { HostApp } from './http-call';

/** A server on 127.0.0.1. */
export type Listening = {
  readonly port: number;
  openConnections(): number;
  /** Takes no new connection, lets answers under way end within the grace time, then closes every connection. */
  stop(graceMs: number): Promise<void>;
};

export type ListenOutcome =
  | { readonly ok: true; readonly listening: Listening }
  | { readonly ok: false; readonly code: 'taken' | 'refused'; readonly message: string };

/** Starts listening; port 0 takes any free one. A port that cannot be had is a value, not an exception. */
export async function listen(app: HostApp, port: number): Promise<ListenOutcome> {
  const sockets = new Set<Socket>();
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    // A large video may take longer than Node's five minutes; idle connections outlive a client's think time.
    serverOptions: { requestTimeout: 0, keepAliveTimeout: 30_000 },
  }) as Server;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once('error', resolve);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', resolve);
      resolve(null);
    });
  });
  if (failure) {
    return { ok: false, code: failure.code === 'EADDRINUSE' ? 'taken' : 'refused', message: failure.message };
  }
  const listening: Listening = {
    port: (server.address() as AddressInfo).port,
    openConnections: () => sockets.size,
    stop: (graceMs) => stop(server, sockets, graceMs),
  };
  return { ok: true, listening };
}

async function stop(server: Server, sockets: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, graceMs);
  await closed;
  clearTimeout(timer);
}

import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { ApiApp } from './api-env';
import type { ApiLimits } from './limits';

export type Listening = {
  readonly port: number;
  openConnections(): number;
  /** Takes no new connection, lets answers under way end within the grace time, then closes every connection. */
  stop(graceMs: number): Promise<void>;
};

export type ListenOutcome = { readonly ok: true; readonly listening: Listening } | { readonly ok: false; readonly code: string };

/** Listens on 127.0.0.1 alone. A port that cannot be had is a value, not an exception. */
export async function listen(app: ApiApp, port: number, limits: Pick<ApiLimits, 'connections' | 'headMs'>): Promise<ListenOutcome> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    // Bodies have a pace of their own, and answers wait for uploads.
    serverOptions: { requestTimeout: 0, headersTimeout: limits.headMs, keepAliveTimeout: 5000, connectionsCheckingInterval: Math.min(2000, limits.headMs), maxHeaderSize: 16 * 1024 },
  }) as Server;
  const sockets = boundConnections(server, limits.connections);
  const failed = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once('error', resolve);
    server.listen(port, '127.0.0.1', 511, () => {
      server.off('error', resolve);
      resolve(null);
    });
  });
  if (failed !== null) return { ok: false, code: failed.code ?? 'EFAILED' };
  // A client that breaks off is no fault of the server.
  server.on('error', () => undefined);
  return {
    ok: true,
    listening: {
      port: (server.address() as AddressInfo).port,
      openConnections: () => sockets.size,
      stop: (graceMs) => stop(server, sockets, graceMs),
    },
  };
}

/** Keeps to so many connections: a new one takes the place of the one that has been idle longest, or is closed when none is. */
function boundConnections(server: Server, most: number): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  const idle = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    idle.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      idle.delete(socket);
    });
    if (sockets.size <= most) return;
    const [oldest = socket] = idle;
    sockets.delete(oldest);
    idle.delete(oldest);
    oldest.destroy();
  });
  server.on('request', ({ socket }, response: ServerResponse) => {
    idle.delete(socket);
    response.once('close', () => {
      if (sockets.has(socket)) idle.add(socket);
    });
  });
  return sockets;
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

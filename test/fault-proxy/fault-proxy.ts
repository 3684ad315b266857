import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** How a connection through the proxy breaks. Bytes are counted per connection. */
export type TearPlan = {
  /** Resets both sides once this many bytes went up (client to server) or down. */
  readonly resetAfterUp?: number;
  readonly resetAfterDown?: number;
  /** Ends the client's side in an orderly way after this many bytes down: half an answer. */
  readonly endAfterDown?: number;
  /** Takes no byte beyond this many up, and says nothing. */
  readonly stallAfterUp?: number;
  /** Passes on no byte of the answer. */
  readonly muteDown?: boolean;
  /** Bytes a second, up. */
  readonly upRate?: number;
  /** Connects to the server only after this many milliseconds. */
  readonly acceptAfterMs?: number;
};

export type FaultProxy = {
  readonly port: number;
  /** Applies to connections from now on. */
  plan(plan: TearPlan): void;
  /** Bytes handed to the server so far, over all connections. */
  readonly sentUp: () => number;
  readonly openConnections: () => number;
  /** Lets stalled connections move again, so that the end of their client is noticed. */
  letGo(): void;
  stop(): Promise<void>;
};

const SLICE_MS = 20;

/** Passes bytes up, at most `rate` a second, and never takes in more than it passes on. */
const throttle = (from: Socket, to: Socket, rate: number, count: (bytes: number) => void): void => {
  const slice = Math.max(1, Math.round((rate * SLICE_MS) / 1000));
  from.pause();
  const timer = setInterval(() => {
    const chunk = (from.read(Math.min(slice, from.readableLength)) ?? null) as Buffer | null;
    if (chunk === null) return;
    count(chunk.length);
    to.write(chunk);
  }, SLICE_MS);
  from.on('readable', () => undefined);
  from.once('end', () => to.end());
  from.once('close', () => clearInterval(timer));
};

/** Stands between a client and a server on this machine and breaks their connection as sockets break. */
export const startFaultProxy = async (serverPort: number): Promise<FaultProxy> => {
  let current: TearPlan = {};
  let total = 0;
  const open = new Set<Socket>();
  const stalled = new Set<Socket>();

  const serve = (client: Socket, plan: TearPlan): void => {
    const server = connect({ host: '127.0.0.1', port: serverPort });
    open.add(server);
    let up = 0;
    let down = 0;
    const reset = (): void => {
      client.resetAndDestroy();
      server.destroy();
    };
    const count = (bytes: number): void => {
      up += bytes;
      total += bytes;
    };
    for (const [one, other] of [[client, server], [server, client]] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        if (!other.destroyed) other.end();
      });
    }
    if (plan.upRate !== undefined) {
      throttle(client, server, plan.upRate, count);
    } else {
      client.on('data', (chunk: Buffer) => {
        const limit = Math.min(plan.resetAfterUp ?? Infinity, plan.stallAfterUp ?? Infinity) - up;
        const passed = chunk.subarray(0, Math.max(0, limit));
        count(passed.length);
        server.write(passed);
        if (up >= (plan.resetAfterUp ?? Infinity)) reset();
        else if (up >= (plan.stallAfterUp ?? Infinity) && !client.readableEnded) {
          if (stalled.has(client)) return;
          client.pause();
          stalled.add(client);
        }
      });
      client.once('end', () => server.end());
    }
    server.on('data', (chunk: Buffer) => {
      if (plan.muteDown === true) return;
      const limit = Math.min(plan.resetAfterDown ?? Infinity, plan.endAfterDown ?? Infinity) - down;
      const passed = chunk.subarray(0, Math.max(0, limit));
      down += passed.length;
      if (passed.length > 0) client.write(passed);
      if (down >= (plan.resetAfterDown ?? Infinity)) reset();
      else if (down >= (plan.endAfterDown ?? Infinity)) {
        client.end();
        server.destroy();
      }
    });
  };

  const listener = createServer({ pauseOnConnect: true }, (client) => {
    const plan = current;
    open.add(client);
    client.on('error', () => client.destroy());
    client.once('close', () => open.delete(client));
    const go = (): void => {
      if (client.destroyed) return;
      serve(client, plan);
      if (plan.upRate === undefined) client.resume();
    };
    if (plan.resetAfterUp === 0) client.resetAndDestroy();
    else if (plan.acceptAfterMs === undefined) go();
    else setTimeout(go, plan.acceptAfterMs).unref();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    plan: (plan) => {
      current = plan;
    },
    sentUp: () => total,
    openConnections: () => open.size,
    letGo: () => {
      for (const socket of stalled) socket.resume();
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        listener.close(() => resolve());
      }),
  };
};

import { createConnection } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { startBus, startNoBus, type BusPlace } from '../../../test/desktop/session-bus';
import { BUS, busSocketPath, connectSessionBus, type SessionBus } from './index';
import { decodeMessage, decodeValues, encodeMessage, encodeValues, MESSAGE, typesOf, type BusValue } from './wire';

const endings: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

type Typed = readonly [signature: string, value: BusValue];

/** Any value with its signature. */
const typed: fc.Arbitrary<Typed> = fc.letrec<{ any: Typed }>((tie) => {
  const leaf = fc.oneof(
    fc.string({ unit: 'grapheme' }).map((text): Typed => ['s', text.replaceAll('\0', '')]),
    fc.integer({ min: 0, max: 255 }).map((value): Typed => ['y', value]),
    fc.boolean().map((value): Typed => ['b', value]),
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map((value): Typed => ['i', value]),
    fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((value): Typed => ['u', value]),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value): Typed => ['t', value]),
    fc.double({ noNaN: true }).map((value): Typed => ['d', value]),
    fc.uint8Array({ maxLength: 20 }).map((value): Typed => ['ay', value]),
  );
  return {
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.tuple(tie('any'), fc.nat(4)).map(([[signature, value], count]): Typed => (signature === 'y' ? [signature, value] : [`a${signature}`, Array.from({ length: count }, () => value)])),
      fc.array(tie('any'), { minLength: 1, maxLength: 4 }).map((parts): Typed => [`(${parts.map(([signature]) => signature).join('')})`, parts.map(([, value]) => value)]),
      tie('any').map(([signature, value]): Typed => ['v', { signature, value }]),
      fc.tuple(fc.string(), tie('any')).map(([key, [signature, value]]): Typed => [`a{s${signature}}`, [[key.replaceAll('\0', ''), value]]]),
    ),
  };
}).any;

describe('the wire', () => {
  it('reads back whatever it wrote, at any depth and alignment', () => {
    fc.assert(
      fc.property(fc.array(typed, { maxLength: 5 }), (parts) => {
        const signature = parts.map(([one]) => one).join('');
        const values = parts.map(([, value]) => value);
        expect(typesOf(signature)).toHaveLength(parts.length);
        expect(decodeValues(signature, encodeValues(signature, values))).toEqual(values);
        const message = { type: MESSAGE.call, serial: 7, path: '/a', member: 'M', interface: 'a.b', destination: 'c.d', signature, body: values };
        const bytes = encodeMessage(message);
        expect(decodeMessage(Buffer.concat([bytes, Buffer.from('more')]))).toEqual({ message, rest: Buffer.from('more') });
        expect(decodeMessage(bytes.subarray(0, bytes.length - 1))).toBeNull();
      }),
    );
  });

  it('ends on any bytes at all with a message, with none yet, or with a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, plausible) => {
        const given = Buffer.from(plausible ? [108, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, bytes.length & 127, 0, 0, 0, ...bytes] : bytes);
        try {
          decodeMessage(given);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });

  it('refuses values that do not fit and signatures that are none', () => {
    expect(() => encodeValues('i', ['text'])).toThrow(TypeError);
    expect(() => encodeValues('(ss)', [['one']])).toThrow(TypeError);
    expect(() => encodeValues('z', [1])).toThrow(RangeError);
    expect(() => typesOf('(ss')).toThrow(RangeError);
  });
});

const ended = async (place: Promise<BusPlace>): Promise<string> => {
  const { path, stop } = await place;
  endings.push(stop);
  return path;
};
const connect = async (path: string): Promise<SessionBus> => {
  const bus = await connectSessionBus(path, process.getuid?.() ?? 0);
  endings.push(() => bus.close());
  return bus;
};

describe('the session bus', () => {
  it('answers calls, tells signals, and says by name what it refuses', async () => {
    const path = await ended(startBus());
    const bus = await connect(path);
    expect(await bus.call({ ...BUS, member: 'NameHasOwner', signature: 's', body: [BUS.destination] })).toEqual([true]);
    await expect(bus.call({ destination: 'org.nobody.Here', path: '/', interface: 'a.b', member: 'C', signature: '', body: [] })).rejects.toMatchObject({
      name: 'org.freedesktop.DBus.Error.ServiceUnknown',
    });
    await bus.call({ ...BUS, member: 'AddMatch', signature: 's', body: ["type='signal',member='NameOwnerChanged'"] });
    const heard = new Promise<readonly BusValue[]>((resolve) => bus.onSignal(({ member, body }) => (member === 'NameOwnerChanged' && body[0] === 'org.picferry.Test' ? resolve(body) : undefined)));
    const other = await connect(path);
    await other.call({ ...BUS, member: 'RequestName', signature: 'su', body: ['org.picferry.Test', 0] });
    expect((await heard)[1]).toBe('');
  });

  it('says so when the connection ends, to those who wait and those who ask later', async () => {
    const path = await ended(startBus());
    const bus = await connect(path);
    const closed = new Promise<void>((resolve) => bus.onClose(resolve));
    bus.close();
    await closed;
    await expect(bus.call({ ...BUS, member: 'GetId', signature: '', body: [] })).rejects.toMatchObject({ name: 'picferry.ConnectionEnded' });
  });

  it('understands answers that come a byte at a time', async () => {
    const path = await ended(startBus());
    const dripping = await ended(
      startNoBus((socket) => {
        const upstream = createConnection(path);
        socket.pipe(upstream);
        upstream.on('data', (chunk: Buffer) => {
          for (const byte of chunk) socket.write(Buffer.from([byte]));
        });
        socket.on('close', () => upstream.destroy());
      }),
    );
    const bus = await connect(dripping);
    expect(await bus.call({ ...BUS, member: 'NameHasOwner', signature: 's', body: [BUS.destination] })).toEqual([true]);
  });

  it('refuses what is no bus', async () => {
    await expect(connectSessionBus('/nowhere/at/all', 0)).rejects.toThrow();
    const web = await ended(startNoBus((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    await expect(connectSessionBus(web, 0)).rejects.toThrow();
  });

  it('finds the socket in an address of several', () => {
    expect(busSocketPath('unix:path=/run/user/1000/bus')).toBe('/run/user/1000/bus');
    expect(busSocketPath('tcp:host=h,port=1;unix:guid=1,path=/tmp/a%20b')).toBe('/tmp/a b');
    expect(busSocketPath('unix:abstract=/tmp/x')).toBeNull();
    expect(busSocketPath(undefined)).toBeNull();
  });
});

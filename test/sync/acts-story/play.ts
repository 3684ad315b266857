import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sha256Hex } from '../../../src/lib/canonical-json';
import type { OpenConflict, OpenSides, TextFile } from '../../../src/main/sync/engine-contract';
import { openMerge, readChoice, type Choice } from '../../../src/merge';
import type { SyncPath } from '../../../src/shared/model/sync';
import { DOCUMENT, KEY, type SimulatedWorld } from '../sync-world';
import { postsIn } from '../test-devices';
import type { ActsStory, StoryAct } from './acts-story';
import { Answers } from './answers';
import { decided, keepingMost, type Decided } from './deciding';
import { factAt, factsOf, meet, placeOf } from './facts';
import { History } from './history';
import { StoryDevice } from './story-device';
import { edited, EDITS, START, type Edit, type Roll } from './story-document';
import { Telling } from './telling';

/** The resolver as it was opened: its texts, and the questions that were listed then. */
type Resolver = { readonly sides: OpenSides; readonly listed: readonly OpenConflict[] };

const ROUNDS = 14;

const RESTORED: readonly (SyncPath | null)[] = [null, null, null, ['cells', 'a'], ['cells', 'b'], ['cells'], ['list'], ['items'], ['items', { idKey: 'id', idValue: '"k1"' }]];

const textOf = (file: TextFile): string => gunzipSync(readFileSync(file.path)).toString('utf8');
const rolling = (rolls: readonly number[]): Roll => {
  let at = 0;
  return (most) => {
    const roll = rolls[at % rolls.length] ?? 0;
    at += 1;
    return roll % most;
  };
};
const isEdit = (what: StoryAct['what']): what is Edit => EDITS.some((one) => one === what);

let worlds = 0;

/** One story as it is played: devices around one host, what was done so far, and which promises were broken. */
class Play {
  readonly broken = new Set<string>();
  readonly #devices: readonly StoryDevice[];
  readonly #history = new History();
  readonly #answers = new Answers(this.#history);
  readonly #telling = new Telling(this.#history, this.#answers, () => this.#versions().at(-1)?.version ?? 0);
  readonly #listed = new Map<StoryDevice, ReadonlySet<string>>();
  readonly #resolvers = new Map<StoryDevice, Resolver>();
  #values = 0;

  constructor(
    private readonly world: SimulatedWorld,
    devices: number,
  ) {
    worlds += 1;
    this.#devices = Array.from({ length: devices }, (_, index) => new StoryDevice(world, `${String(worlds)}-${'ABC'.charAt(index)}`));
  }

  readonly #fresh = (): string => `v${String((this.#values += 1))}`;

  #versions(): ReturnType<SimulatedWorld['host']['control']['documents']['versions']> {
    return this.world.host.control.documents.versions(KEY);
  }

  async begin(): Promise<void> {
    this.#devices[0]?.write(START);
    for (const device of this.#devices) await this.#sync(device, null);
  }

  async act({ who, what, rolls, killedAt }: StoryAct): Promise<void> {
    const [device, roll] = [this.#devices[who % this.#devices.length] as StoryDevice, rolling(rolls)];
    if (isEdit(what)) return this.#edit(device, what, roll);
    switch (what) {
      case 'sync':
        return this.#sync(device, killedAt);
      case 'race':
        await Promise.all([this.#sync(device, null), this.#sync(this.#devices[(who + 1) % this.#devices.length] as StoryDevice, null)]);
        return;
      case 'decide':
        return this.#decide(device, roll, killedAt);
      case 'open':
        return this.#open(device);
      case 'settle':
        if (!this.#resolvers.has(device)) await this.#open(device);
        return this.#settle(device, roll, killedAt);
      case 'restore':
        return this.#restore(device, roll, killedAt);
      case 'undo':
        return this.#undo(device, killedAt);
      case 'restart':
        return device.restart();
    }
  }

  #edit(device: StoryDevice, what: Edit, roll: Roll): void {
    const [before, seen] = [device.facts, device.seen()];
    device.write(edited(device.document, what, roll, this.#fresh));
    this.#telling.changed(device, before, device.facts, seen);
  }

  async #sync(device: StoryDevice, killedAt: number | null): Promise<void> {
    const ended = await device.attempt(() => device.engine.run(DOCUMENT), killedAt);
    if (ended !== 'killed') this.#telling.looked(device);
    if (typeof ended === 'object' && ended.done.state === 'clean') this.#telling.told(device);
    this.#look(device);
  }

  /** The questions that came with a sync. What another decided is another's, where this device has an edit of its own to tell of. */
  #look(device: StoryDevice): void {
    for (const conflict of device.questions) {
      const isNew = this.#listed.get(device)?.has(conflict.id) !== true;
      if (isNew && !device.hasUntoldAt(placeOf(conflict.path)) && this.#answers.isAskedTwice(conflict)) this.broken.add(`asked twice: ${placeOf(conflict.path)}`);
    }
    this.#listed.set(device, new Set(device.questions.map(({ id }) => id)));
  }

  async #answer(device: StoryDevice, conflict: OpenConflict, answer: Decided, killedAt: number | null): Promise<void> {
    const ended = await device.attempt(() => device.engine.resolve(conflict.id, answer.choice), killedAt);
    if (ended !== 'refused') this.#telling.decided(device, conflict, answer, ended !== 'killed');
  }

  async #decide(device: StoryDevice, roll: Roll, killedAt: number | null): Promise<void> {
    // Now and then what was decided is decided anew.
    const open = roll(5) === 0 ? device.questions : device.engine.conflicts();
    for (const conflict of open) if (roll(3) > 0) await this.#answer(device, conflict, decided(conflict, roll, this.#fresh), killedAt);
  }

  async #open(device: StoryDevice): Promise<void> {
    const ended = await device.attempt(() => device.engine.sides(DOCUMENT), null);
    if (typeof ended === 'object' && ended.done !== null) this.#resolvers.set(device, { sides: ended.done, listed: device.questions });
  }

  async #settle(device: StoryDevice, roll: Roll, killedAt: number | null): Promise<void> {
    const resolver = this.#resolvers.get(device);
    this.#resolvers.delete(device);
    if (resolver === undefined) return;
    const { base, mine, theirs, policy, stamp } = resolver.sides;
    const open = openMerge(base === null ? null : textOf(base), textOf(mine), textOf(theirs), { policy, digest: sha256Hex });
    if (!('outcome' in open)) return;
    const answers = open.outcome.conflicts.map(({ id }) => {
      const conflict = resolver.listed.find((one) => one.id === id);
      return conflict === undefined ? null : ([conflict, roll(2) === 0 ? keepingMost(conflict) : decided(conflict, roll, this.#fresh)] as const);
    });
    if (answers.includes(null)) this.broken.add('the resolver asks what is not in the list');
    const made = answers.filter((one) => one !== null);
    const choices = made.flatMap(([{ id }, { choice }]): (readonly [string, Choice])[] => {
      const read = readChoice(choice);
      return read.ok ? [[id, read.choice]] : [];
    });
    const path = device.pathFor('result.gz');
    writeFileSync(path, gzipSync(open.text(new Map(choices)) ?? ''));
    const [before, decisions] = [device.facts, made.map(([{ id, path: place }, { choice }]) => ({ id, path: place, choice: choice.take, result: null }))];
    const ended = await device.attempt(() => device.engine.settle(DOCUMENT, { stamp, result: { path }, decisions }), killedAt);
    if (ended === 'refused' || (ended !== 'killed' && !ended.done)) return;
    device.before = before;
    for (const [conflict, answer] of made) this.#telling.decided(device, conflict, answer, ended !== 'killed');
  }

  async #restore(device: StoryDevice, roll: Roll, killedAt: number | null): Promise<void> {
    const versions = this.#versions();
    const version = versions[roll(versions.length || 1)];
    if (version === undefined) return;
    const [path, before, seen] = [RESTORED[roll(RESTORED.length)] ?? null, device.facts, new Map(device.seen())];
    const [goal, head] = [factsOf(JSON.parse(version.content)), factsOf(JSON.parse(versions.at(-1)?.content ?? '{}'))];
    // It goes over all that is newer, at the host too.
    for (const place of new Set([...before.keys(), ...goal.keys(), ...head.keys()])) seen.set(place, new Set([...(seen.get(place) ?? []), factAt(before, place), factAt(head, place)]));
    const ended = await device.attempt(() => device.engine.restore(DOCUMENT, version.version, path === null ? null : [path], { sync: roll(2) === 0 }), killedAt);
    this.#look(device);
    if (ended === 'refused' || (ended !== 'killed' && !ended.done)) return;
    device.before = before;
    const [after, isIn] = [device.facts, (place: string): boolean => path === null || meet(place, placeOf(path))];
    for (const place of seen.keys()) {
      if (!isIn(place)) continue;
      const is = factAt(goal, place);
      const isDone = ended !== 'killed' && factAt(after, place) === is;
      device.hasToTell(place);
      this.#history.add({ who: device.name, place, knew: seen.get(place) ?? new Set(), after: isDone || ended === 'killed' ? is : factAt(after, place), by: 'chosen', sure: isDone });
    }
  }

  async #undo(device: StoryDevice, killedAt: number | null): Promise<void> {
    const [before, seen, goal] = [device.facts, device.seen(), device.before];
    const ended = await device.attempt(() => device.engine.takeBack(DOCUMENT), killedAt);
    this.#telling.changed(device, before, ended === 'killed' ? (goal ?? device.facts) : device.facts, seen, { by: 'chosen', sure: ended !== 'killed' });
  }

  /** In quiet, with all that is asked answered, there is one document; then nothing more is sent. */
  async end(): Promise<void> {
    let quiet = 0;
    for (let round = 0; round < ROUNDS && quiet < 2; round += 1) {
      quiet += 1;
      for (const device of this.#devices) {
        const head = this.#versions().at(-1)?.version;
        await this.#sync(device, null);
        if (device.questions.length > 0) {
          for (const conflict of device.engine.conflicts()) await this.#answer(device, conflict, keepingMost(conflict), null);
          await this.#sync(device, null);
          quiet = 0;
        }
        if (head !== this.#versions().at(-1)?.version) quiet = 0;
      }
    }
    if (quiet < 2) this.broken.add('no rest');
    this.world.asked();
    for (const device of this.#devices) await this.#sync(device, null);
    if (postsIn(this.world.asked()) > 0) this.broken.add('something is sent at rest');
    const [first, ...others] = this.#devices as readonly [StoryDevice, ...StoryDevice[]];
    const head: unknown = JSON.parse(this.#versions().at(-1)?.content ?? 'null');
    if (![...others.map(({ document }) => document), head].every((one) => isDeepStrictEqual(one, first.document))) this.broken.add('no one document');
    for (const fault of [...this.#history.lost(first.facts), ...this.#history.doubled(first.document.list)]) this.broken.add(fault);
  }

  remove(): void {
    for (const device of this.#devices) device.remove();
  }
}

/**
 * Plays a story and says which promises were not kept; nothing: all were. Each fact is there in the end, or was overwritten
 * by somebody who knew it; no item stands twice; the resolver asks what the list does; nobody is asked what was decided and
 * told; and there is a rest, with one document, in which nothing is sent.
 */
export const brokenPromises = async (world: SimulatedWorld, { devices, acts }: ActsStory): Promise<readonly string[]> => {
  world.host.control.reset();
  const play = new Play(world, devices);
  try {
    await play.begin();
    for (const act of acts) await play.act(act);
    await play.end();
    return [...play.broken];
  } finally {
    play.remove();
  }
};

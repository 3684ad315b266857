import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { z } from 'zod';
import { writeFileAtomic } from '../../lib/atomic-file';
import { sha256Hex } from '../../lib/canonical-json';
import { resolverCalls } from '../../shared/ipc/calls/resolver-calls';
import type { ItemState } from '../../shared/model/resolver';
import { textPath } from '../../merge';
import { DraftFile } from './draft-file';
import { typedFault } from './faults';
import { ListView } from './list-view';
import { ownAsks, type Counts, type Texts } from './messages';
import { ResultTree } from './result-tree';
import { Session } from './session';
import { glance } from './value-text';

/** What lies on the desk: one merge, and the views of it. */
type Work = { readonly session: Session; readonly list: ListView; readonly tree: ResultTree; readonly bytes: number };

export type DeskPorts = {
  readonly now: () => number;
  /** Runs `act` once after `ms`; returns the cancel. */
  readonly after: (ms: number, act: () => void) => () => void;
};

/** A draft is written this long after the last decision, and before anything ends. */
const KEEP_AFTER_MS = 300;
/** Values longer than this are not repeated in the list of settled conflicts. */
const MOST_TOLD = 2000;

type Input<K extends keyof typeof resolverCalls> = z.output<(typeof resolverCalls)[K]['input']>;
type Output<K extends keyof typeof resolverCalls> = z.output<(typeof resolverCalls)[K]['output']>;

const isOwn = (ask: string): ask is keyof typeof ownAsks => Object.hasOwn(ownAsks, ask);

/** Holds one merge while a person decides, and answers for what is shown of it. One thing at a time. */
export class Desk {
  #work: Work | null = null;
  #draft: DraftFile | null = null;
  #cancelKeeping: (() => void) | null = null;

  constructor(private readonly ports: DeskPorts) {}

  /** Answers one ask by its name. Throws for what is none. */
  answer(ask: string, input: unknown): unknown {
    if (isOwn(ask)) return this.#own(ask, input);
    const answers = (this.#answers as Readonly<Record<string, (input: never) => unknown>>)[ask];
    if (answers === undefined) throw new Error(`nothing answers ${ask}`);
    return answers(resolverCalls[`resolver:${ask}` as keyof typeof resolverCalls].input.parse(input) as never);
  }

  #own(ask: keyof typeof ownAsks, input: unknown): unknown {
    switch (ask) {
      case 'open':
        return this.#open(ownAsks.open.parse(input));
      case 'renew':
        return this.#renew(ownAsks.renew.parse(input).texts);
      case 'counts':
        return this.#session.counts();
      case 'typed':
        return this.#session.typed();
      case 'finish':
        return this.#finish(ownAsks.finish.parse(input).to);
      case 'keep':
        this.#keepNow();
        return null;
      case 'forget':
        this.#cancelKeeping?.();
        this.#cancelKeeping = null;
        this.#draft?.remove();
        this.#draft = null;
        return null;
    }
  }

  readonly #answers = {
    list: ({ filter, from, count }: Input<'resolver:list'>): Output<'resolver:list'> => this.#now.list.page(filter, from, count),
    next: ({ filter, from, back, open }: Input<'resolver:next'>): Output<'resolver:next'> => this.#now.list.next(filter, from, back, open),
    row: ({ filter, id }: Input<'resolver:row'>): Output<'resolver:row'> => this.#now.list.row(filter, id),
    item: ({ id }: Input<'resolver:item'>): Output<'resolver:item'> => this.#session.view(id),
    value: ({ id, side, from, count }: Input<'resolver:value'>): Output<'resolver:value'> => {
      const item = this.#session.item(id);
      return item === null ? { total: 0, lines: [] } : this.#session.lines(item, side, from, count);
    },
    'edit-text': ({ id, lines }: Input<'resolver:edit-text'>): Output<'resolver:edit-text'> => {
      const item = this.#session.item(id);
      const text = item === null ? null : this.#session.editText(item, lines);
      return text === null ? null : { text };
    },
    check: ({ id, text }: Input<'resolver:check'>): Output<'resolver:check'> => {
      const item = this.#session.item(id);
      return item === null ? null : typedFault(item, text, this.#session.rules);
    },
    choose: ({ id, choice, scope, anew }: Input<'resolver:choose'>): Counts => this.#decide(() => this.#session.choose(id, choice, scope, anew === true)),
    'set-aside': ({ id }: Input<'resolver:set-aside'>): Counts => this.#decide(() => this.#session.setAside(id)),
    'take-all': ({ take }: Input<'resolver:take-all'>): Counts => this.#decide(() => this.#session.takeAll(take)),
    'replace-counts': ({ side }: Input<'resolver:replace-counts'>): Output<'resolver:replace-counts'> => this.#session.replaceCounts(side),
    replace: ({ side }: Input<'resolver:replace'>): Counts => this.#decide(() => this.#session.replace(side)),
    undo: (): { readonly counts: Counts; readonly focus: string | null } => {
      let focus: string | null = null;
      const counts = this.#decide(() => (focus = this.#session.undo()));
      return { counts, focus };
    },
    redo: (): { readonly counts: Counts; readonly focus: string | null } => {
      let focus: string | null = null;
      const counts = this.#decide(() => (focus = this.#session.redo()));
      return { counts, focus };
    },
    tree: ({ from, count }: Input<'resolver:tree'>): Output<'resolver:tree'> => this.#now.tree.page(from, count),
    expand: ({ node, expanded }: Input<'resolver:expand'>): null => {
      this.#now.tree.expand(node, expanded);
      return null;
    },
    find: ({ text, after }: Input<'resolver:find'>): Output<'resolver:find'> => this.#now.tree.find(text, after),
    reveal: ({ id }: Input<'resolver:reveal'>): Output<'resolver:reveal'> => {
      const item = this.#session.item(id);
      return item === null ? null : this.#now.tree.reveal(item);
    },
  } as const;

  get #now(): Work {
    if (this.#work === null) throw new Error('nothing is open');
    return this.#work;
  }

  get #session(): Session {
    return this.#now.session;
  }

  #open({ texts, draft, decided }: z.output<typeof ownAsks.open>): unknown {
    this.#draft = new DraftFile(draft, this.ports.now);
    const work = readWork(texts);
    if (work === null) return { ok: false };
    this.#work = work;
    const kept = this.#draft.read() ?? { decided: Object.entries(decided), past: [], future: [], whole: null, drafts: [], again: [], places: [], wholeOf: null };
    const renewal = work.session.takeUp(kept);
    return { ok: true, counts: work.session.counts(), bytes: work.bytes, renewal };
  }

  #renew(texts: Texts): unknown {
    const before = this.#session;
    const work = readWork(texts);
    if (work === null) return { ok: false };
    this.#work = work;
    const renewal = work.session.goOn(before);
    this.#keepSoon();
    return { ok: true, counts: work.session.counts(), bytes: work.bytes, renewal };
  }

  #decide(act: () => void): Counts {
    act();
    this.#keepSoon();
    return this.#session.counts();
  }

  #finish(to: string): unknown {
    const finished = this.#session.finish();
    if ('blocked' in finished) return { ok: false, blocked: finished.blocked };
    writeFileAtomic(to, gzipSync(finished.text, { level: 1 }));
    const session = this.#session;
    const decisions = session.items
      .filter(({ conflict }) => conflict)
      .map((item) => {
        const value = session.valueOf(item, 'result');
        return { id: item.id, path: textPath(item.path), choice: session.whole ?? wordOf(session.stateOf(item)), result: value === undefined ? null : glance(value, MOST_TOLD) };
      });
    return { ok: true, decisions };
  }

  #keepSoon(): void {
    this.#cancelKeeping?.();
    this.#cancelKeeping = this.ports.after(KEEP_AFTER_MS, () => this.#keepNow());
  }

  #keepNow(): void {
    this.#cancelKeeping?.();
    this.#cancelKeeping = null;
    if (this.#work === null || this.#draft === null) return;
    const kept = this.#work.session.keep();
    if (kept.decided.length + kept.past.length + kept.future.length + kept.drafts.length + kept.again.length === 0 && kept.whole === null) this.#draft.remove();
    else this.#draft.write(kept);
  }
}

/** Both in whichever order is one word in the list of settled conflicts. */
const wordOf = (state: ItemState): string => (state === 'both-mine' || state === 'both-theirs' ? 'both' : state);

const readText = (path: string): string => gunzipSync(readFileSync(path)).toString('utf8');

const readWork = ({ base, mine, theirs, policy }: Texts): Work | null => {
  const texts = { base: base === null ? null : readText(base), mine: readText(mine), theirs: readText(theirs), policy };
  const session = Session.open(texts, sha256Hex);
  return session === null ? null : { session, list: new ListView(session), tree: new ResultTree(session), bytes: Buffer.byteLength(texts.mine) };
};

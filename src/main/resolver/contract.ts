import type { z } from 'zod';
import type { resolverCalls } from '../../shared/ipc/calls/resolver-calls';
import type { DocumentRef, LeftText, ResolverView } from '../../shared/model/resolver';
import type { SyncTakenBack } from '../../shared/model/sync';

type Calls = typeof resolverCalls;
type Input<K extends keyof Calls> = z.output<Calls[K]['input']>;
type Output<K extends keyof Calls> = z.output<Calls[K]['output']>;

/** `ended`: nothing waits for a person any more, or the process broke off; `left`: what was typed until then. */
export type SessionChange = { readonly session: string; readonly ended: 'settled' | 'broke' | null; readonly left: LeftText[] };

/** Looks at the merge, and changes nothing but what is shown of it. */
export type Look = 'list' | 'next' | 'row' | 'item' | 'value' | 'edit-text' | 'check' | 'replace-counts' | 'tree' | 'expand' | 'find' | 'reveal';
/** Decides something; all of it can be undone until it is applied. */
export type Act = 'choose' | 'set-aside' | 'take-all' | 'replace';

/**
 * The one session in which a person decides what a merge could not. The merge lies in a process of its own; what was decided
 * is kept at once, for the next session of the same document. Rejects with `PicferryError` when the session is over.
 */
export interface ResolverService {
  /** Null when nothing waits for a person there. Ends the session before. */
  open(document: DocumentRef): Promise<ResolverView | null>;
  view(session: string): ResolverView;
  look<K extends Look>(name: K, input: Input<`resolver:${K}`>): Promise<Output<`resolver:${K}`>>;
  act<K extends Act>(name: K, input: Input<`resolver:${K}`>): Promise<ResolverView>;
  step(direction: 'undo' | 'redo', session: string): Promise<Output<'resolver:undo'>>;
  /** The person has read what came from elsewhere. */
  seen(session: string): ResolverView;
  /** Ends the session when the document was taken; otherwise says why it was not. */
  apply(session: string): Promise<Output<'resolver:apply'>>;
  undoApply(document: DocumentRef): Promise<SyncTakenBack>;
  close(session: string): Promise<void>;
  rev(): number;
  /** Something came from elsewhere. */
  onChange(listener: (change: SessionChange) => void): () => void;
  end(): Promise<void>;
}

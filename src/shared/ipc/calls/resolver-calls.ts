import { z } from 'zod';
import { Blocked, Decided, DocumentRef, ItemFilter, ItemView, LeftText, ListRow, MOST_TYPED, ReplaceCounts, ResolverView, TreeRow, ValueFault, ValueSide } from '../../model/resolver';
import { SyncTakenBack } from '../../model/sync';
import { call, Id, Nothing } from '../call';

const Session = z.strictObject({ session: Id });
const of = <S extends z.ZodRawShape>(shape: S) => Session.extend(shape);
/** A page of a long list. */
const page = { from: z.number().int().nonnegative(), count: z.number().int().min(1).max(500) };
const Place = z.string().min(1).max(200);
const Node = z.string().max(100_000);
const Side = z.enum(['mine', 'theirs']);
const Stepped = z.strictObject({ view: ResolverView, focus: Place.nullable() });

/**
 * The session in which a person decides what a merge could not. It lives in a process of its own: the window asks for the
 * rows that it shows, and main holds no document. Everything before `apply` can be undone, and stays for the next `open`.
 */
export const resolverCalls = {
  /** Null: nothing waits for a person in this document (any more). Ends the session before it, whose decisions are kept. */
  'resolver:open': call(DocumentRef, ResolverView.nullable()),
  'resolver:view': call(Session, ResolverView),
  'resolver:list': call(of({ filter: ItemFilter, ...page }), z.strictObject({ total: z.number(), items: z.number(), rows: z.array(ListRow) })),
  /** The next place before or behind one; `row` is its line in the filtered list. Begins anew at the end. */
  'resolver:next': call(of({ filter: ItemFilter, from: Place.nullable(), back: z.boolean(), open: z.boolean() }), z.strictObject({ id: Place, row: z.number() }).nullable()),
  /** The line of a place in the filtered list; null when it is not in it. */
  'resolver:row': call(of({ filter: ItemFilter, id: Place }), z.number().nullable()),
  'resolver:item': call(of({ id: Place }), ItemView.nullable()),
  /** Lines of one side's value, printed; long lines are cut. */
  'resolver:value': call(of({ id: Place, side: ValueSide, ...page }), z.strictObject({ total: z.number(), lines: z.array(z.string()) })),
  /** A value as text to edit; null when it is too long for that. `lines`: both sides' texts merged by lines. */
  'resolver:edit-text': call(of({ id: Place, lines: z.boolean() }), z.strictObject({ text: z.string().max(MOST_TYPED) }).nullable()),
  /** What is wrong with a typed value. */
  'resolver:check': call(of({ id: Place, text: z.string().max(MOST_TYPED) }), ValueFault.nullable()),
  /** Null takes a decision back. Does nothing while the whole document is replaced. `scope`: also all undecided places of the same parent, or of the same kind. `anew`: typing begins here, and is undone by itself. */
  'resolver:choose': call(of({ id: Place, choice: Decided.nullable(), scope: z.enum(['this', 'subtree', 'kind']), anew: z.boolean().optional() }), ResolverView),
  /** The typing that goes on at a place does not count: what was decided before stands again, and the text is kept as a draft. */
  'resolver:set-aside': call(of({ id: Place }), ResolverView),
  /** For what is undecided, and nothing else. */
  'resolver:take-all': call(of({ take: Side }), ResolverView),
  /** What replacing the whole document by a side's would change in the result. */
  'resolver:replace-counts': call(of({ side: Side }), ReplaceCounts),
  /** Null ends it: single choices count again. */
  'resolver:replace': call(of({ side: Side.nullable() }), ResolverView),
  'resolver:undo': call(Session, Stepped),
  'resolver:redo': call(Session, Stepped),
  'resolver:seen': call(Session, ResolverView),
  'resolver:tree': call(of(page), z.strictObject({ total: z.number(), rows: z.array(TreeRow) })),
  'resolver:expand': call(of({ node: Node, expanded: z.boolean() }), Nothing),
  /** The next line of the tree whose key or value holds the text, opened up to it. */
  'resolver:find': call(of({ text: z.string().min(1).max(500), after: Node.nullable() }), z.strictObject({ node: Node, row: z.number() }).nullable()),
  /** Opens the tree up to a place; null where nothing of it is in the result. */
  'resolver:reveal': call(of({ id: Place }), z.strictObject({ node: Node, row: z.number() }).nullable()),
  /** Writes the result into the file and sends it on. `blocked` says why nothing was done. */
  'resolver:apply': call(Session, z.strictObject({ blocked: Blocked.nullable(), view: ResolverView.nullable() })),
  /** Puts back what the file held before the last `apply`, as a new version; false when the file was changed since. */
  'resolver:undo-apply': call(DocumentRef, SyncTakenBack),
  /** Ends the session; what was decided is there again at the next `open`. */
  'resolver:close': call(Session, Nothing),
} as const;

export const resolverEvents = {
  /** Something came from elsewhere: another device's decision, an edit of the file, or the name of a device. `left`: what was typed in a session that ended. */
  'resolver:changed': z.strictObject({ rev: z.number().int().nonnegative(), session: Id, ended: z.enum(['settled', 'broke']).nullable(), left: z.array(LeftText) }),
} as const;

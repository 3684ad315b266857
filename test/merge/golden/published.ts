import type { Golden } from './golden';

const all = (...ids: readonly number[]): { id: number }[] => ids.map((id) => ({ id }));
const nodes = (text: string): string[] => text.split(' ');

/** Cases that other tools publish as tests or got wrong, each by its number; what is right is said by the report or its fix. */
export const published: readonly Golden[] = [
  // microsoft/vscode, Settings Sync
  { name: 'vscode settingsMerge: same entries in different order', mine: { b: 2, a: 1 }, theirs: { a: 1, b: 2 }, expected: { a: 1, b: 2 } },
  { name: 'vscode settingsMerge: same in another order, the base had other values', base: { a: 2, b: 1 }, mine: { b: 2, a: 1 }, theirs: { a: 1, b: 2 }, expected: { a: 1, b: 2 } },
  { name: 'vscode settingsMerge: new entries in remote, no base', mine: { a: 1 }, theirs: { a: 1, b: 2, c: 3 }, expected: { a: 1, b: 2, c: 3 } },
  { name: 'vscode settingsMerge: all entries removed from remote, local unchanged', base: { a: 1 }, mine: { a: 1 }, theirs: {}, expected: {} },
  { name: 'vscode settingsMerge: remote moved forward with several changes', base: { a: 1 }, mine: { a: 1 }, theirs: { a: 2, b: 1, c: 3, d: 4 }, expected: { a: 2, b: 1, c: 3, d: 4 } },
  { name: 'vscode settingsMerge: remote moved forward with order changes', base: { a: 1, b: 2, c: 3 }, mine: { a: 1, b: 2, c: 3 }, theirs: { a: 2, d: 4, c: 3, b: 2 }, expected: { a: 2, d: 4, c: 3, b: 2 } },
  { name: 'vscode settingsMerge: one entry with different values, no base', mine: { a: 1 }, theirs: { a: 2 }, expected: { a: 1 }, conflicts: ['add/add /a'] },
  { name: 'vscode settingsMerge: removed in remote, updated in local, another added in remote', base: { a: 1 }, mine: { a: 2 }, theirs: { b: 2 }, expected: { a: 2, b: 2 }, conflicts: ['edit/delete /a'] },
  { name: 'vscode settingsMerge: single entry and local is empty', base: { a: 1 }, mine: {}, theirs: { a: 2 }, expected: { a: 2 }, conflicts: ['delete/edit /a'] },
  {
    name: 'vscode settingsMerge: both moved forward with conflicts',
    base: { a: 1, b: 2, c: 3, d: 4 },
    mine: { a: 2, c: 3, d: 5, e: 4, f: 1 },
    theirs: { b: 3, c: 3, d: 6, e: 5 },
    expected: { a: 2, b: 3, c: 3, d: 5, e: 4, f: 1 },
    conflicts: ['edit/delete /a', 'delete/edit /b', 'edit/edit /d', 'add/add /e'],
  },
  {
    name: 'vscode settingsMerge: both moved forward with a change in order',
    base: { a: 1, b: 2, c: 3, d: 4 },
    mine: { a: 2, c: 3, b: 2, d: 4, e: 5 },
    theirs: { a: 1, b: 2, c: 4 },
    expected: { a: 2, b: 2, c: 4, e: 5 },
  },
  { name: 'vscode #131971: keys only sorted on one side', base: { z: 1, a: { y: 1, b: 2 } }, mine: { a: { b: 2, y: 1 }, z: 1 }, theirs: { z: 1, a: { y: 1, b: 2 } }, expected: { z: 1, a: { y: 1, b: 2 } } },
  { name: 'vscode #96370: another order on each side, no value changed', base: { a: 1, b: 2, c: 3 }, mine: { c: 3, b: 2, a: 1 }, theirs: { b: 2, a: 1, c: 3 }, expected: { a: 1, b: 2, c: 3 } },
  { name: 'vscode #107363: another order and one edit', base: { a: 1, b: 2 }, mine: { b: 2, a: 1 }, theirs: { a: 1, b: 3 }, expected: { a: 1, b: 3 } },
  { name: 'vscode #91484: another order inside an object, both added it', mine: { x: { p: 1, q: 2 } }, theirs: { x: { q: 2, p: 1 } }, expected: { x: { p: 1, q: 2 } } },
  { name: 'vscode #178281: a conflict nobody has looked at keeps a whole document', base: { a: 1, b: 2 }, mine: { a: 2, b: 2 }, theirs: { a: 3, b: 2 }, expected: { a: 2, b: 2 }, conflicts: ['edit/edit /a'] },
  { name: 'vscode #197609: conflicts at every key still give every key', base: { a: 1, b: 1 }, mine: { a: 2, b: 2 }, theirs: { a: 3, b: 3 }, expected: { a: 2, b: 2 }, conflicts: ['edit/edit /a', 'edit/edit /b'] },
  { name: 'vscode #167984: a new machine with defaults does not replace the cloud', mine: { theme: 'light' }, theirs: { theme: 'dark', keys: 'vim' }, expected: { theme: 'light', keys: 'vim' }, conflicts: ['add/add /theme'] },
  { name: 'vscode #268807: a new machine with nothing takes all', mine: {}, theirs: { a: 1, list: [1] }, expected: { a: 1, list: [1] } },
  { name: 'vscode #142797: a new machine does not delete what it never had', mine: { a: 1 }, theirs: { a: 1, b: { c: 1 } }, expected: { a: 1, b: { c: 1 } } },
  { name: 'vscode #89707: an ignored key is not overwritten by what comes in', base: { a: 1, zoom: 1 }, mine: { a: 1, zoom: 2 }, theirs: { a: 2, zoom: 3 }, expected: { a: 2, zoom: 2 }, policy: { rules: [{ path: '/zoom', as: 'local-only' }] }, oneSided: true },

  // Joplin
  { name: 'joplin #13531: an edit on each of two devices, whatever their clocks say', base: { body: 'x', title: 't' }, mine: { body: 'y', title: 't' }, theirs: { body: 'x', title: 'u' }, expected: { body: 'y', title: 'u' } },
  { name: 'joplin #13121: edits of one field by two devices, neither silently dropped', base: { body: 'x' }, mine: { body: 'y' }, theirs: { body: 'z' }, expected: { body: 'y' }, conflicts: ['edit/edit /body'] },
  { name: 'joplin #70: a phantom conflict, both sides hold the same', base: { body: 'x' }, mine: { body: 'y' }, theirs: { body: 'y' }, expected: { body: 'y' } },
  { name: 'joplin #2709: a phantom conflict, only one side changed', base: { body: 'x' }, mine: { body: 'x' }, theirs: { body: 'y' }, expected: { body: 'y' } },
  { name: 'joplin #16020: edits in different places of one document do not conflict', base: ['one', 'two', 'three'], mine: ['ONE', 'two', 'three'], theirs: ['one', 'two', 'THREE'], expected: ['ONE', 'two', 'THREE'] },

  // obsidian-livesync
  { name: 'livesync #579: counters of different days, one JSON file on every device', base: { '2025-02-01': 10 }, mine: { '2025-02-01': 10, '2025-02-02': 5 }, theirs: { '2025-02-01': 10, '2025-02-03': 7 }, expected: { '2025-02-01': 10, '2025-02-02': 5, '2025-02-03': 7 } },
  { name: 'livesync #892: two values are asked about, not chosen in silence', base: { v: 1 }, mine: { v: 2 }, theirs: { v: 3 }, expected: { v: 2 }, conflicts: ['edit/edit /v'] },
  { name: 'livesync #994: a device that was closed and changed nothing takes the additions', base: ['a'], mine: ['a'], theirs: ['a', 'b', 'c'], expected: ['a', 'b', 'c'] },
  { name: 'livesync #443: what was chosen does not come back when theirs has it, too', base: { v: 1 }, mine: { v: 3 }, theirs: { v: 3 }, expected: { v: 3 } },
  { name: 'livesync #368: a second round over the new base asks nothing', base: { v: 3, w: 1 }, mine: { v: 2, w: 1 }, theirs: { v: 3, w: 1 }, expected: { v: 2, w: 1 } },
  { name: 'livesync #738: a conflict always has two sides to choose from', base: { v: 1 }, mine: {}, theirs: { v: 2 }, expected: { v: 2 }, conflicts: ['delete/edit /v'] },
  { name: 'livesync #563: a config file that differs in one key conflicts in that key', mine: { a: 1, b: { c: 1 } }, theirs: { a: 1, b: { c: 2 } }, expected: { a: 1, b: { c: 1 } }, conflicts: ['add/add /b/c'] },
  { name: 'obsidian sync: settings laid over each other lose the remote edit of a shared key; here it is asked', base: { k: 1 }, mine: { k: 2 }, theirs: { k: 3, n: 1 }, expected: { k: 2, n: 1 }, conflicts: ['edit/edit /k'] },

  // Syncthing: content first
  { name: 'syncthing #5258: identical content on both sides is no conflict', mine: { a: [1, 2] }, theirs: { a: [1, 2] }, expected: { a: [1, 2] } },
  { name: 'syncthing #2619: identical content that is new to the base', base: {}, mine: { a: { b: [1] } }, theirs: { a: { b: [1] } }, expected: { a: { b: [1] } } },
  { name: 'syncthing #1795: one editor only never conflicts with itself', base: { n: 1 }, mine: { n: 4 }, theirs: { n: 1 }, expected: { n: 4 } },
  { name: 'syncthing #2584: one editor, several keys', base: { n: 1, m: 1 }, mine: { n: 2, m: 3 }, theirs: { n: 1, m: 1 }, expected: { n: 2, m: 3 } },

  // CouchDB and PouchDB
  { name: 'pouchdb #4630: two devices that resolved alike agree', base: { v: 1 }, mine: { v: 9, r: 'a' }, theirs: { v: 9, r: 'a' }, expected: { v: 9, r: 'a' } },
  { name: 'pouchdb #4642: equal content needs no new revision', base: { v: [1] }, mine: { v: [1] }, theirs: { v: [1] }, expected: { v: [1] } },
  { name: 'pouchdb #4145: two resolvers that chose differently are asked again', base: { v: 1 }, mine: { v: 8 }, theirs: { v: 9 }, expected: { v: 8 }, conflicts: ['edit/edit /v'] },
  { name: 'pouchdb #8356: two counts of one thing are not lost, but asked', base: { count: 5 }, mine: { count: 6 }, theirs: { count: 7 }, expected: { count: 6 }, conflicts: ['edit/edit /count'] },

  // diff3 and its JavaScript versions
  { name: 'diff3 paper: diff3 conflicts over the salmon that both moved; here a move made twice is made once', base: nodes('celery garlic onions salmon tomatoes wine'), mine: nodes('celery salmon tomatoes garlic onions wine'), theirs: nodes('celery salmon garlic onions tomatoes wine'), expected: nodes('celery salmon tomatoes garlic onions wine') },
  { name: 'node-diff3 readme: ranges that only touch', base: ['one', 'two'], mine: ['ONE', 'two'], theirs: ['one', 'TWO'], expected: ['ONE', 'TWO'] },
  {
    name: 'node-diff3 merge test: its first conflict is one here, its second only touches',
    base: nodes('AA ZZ 00 M 99'),
    mine: nodes('AA a b c ZZ new 00 a a M 99'),
    theirs: nodes('AA a d c ZZ 11 M z z 99'),
    expected: nodes('AA a b c ZZ new 11 a a M z z 99'),
    conflicts: ['list /[1,1)'],
  },
  {
    name: 'langram/node-diff3 #5: the first of three conflicts is not overlooked',
    base: nodes('one two three four five six'),
    mine: nodes('one 22222 three 44 five 6666'),
    theirs: nodes('one TTTTTT three F five SSSSS'),
    expected: nodes('one 22222 three 44 five 6666'),
    conflicts: ['list /[1,2)', 'list /[3,4)', 'list /[5,6)'],
  },
  {
    name: 'openstreetmap/iD #3058: no row twice, no conflict',
    base: nodes('n4100522632 n4100697091 n4100697136 n4102671583 n4102671584 n4102671585 n4102671586 n4102671587 n4102671588 n4102677889 n4102677890 n4094374176'),
    mine: nodes('n4100522632 n4100697091 n4100697136 n-10000 n4102671583 n4102671584 n4102671585 n4102671586 n4102671587 n4102671588 n4102677889 n4102677890 n4094374176'),
    theirs: nodes('n4100522632 n4100697091 n4100697136 n4102671583 n4102671584 n4102671585 n4102671586 n4102671587 n4102671588 n4102677889 n4105613618 n4102677890 n4105613617 n4094374176'),
    expected: nodes('n4100522632 n4100697091 n4100697136 n-10000 n4102671583 n4102671584 n4102671585 n4102671586 n4102671587 n4102671588 n4102677889 n4105613618 n4102677890 n4105613617 n4094374176'),
  },
  { name: 'bhousel/node-diff3 #46: title and description changed by one side each', base: ['title: "title"', 'description: "title"'], mine: ['title: "title"', 'description: "title changed"'], theirs: ['title: "title changed"', 'description: "title"'], expected: ['title: "title changed"', 'description: "title changed"'] },
  { name: 'bhousel/node-diff3 #59: one side unchanged, the other edits and adds', base: ['adopted as of (Date) by'], mine: ['adopted as of (Date) by'], theirs: ['adopted as of [Date] by', '', '123'], expected: ['adopted as of [Date] by', '', '123'] },
  { name: 'Engram PR #581: overlap is judged on the base, not on the sides', base: [1, 2, 3, 4], mine: [1, 2, 9, 9, 9, 9, 3, 4], theirs: [1, 2, 3, 8], expected: [1, 2, 9, 9, 9, 9, 3, 8] },
  { name: 'git merge-file: a key both added at different places is not added twice', base: { a: 1, z: 1 }, mine: { n: 1, a: 1, z: 1 }, theirs: { a: 1, z: 1, n: 1 }, expected: { a: 1, z: 1, n: 1 } },

  // mergiraf
  { name: 'mergiraf: insert same keys at the same position', base: { a: 1 }, mine: { a: 1, new: 1 }, theirs: { a: 1, new: 1 }, expected: { a: 1, new: 1 } },
  { name: 'mergiraf: insert different keys at the same position', base: { a: 1, z: 1 }, mine: { a: 1, m: 1, z: 1 }, theirs: { a: 1, t: 1, z: 1 }, expected: { a: 1, m: 1, t: 1, z: 1 } },
  { name: 'mergiraf: insert same keys with different values', base: { a: 1 }, mine: { a: 1, new: 1 }, theirs: { a: 1, new: 2 }, expected: { a: 1, new: 1 }, conflicts: ['add/add /new'] },

  // git-json-merge (xdiff)
  { name: 'git-json-merge #20: new keys stay where they were put', base: { a: 1, c: 3, e: 5 }, mine: { a: 1, b: 2, c: 3, e: 5 }, theirs: { a: 1, c: 3, d: 4, e: 5 }, expected: { a: 1, b: 2, c: 3, d: 4, e: 5 } },
  { name: 'git-json-merge #3: elements added to one array by both', base: { l: all(1) }, mine: { l: all(1, 2) }, theirs: { l: all(1, 3) }, expected: { l: all(1, 2, 3) } },
  { name: 'git-json-merge #15: different nodes added and updated by two people', base: { tests: [{ id: 1, n: 'a' }] }, mine: { tests: [{ id: 1, n: 'b' }] }, theirs: { tests: [{ id: 1, n: 'a' }, { id: 2, n: 'c' }] }, expected: { tests: [{ id: 1, n: 'b' }, { id: 2, n: 'c' }] } },

  // trimerge
  { name: 'trimerge #27: removal against an edit inside an array', base: { f: [{ id: '122', name: '123' }] }, mine: { f: [] }, theirs: { f: [{ id: '122', name: '90999' }] }, expected: { f: [{ id: '122', name: '90999' }] }, conflicts: ['delete/edit /f/#122'] },
  { name: 'trimerge PR #14: an order conflict does not double the items', base: all(1, 2, 3), mine: all(2, 3, 1), theirs: all(3, 1, 2), expected: all(2, 3, 1), conflicts: ['order '] },
  { name: 'trimerge #2: nested arrays with objects', base: { a: [{ b: [{ c: 1 }] }] }, mine: { a: [{ b: [{ c: 1 }] }], d: 1 }, theirs: { a: [{ b: [{ c: 2 }] }] }, expected: { a: [{ b: [{ c: 2 }] }], d: 1 } },
  { name: 'trimerge: adds and changes field', base: { hello: 1, world: 2 }, mine: { hello: 1, world: 2, there: 2 }, theirs: { hello: 1, world: 3 }, expected: { hello: 1, world: 3, there: 2 } },
  { name: 'trimerge: adds and removes field', base: { hello: 1, world: 2 }, mine: { hello: 1, world: 2, there: 2 }, theirs: { hello: 1 }, expected: { hello: 1, there: 2 } },
  { name: 'trimerge: array add and move', base: all(1, 2, 3), mine: all(2, 1, 3), theirs: all(1, 2, 3, 4), expected: all(2, 1, 3, 4) },
  { name: 'trimerge: array simple moves and delete', base: all(1, 2, 3, 4, 5, 6), mine: all(1, 3, 4, 5, 6), theirs: all(1, 2, 3, 4, 6, 5), expected: all(1, 3, 4, 6, 5) },
  { name: 'trimerge: array simple moves and add', base: all(1, 2, 3, 4, 5, 6), mine: all(1, 7, 2, 3, 4, 5, 6), theirs: all(1, 2, 3, 4, 6, 5), expected: all(1, 7, 2, 3, 4, 6, 5) },
  { name: 'trimerge: array simple moves at both ends merge there; here two orders are asked', base: all(1, 2, 3, 4, 5, 6), mine: all(1, 2, 3, 4, 6, 5), theirs: all(2, 1, 3, 4, 5, 6), expected: all(1, 2, 3, 4, 6, 5), conflicts: ['order '] },
  { name: 'trimerge: array double remove', base: [1, 2, 3], mine: [2, 3], theirs: [1, 2], expected: [2] },
  { name: 'trimerge: array double remove at end', base: [1, 2, 3], mine: [1, 2], theirs: [1, 3], expected: [1] },
  { name: 'trimerge: array add and remove', base: [1, 2, 3], mine: [2, 3], theirs: [1, 2, 4, 3], expected: [2, 4, 3] },
  { name: 'trimerge: keyed object array with values', base: [{ id: 1, value: 1 }, { id: 2, value: 2 }, { id: 3, value: 3 }], mine: [{ id: 2, value: 10 }, { id: 3, value: 3 }], theirs: [{ id: 1, value: 1 }, { id: 2, value: 2 }, { id: 3, value: 3 }, { id: 4, value: 4 }], expected: [{ id: 2, value: 10 }, { id: 3, value: 3 }, { id: 4, value: 4 }] },
  { name: 'trimerge: keyed object array conflict', base: [{ id: 'foo' }, { id: 'bar' }], mine: [{ id: 'foo' }, { id: 'bar', value: 1 }], theirs: [{ id: 'foo' }, { id: 'bar', value: 2 }], expected: [{ id: 'foo' }, { id: 'bar', value: 1 }], conflicts: ['add/add /#bar/value'] },

  // git-documentdb, its cases of one document: here a key of one document. What it settles by strategy is asked here.
  { name: 'git-documentdb: remote inserts', base: {}, mine: {}, theirs: { _id: 'x' }, expected: { _id: 'x' } },
  { name: 'git-documentdb: both insert the same', base: {}, mine: { d: { _id: 'x', n: 1 } }, theirs: { d: { _id: 'x', n: 1 } }, expected: { d: { _id: 'x', n: 1 } } },
  { name: 'git-documentdb: both insert, with a different field', base: {}, mine: { d: { _id: 'x', n: 1 } }, theirs: { d: { _id: 'x', n: 2 } }, expected: { d: { _id: 'x', n: 1 } }, conflicts: ['add/add /d/n'] },
  { name: 'git-documentdb: local updates, remote deletes', base: { d: { n: 1 } }, mine: { d: { n: 2 } }, theirs: {}, expected: { d: { n: 2 } }, conflicts: ['edit/delete /d'] },
  { name: 'git-documentdb: local deletes, remote updates', base: { d: { n: 1 } }, mine: {}, theirs: { d: { n: 2 } }, expected: { d: { n: 2 } }, conflicts: ['delete/edit /d'] },
  { name: 'git-documentdb ot: both add other properties', base: { _id: 'nara', prof: 'Nara prefecture' }, mine: { _id: 'nara', prof: 'Nara prefecture', year: 1887, current: true }, theirs: { _id: 'nara', prof: 'Nara prefecture', prof2: 'Heijo-kyo', year2: 710, current2: false }, expected: { _id: 'nara', prof: 'Nara prefecture', year: 1887, current: true, prof2: 'Heijo-kyo', year2: 710, current2: false } },

  // Diff and patch formats
  { name: 'jsondiffpatch #420: equal nested arrays are equal', base: [[1, 2], [3]], mine: [[1, 2], [3]], theirs: [[1, 2], [3], [4]], expected: [[1, 2], [3], [4]] },
  { name: 'jsondiffpatch #254: an insertion before an edited item does not shift the edit', base: ['a', 'b', 'c'], mine: ['new', 'a', 'b', 'c'], theirs: ['a', 'b', 'C'], expected: ['new', 'a', 'b', 'C'] },
  { name: 'fast-json-patch #155: removing the first item is one change', base: ['a', 'b', 'c', 'd'], mine: ['b', 'c', 'd'], theirs: ['a', 'b', 'c', 'D'], expected: ['b', 'c', 'D'] },
  { name: 'RFC 7396 cannot say null: here null stays', base: { a: 'b' }, mine: { a: null }, theirs: { a: 'b', c: null }, expected: { a: null, c: null } },
  { name: 'RFC 7396 cannot merge arrays: here both items stay', base: { l: ['x'] }, mine: { l: ['a', 'x'] }, theirs: { l: ['x', 'b'] }, expected: { l: ['a', 'x', 'b'] } },
  { name: 'jq * brings deletes back: here they stay deleted', base: { a: 1, b: 1 }, mine: { b: 1 }, theirs: { a: 1, b: 2 }, expected: { b: 2 } },

  // CRDTs
  { name: 'automerge getConflicts: both values of one key are kept to choose from', base: { pets: 'none' }, mine: { pets: 'cat' }, theirs: { pets: 'dog' }, expected: { pets: 'cat' }, conflicts: ['edit/edit /pets'] },
  { name: 'yjs #573: the loser of two writes to one key is not gone', base: { k: 0 }, mine: { k: 'one' }, theirs: { k: 'two' }, expected: { k: 'one' }, conflicts: ['type /k'] },
  { name: 'yjs #306: a map set on both sides is merged, not replaced', base: {}, mine: { m: { a: 1 } }, theirs: { m: { b: 1 } }, expected: { m: { a: 1, b: 1 } } },
];

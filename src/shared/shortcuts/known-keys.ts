import { sameKeys } from './accelerator';

type Where = 'any' | 'mac' | 'other';
type KnownKeys = { readonly program: string; readonly where: Where; readonly keys: readonly string[] };

const withCommand = (keys: string, more = ''): readonly string[] => keys.split(' ').map((key) => `CommandOrControl+${more}${key}`);

/** Stands for every program with menus. */
export const EVERY_PROGRAM = '*';
/** Stands for the desktop itself. */
export const THE_SYSTEM = '@';

/** Keys of programs in which people write and draw, as their own lists of keys give them. A global key takes them away. */
const known: readonly KnownKeys[] = [
  { program: EVERY_PROGRAM, where: 'any', keys: [...withCommand('A B C F H I N O P Q S T U V W X Y Z 0 - ='), ...withCommand('S Z V N T', 'Shift+'), 'F1', 'F2', 'F5', 'F11', 'F12'] },
  {
    program: 'VS Code',
    where: 'any',
    keys: [...withCommand('P E F G X D M U Y V O K L T W C H B Return', 'Shift+'), ...withCommand('D E G J K L M R / [ ] , ` \\ Return'), 'Alt+Shift+F', 'Alt+Shift+I', 'Alt+Shift+A', 'Alt+Up', 'Alt+Down', 'Alt+Z'],
  },
  { program: 'Typora', where: 'any', keys: [...withCommand('I K Q M L V 1 2 3 ` [ ]', 'Shift+'), ...withCommand('1 2 3 4 5 6 K E D J L R / [ ] \\')] },
  { program: 'Obsidian', where: 'any', keys: [...withCommand('E G K L R / , Return'), ...withCommand('F L I', 'Shift+'), ...withCommand('Left Right', 'Alt+')] },
  { program: 'JetBrains', where: 'any', keys: [...withCommand('A N R F I J V L Return', 'Shift+'), ...withCommand('L O T M V C I S', 'Alt+'), ...withCommand('T S L N I J', 'Alt+Shift+')] },
  { program: 'Chrome, Firefox', where: 'any', keys: [...withCommand('C I J K B O P R W Delete', 'Shift+'), ...withCommand('D E J K L R Tab')] },
  { program: 'Photoshop', where: 'any', keys: [...withCommand('S W I C N', 'Alt+'), ...withCommand('S E N', 'Alt+Shift+'), ...withCommand('E I J L N U X', 'Shift+')] },
  { program: 'Word', where: 'any', keys: [...withCommand('D E G K L M N W Q A F8', 'Shift+'), ...withCommand('1 2 3 F M N O P S V', 'Alt+')] },
  { program: 'PicGo', where: 'any', keys: withCommand('P', 'Shift+') },
  { program: 'QQ', where: 'other', keys: ['CommandOrControl+Alt+A', 'CommandOrControl+Alt+Z'] },
  { program: 'WeChat', where: 'other', keys: ['Alt+A', 'CommandOrControl+Alt+W'] },
  { program: 'Snipaste', where: 'any', keys: ['F1', 'F3'] },
  {
    program: THE_SYSTEM,
    where: 'other',
    keys: ['PrintScreen', 'Alt+PrintScreen', 'Shift+PrintScreen', 'CommandOrControl+PrintScreen', 'Super+PrintScreen', 'Super+Shift+S', 'Super+L', 'Super+D', 'Super+E', 'Super+R', 'Super+V', 'Alt+Tab', 'Alt+F4', 'CommandOrControl+Alt+T', 'CommandOrControl+Alt+L', 'CommandOrControl+Alt+Delete', 'CommandOrControl+Shift+Escape'],
  },
  { program: THE_SYSTEM, where: 'mac', keys: ['CommandOrControl+Shift+3', 'CommandOrControl+Shift+4', 'CommandOrControl+Shift+5', 'CommandOrControl+Space', 'CommandOrControl+Tab', 'Control+CommandOrControl+Q', 'CommandOrControl+Alt+D'] },
];

/** Programs that have this combination for themselves, each once; `EVERY_PROGRAM` and `THE_SYSTEM` stand for such. */
export const usedBy = (accelerator: string, mac: boolean): readonly string[] => {
  const wanted = sameKeys(accelerator, mac);
  const here = known.filter(({ where }) => where === 'any' || (where === 'mac') === mac);
  return [...new Set(here.filter(({ keys }) => keys.some((key) => sameKeys(key, mac) === wanted)).map(({ program }) => program))];
};

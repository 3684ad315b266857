import { z } from 'zod';
import { ShortcutName } from '../../../shared/model/settings';
import { THIS_COMPUTER } from '../../../shared/model/this-computer';
import type { Acts } from '../../desktop';
import { readPicferryLink } from '../../integration';
import type { ShortcutsService } from '../../shortcuts';
import type { AppParts } from '../app-parts';
import type { Loaded } from '../load-services';
import type { Wishes } from '../start-wish';
import type { Told } from './tell-failures';

const Wish = z.object({
  hidden: z.boolean().default(false),
  files: z.array(z.string().min(1).max(32_768)).max(10_000).default([]),
  link: z.string().nullable().default(null),
  act: ShortcutName.nullable().default(null),
});

export type FollowWishesDeps = {
  readonly parts: AppParts;
  readonly loaded: Loaded;
  readonly acts: Acts;
  readonly shortcuts: Pick<ShortcutsService, 'act'>;
  readonly wishes: Wishes;
  readonly lifetime: AbortSignal;
  readonly told: Told;
};

const DEFAULTS = { accountId: null, format: null } as const;

/** Does what starts of Picferry ask for: files that a file manager sends, links, what a key does, or just the window. */
export const followWishes = ({ parts, loaded, acts, shortcuts, wishes, lifetime, told }: FollowWishesDeps): void => {
  const { intake, services } = loaded;
  let asking = false;

  const sendFiles = async (files: readonly string[]): Promise<void> => {
    await acts.uploadInputs(await intake.paths(files), DEFAULTS);
  };
  const followLink = async (text: string): Promise<void> => {
    const link = readPicferryLink(text);
    // One question at a time: a page could ask a hundred.
    if (link === null || asking) return;
    if (link.act === 'open') return acts.showWindow();
    asking = true;
    try {
      const { name } = services.accounts.default();
      const account = name === THIS_COMPUTER ? parts.texts().t('window:accountHere') : name;
      if (!(await parts.dialogs.confirmLink({ url: link.url, account }))) return;
      await acts.uploadInputs([await intake.url(link.url, lifetime)], DEFAULTS);
    } finally {
      asking = false;
    }
  };

  wishes.onWish((given) => {
    const { hidden, files, link, act } = Wish.catch({ hidden: false, files: [], link: null, act: null }).parse(given);
    if (act !== null) shortcuts.act(act);
    else if (files.length > 0) told(sendFiles(files));
    else if (link !== null) told(followLink(link));
    else if (!hidden) acts.showWindow();
  });
};

import { useMemo } from 'react';
import type { Account, RemoteItem } from '../../../shared/model/account';
import { joinLinks, type LinkSubject } from '../../../shared/links';
import { openLibrary } from '../../stores/open-library';
import { useSay } from '../../stores/said';
import { useAttempt, useCall, useSayCopied } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';

/** What main takes at once. */
const ADDED_AT_ONCE = 500;

export type RemoteActions = {
  /** In the format that links are copied in; rows without a link are left out. */
  readonly copy: (items: readonly RemoteItem[]) => Promise<void>;
  readonly open: (item: RemoteItem) => void;
  /** Takes the rows that the library does not know into it. */
  readonly add: (items: readonly RemoteItem[]) => Promise<void>;
  readonly addAll: () => Promise<void>;
  readonly clear: () => Promise<boolean>;
};

/** What can be done with rows that the host of an account lists. */
export const useRemoteActions = (account: Account): RemoteActions => {
  const app = useApp();
  const call = useCall();
  const attempt = useAttempt();
  const say = useSay();
  const sayCopied = useSayCopied();
  const { id: accountId, name: accountName } = account;
  return useMemo(() => {
    const showAccount = { label: { key: 'remoteShowInLibrary' } as const, onPress: () => openLibrary(app, { accountId }) };
    return {
      copy: async (items) => {
        const linked = items.flatMap((item): readonly LinkSubject[] =>
          item.url === null ? [] : [{ url: item.url, name: item.name, kind: item.kind, width: item.width, height: item.height, accountId, accountName, album: null, sha256: null, uploadedAt: Date.now() }],
        );
        if (linked.length === 0) return;
        const settings = app.settings.getState().state;
        const text = joinLinks(linked, settings);
        if (await attempt('clipboard:copy-text', { text })) sayCopied(linked.length, text);
      },
      open: (item) => {
        if (item.url !== null) void attempt('remote:open', { accountId, url: item.url });
      },
      add: async (items) => {
        let added = 0;
        let known = items.filter(({ uploadId }) => uploadId !== null).length;
        const fresh = items.filter(({ uploadId, url }) => uploadId === null && url !== null);
        for (let at = 0; at < fresh.length; at += ADDED_AT_ONCE) {
          const answer = await call('remote:add', { accountId, items: fresh.slice(at, at + ADDED_AT_ONCE) });
          if (answer === undefined) return;
          added += answer.added;
          known += answer.known;
        }
        say({ title: { key: 'remoteAdded', params: { count: added } }, ...(known === 0 ? {} : { notes: [{ key: 'remoteAddedKnown', params: { count: known } }] }), action: showAccount });
      },
      addAll: async () => {
        await call('operations:import-remote', { accountId });
      },
      clear: async () => {
        if (!(await attempt('remote:clear', { accountId }))) return false;
        say({ title: { key: 'remoteCleared' } });
        return true;
      },
    };
  }, [app, call, attempt, say, sayCopied, accountId, accountName]);
};

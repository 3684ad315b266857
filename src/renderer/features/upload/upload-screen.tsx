import { CirclePause } from 'lucide-react';
import { useDeferredValue, useRef, type Ref } from 'react';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useAccountInUse, useApp, useQueue } from '../../stores/use-app';
import { Bar } from '../../ui/bits';
import { Button } from '../../ui/button';
import { DropArea, DropBar, HostNotice } from './drop-area';
import { NamesBar } from './name-field';
import { QueueFooter } from './queue-footer';
import { QueueList, type QueueListHandle } from './queue-list';

/** Says why the account in use stands still, with the way on. */
const AccountPausedBar = () => {
  const { t, problem } = useText();
  const { ui } = useApp();
  const account = useAccountInUse();
  const call = useCall();
  if (account === undefined || account.paused === null) return null;
  return (
    <div className="shrink-0 px-4 pt-3">
      <Bar
        tone="warn"
        icon={<CirclePause size={16} aria-hidden />}
        actions={
          <>
            <Button size="s" onClick={() => ui.setState({ route: 'settings', section: 'accounts', accountForm: { kind: 'edit', id: account.id } })}>
              {t('jobFixAccount')}
            </Button>
            <Button size="s" look="quiet" onClick={() => void call('accounts:resume', { id: account.id })}>
              {t('jobResumeAccount')}
            </Button>
          </>
        }
      >
        <span role="status">{problem(account.paused)}</span>
      </Bar>
    </div>
  );
};

/** The rows come after what stands around them: both at once would hold the window up when a drop brings the first jobs. */
const Rows = ({ ref }: { readonly ref: Ref<QueueListHandle> }) => (useDeferredValue(true, false) ? <QueueList ref={ref} /> : null);

export const UploadScreen = () => {
  const { t } = useText();
  const list = useRef<QueueListHandle>(null);
  const empty = useQueue((queue) => queue.order.length === 0);
  return (
    <section aria-label={t('uploadTitle')} className="flex h-full min-h-0 flex-col">
      <h1 tabIndex={-1} className="sr-only">{t('uploadTitle')}</h1>
      <HostNotice />
      <AccountPausedBar />
      {empty ? (
        <div className="min-h-0 flex-1">
          <DropArea />
        </div>
      ) : (
        <>
          <DropBar />
          <NamesBar />
          <div className="min-h-0 flex-1">
            <Rows ref={list} />
          </div>
          <QueueFooter onShow={(state) => list.current?.show(state)} />
        </>
      )}
    </section>
  );
};

import { NO_FILTER } from '../../../shared/model/library-defaults';
import type { UploadDetails } from '../../../shared/model/upload-details';
import { THIS_COMPUTER } from '../../../shared/model/this-computer';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useApp } from '../../stores/use-app';
import { useCall } from '../../stores/use-actions';
import { Button } from '../../ui/button';
import { Section } from './details-section';
import { eventWords } from './upload-words';

/** What happened to it, newest first, and the records it stands in for or that stand in for it. */
export const DetailsHistory = ({ details }: { readonly details: UploadDetails }) => {
  const { t, timeLong, account } = useText();
  const { library } = useApp();
  const call = useCall();
  const say = useSay();
  const find = async (id: string): Promise<void> => {
    const found = await call('library:details', { id });
    if (found === undefined) return;
    const { upload } = found;
    library.setFilter({ ...NO_FILTER, search: upload.url ?? upload.name });
    say({ title: { key: 'detailsFound', params: { name: upload.name } } });
  };
  const { replaces, replacedBy, events } = details;
  if (events.length === 0 && replaces === null && replacedBy === null) return null;
  const params = (given: UploadDetails['events'][number]['params']): Record<string, string | number> =>
    Object.fromEntries(Object.entries(given).map(([key, value]) => [key, value === THIS_COMPUTER ? account(THIS_COMPUTER) : value]));
  return (
    <Section title={t('detailsHistory')}>
      {replacedBy === null ? null : (
        <p className="mb-1.5">
          {t('detailsReplacedBy')}{' '}
          <Button size="s" onClick={() => void find(replacedBy)}>
            {t('detailsShowIt')}
          </Button>
        </p>
      )}
      {replaces === null ? null : (
        <p className="mb-1.5">
          {t('detailsReplaces')}{' '}
          <Button size="s" onClick={() => void find(replaces)}>
            {t('detailsShowIt')}
          </Button>
        </p>
      )}
      <ol className="flex flex-col gap-1.5">
        {events.map((event, index) => (
          <li key={index}>
            <span className="said block">{t(event.what === 'moved' && (event.params['album'] ?? '') === '' ? 'eventMovedOut' : eventWords[event.what], params(event.params))}</span>
            <time dateTime={new Date(event.at).toISOString()} className="num block text-small text-text-2">
              {timeLong(event.at)}
            </time>
          </li>
        ))}
      </ol>
    </Section>
  );
};

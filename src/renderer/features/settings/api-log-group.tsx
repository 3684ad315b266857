import { useMemo } from 'react';
import type { ApiNote, ApiRequest } from '../../../shared/model/local-api';
import { useText, type Text, type TextKey } from '../../stores/text';
import { SettingsGroup } from './settings-group';

const notes: Readonly<Record<ApiNote, TextKey>> = {
  'foreign-host': 'apiNote_foreignHost',
  'web-page': 'apiNote_webPage',
  'no-token': 'apiNote_noToken',
  'bad-token': 'apiNote_badToken',
  'no-scope': 'apiNote_noScope',
  'token-in-address': 'apiNote_tokenInAddress',
  'without-token': 'apiNote_withoutToken',
  'bad-request': 'apiNote_badRequest',
  'not-found': 'apiNote_notFound',
  'too-big': 'apiNote_tooBig',
  'too-slow': 'apiNote_tooSlow',
  'too-many': 'apiNote_tooMany',
  'went-away': 'apiNote_wentAway',
  failed: 'apiNote_failed',
};
const whats: Readonly<Record<ApiRequest['what'], TextKey>> = { upload: 'apiWhat_upload', delete: 'apiWhat_delete', heartbeat: 'apiWhat_heartbeat', other: 'apiWhat_else' };

const outcome = ({ status, inputs, done, note }: ApiRequest, { t, number }: Pick<Text, 't' | 'number'>): string => {
  const count = inputs === null ? t(status < 400 ? 'apiLogDone' : 'apiLogRefused') : t('apiLogCount', { done: number(done ?? 0), total: number(inputs) });
  return note === null ? count : t('apiLogBoth', { outcome: count, note: t(notes[note]) });
};

/** Requests that were turned away before anybody looked whose they are, or with a token that is none. */
const NOT_KNOWN: ReadonlySet<ApiNote | null> = new Set<ApiNote>(['foreign-host', 'web-page', 'bad-token']);
const who = ({ token, note }: ApiRequest, t: Text['t']): string => token ?? t(NOT_KNOWN.has(note) ? 'apiLogUnknown' : 'apiLogNobody');

const head = 'px-2 py-1 text-left font-normal text-text-2 first:pl-3 last:pr-3';
const cell = 'px-2 py-1 align-top first:pl-3 last:pr-3';

/** The latest requests, newest first. */
export const ApiLogGroup = ({ requests }: { readonly requests: readonly ApiRequest[] }) => {
  const text = useText();
  const { t, timeLong, language } = text;
  const clock = useMemo(() => new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit', second: '2-digit' }), [language]);
  return (
    <SettingsGroup title={t('apiLog')} help={t('apiLogHelp')}>
      {requests.length === 0 ? (
        <p className="text-text-2">{t('apiLogNone')}</p>
      ) : (
        <div role="group" aria-label={t('apiLog')} tabIndex={0} className="max-h-72 overflow-auto rounded-m border border-line bg-surface">
          <table className="w-full border-collapse text-small">
            <thead className="sticky top-0 bg-surface">
              <tr>
                <th className={head}>{t('apiLogTime')}</th>
                <th className={head}>{t('apiLogProgram')}</th>
                <th className={head}>{t('apiLogWhat')}</th>
                <th className={head}>{t('apiLogOutcome')}</th>
              </tr>
            </thead>
            <tbody>
              {requests.map((request) => (
                <tr key={request.id} className="border-t border-line">
                  <td title={timeLong(request.at)} className={`${cell} num whitespace-nowrap`}>
                    {clock.format(request.at)}
                  </td>
                  <td className={`${cell} max-w-32 truncate`}>{who(request, t)}</td>
                  <td className={`${cell} whitespace-nowrap`}>{t(whats[request.what])}</td>
                  <td className={`${cell} said`}>{outcome(request, text)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </SettingsGroup>
  );
};

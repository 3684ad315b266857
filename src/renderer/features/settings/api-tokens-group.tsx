import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ApiToken } from '../../../shared/model/local-api';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { Button, IconButton } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { SettingsGroup } from './settings-group';
import { scopeTexts, TokenDialog } from './token-dialog';

const TokenRow = ({ token, onRemove }: { readonly token: ApiToken; readonly onRemove: () => void }) => {
  const { t, time } = useText();
  const used = token.lastUsedAt === null ? t('apiTokenNever') : t('apiTokenUsed', { time: time(token.lastUsedAt) });
  return (
    <li className="flex items-center gap-3 border-t border-line px-3 py-2 first:border-t-0">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{token.name}</p>
        <p className="said text-small text-text-2">{[...token.scopes.map((scope) => t(scopeTexts[scope])), used].join(' · ')}</p>
      </div>
      <IconButton size="s" label={t('apiTokenRemove', { name: token.name })} onClick={onRemove}>
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </li>
  );
};

export const ApiTokensGroup = ({ tokens }: { readonly tokens: readonly ApiToken[] }) => {
  const { t } = useText();
  const call = useCall();
  const [making, setMaking] = useState(false);
  const [leaving, setLeaving] = useState<ApiToken | null>(null);
  return (
    <SettingsGroup title={t('apiTokens')} help={t('apiTokensHelp')}>
      {tokens.length === 0 ? (
        <p className="text-text-2">{t('apiTokensNone')}</p>
      ) : (
        <ul aria-label={t('apiTokensList')} className="rounded-m border border-line bg-surface">
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} onRemove={() => setLeaving(token)} />
          ))}
        </ul>
      )}
      <div>
        <Button icon={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          {t('apiTokenAdd')}
        </Button>
      </div>
      {making ? <TokenDialog taken={tokens.map(({ name }) => name)} onClose={() => setMaking(false)} /> : null}
      <ConfirmDialog
        open={leaving !== null}
        danger
        title={t('apiTokenRemoveTitle', { name: leaving?.name ?? '' })}
        confirmLabel={t('apiTokenRemoveConfirm')}
        cancelLabel={t('cancel')}
        onCancel={() => setLeaving(null)}
        onConfirm={() => {
          if (leaving !== null) void call('api:remove-token', { id: leaving.id });
          setLeaving(null);
        }}
      >
        {t('apiTokenRemoveText')}
      </ConfirmDialog>
    </SettingsGroup>
  );
};

import { FileBraces, Images, Settings2, TriangleAlert, UserRound } from 'lucide-react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { SyncDocument, SyncKind } from '../../../shared/model/sync';
import { accountOf, documentId, documentName, lastSyncWords, sameDocument, wrongWords } from '../../stores/sync-words';
import { useText } from '../../stores/text';
import { useAccounts, useUi } from '../../stores/use-app';
import { Badge } from '../../ui/bits';
import { DocumentMenu } from './document-menu';
import { NextStep } from './next-step';
import { StateBadge } from './state-badge';
import { useMinute } from './use-minute';
import type { DocumentActions } from './use-document-actions';

const icon = { size: 18, strokeWidth: 1.5, 'aria-hidden': true } as const;
const signs: Readonly<Record<SyncKind, ReactNode>> = {
  file: <FileBraces {...icon} />,
  index: <FileBraces {...icon} />,
  settings: <Settings2 {...icon} />,
  accounts: <UserRound {...icon} />,
  library: <Images {...icon} />,
  'library-part': <Images {...icon} />,
};

type ListProps = {
  readonly label: string;
  readonly documents: readonly SyncDocument[];
  readonly actions: DocumentActions;
  readonly onBegin: (document: SyncDocument) => void;
};

const Row = ({ document, actions, onBegin }: Omit<ListProps, 'documents' | 'label'> & { readonly document: SyncDocument }) => {
  const text = useText();
  const { t } = text;
  const accounts = useAccounts();
  const concerned = useUi(({ syncConcerned }) => syncConcerned !== null && sameDocument(document, syncConcerned));
  const now = useMinute();
  const account = accountOf(document, accounts, text);
  const name = documentName(document, text);
  const when = lastSyncWords(document, now, text);
  const why = wrongWords(document, now, text);
  return (
    <li className="group relative flex min-h-15 flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line px-4 py-2.5 first:border-t-0 hover:bg-hover">
      <span className="shrink-0 text-text-2">{signs[document.kind]}</span>
      <div className="min-w-0 flex-1 basis-56">
        {document.kind === 'library' ? (
          <span className="block truncate font-medium">{name}</span>
        ) : (
          <button type="button" data-document data-concerned={concerned || undefined} onClick={() => actions.open(document)} className="block max-w-full truncate text-left font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent">
            {name}
          </button>
        )}
        <p className="truncate text-small text-text-2" title={document.kind === 'file' ? document.path : undefined}>
          {t('syncAtAccount', { name: account })}
          {document.kind === 'file' ? ` · ${document.path}` : ''}
        </p>
      </div>
      <div className="relative ml-auto flex shrink-0 flex-wrap items-center justify-end gap-2">
        <span className="num hidden text-small text-text-2 @min-[620px]:inline" title={document.lastSync === null ? undefined : text.timeLong(document.lastSync)}>
          {when}
        </span>
        {document.folded === true ? (
          <Badge tone="warn" icon={<TriangleAlert size={12} aria-hidden />} title={t('syncFolded', { host: account })}>
            {t('syncFoldedShort')}
          </Badge>
        ) : null}
        <StateBadge document={document} />
        <NextStep document={document} actions={actions} onBegin={onBegin} onResolve={(one) => actions.open(one, 'conflicts')} />
        <DocumentMenu document={document} actions={actions} />
      </div>
      {why === null ? null : (
        <p className="said basis-full pl-7.5 text-small text-text-2">
          {why}
        </p>
      )}
    </li>
  );
};

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Documents with their state in words; arrows move between them, Enter opens. */
export const DocumentsList = ({ label, documents, ...rest }: ListProps) => {
  const list = useRef<HTMLUListElement>(null);
  const keydown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined || !(event.target instanceof HTMLElement) || !event.target.matches('[data-document]')) return;
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-document]') ?? [])];
    all[all.indexOf(event.target) + step]?.focus();
    event.preventDefault();
  };
  return (
    <ul ref={list} aria-label={label} onKeyDown={keydown} className="@container overflow-hidden rounded-m border border-line bg-surface">
      {documents.map((document) => (
        <Row key={documentId(document)} document={document} {...rest} />
      ))}
    </ul>
  );
};

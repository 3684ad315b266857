import { Check, Copy } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useText } from '../../stores/text';
import { useAttempt } from '../../stores/use-actions';
import { IconButton } from '../../ui/button';

const SAID_MS = 2000;

/** Text for another program, with its name above and a button that copies it, which says so itself: a message might lie over what comes next. */
export const CodeBox = ({ label, value }: { readonly label: string; readonly value: string }) => {
  const { t } = useText();
  const attempt = useAttempt();
  const id = useId();
  const [copies, setCopies] = useState(0);
  useEffect(() => {
    if (copies === 0) return undefined;
    const timer = setTimeout(() => setCopies(0), SAID_MS);
    return () => clearTimeout(timer);
  }, [copies]);
  const copy = async (): Promise<void> => {
    if (await attempt('clipboard:copy-text', { text: value })) setCopies((count) => count + 1);
  };
  return (
    <div>
      <div id={id} className="text-small text-text-2">
        {label}
      </div>
      <div className="mt-1 flex items-start gap-1 rounded-s border border-line bg-sunken py-1 pl-2.5 pr-1">
        <output aria-labelledby={id} className="said min-w-0 flex-1 whitespace-pre-wrap py-0.5 font-mono select-text">
          {value}
        </output>
        <span role="status" className="mt-0.5 text-small text-ok">
          {copies === 0 ? null : t('apiCopied')}
        </span>
        <IconButton size="s" label={t('apiCopyNamed', { name: label })} onClick={() => void copy()}>
          {copies === 0 ? <Copy size={14} aria-hidden /> : <Check size={14} aria-hidden className="text-ok" />}
        </IconButton>
      </div>
    </div>
  );
};

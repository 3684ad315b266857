import { Copy } from 'lucide-react';
import { useId } from 'react';
import { useSay } from '../../stores/said';
import { useText } from '../../stores/text';
import { useAttempt } from '../../stores/use-actions';
import { IconButton } from '../../ui/button';

type CodeBoxProps = {
  readonly label: string;
  readonly value: string;
  /** Whether copying is what a person wants first: the button has the focus as it appears. */
  readonly focused?: boolean;
};

/** Text for another program, with its name above and a button that copies it. */
export const CodeBox = ({ label, value, focused = false }: CodeBoxProps) => {
  const { t } = useText();
  const attempt = useAttempt();
  const say = useSay();
  const id = useId();
  const copy = async (): Promise<void> => {
    if (await attempt('clipboard:copy-text', { text: value })) say({ title: { key: 'apiCopied' } });
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
        <IconButton size="s" label={t('apiCopyNamed', { name: label })} autoFocus={focused} onClick={() => void copy()}>
          <Copy size={14} aria-hidden />
        </IconButton>
      </div>
    </div>
  );
};

import { CloudOff } from 'lucide-react';
import type { Problem } from '../../../shared/model/problem';
import { useText } from '../../stores/text';
import { Bar } from '../../ui/bits';
import { Button } from '../../ui/button';

/** Whether the host was not reached or would not hear us: what it knows can be had later. */
export const isAway = ({ kind }: Problem): boolean => kind === 'network' || kind === 'server' || kind === 'auth';

/** What is shown is what this device knows by itself; why stands on the page already. */
export const AwayNote = ({ children, onAgain }: { readonly children: string; readonly onAgain: () => void }) => {
  const { t } = useText();
  return (
    <div role="status">
      <Bar
        tone="neutral"
        icon={<CloudOff size={16} aria-hidden />}
        actions={
          <Button size="s" onClick={onAgain}>
            {t('tryAgain')}
          </Button>
        }
      >
        {children}
      </Bar>
    </div>
  );
};

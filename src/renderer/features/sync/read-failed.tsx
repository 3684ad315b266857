import { CircleAlert } from 'lucide-react';
import type { Problem } from '../../../shared/model/problem';
import { useText } from '../../stores/text';
import { Bar } from '../../ui/bits';
import { Button } from '../../ui/button';

/** Something could not be read: why, and another try. */
export const ReadFailed = ({ before, problem, onAgain }: { readonly before: string; readonly problem: Problem; readonly onAgain: () => void }) => {
  const { t, problem: words } = useText();
  return (
    <div role="alert" className="p-4">
      <Bar
        tone="danger"
        icon={<CircleAlert size={16} aria-hidden />}
        actions={
          <Button size="s" onClick={onAgain}>
            {t('tryAgain')}
          </Button>
        }
      >
        {before} {words(problem)}
      </Bar>
    </div>
  );
};

import type { Problem } from '../../../shared/model/problem';
import { useText } from '../../stores/text';
import { FailedBar } from '../../ui/failed-bar';

/** Something could not be read: why, and another try. */
export const ReadFailed = ({ before, problem, onAgain }: { readonly before: string; readonly problem: Problem; readonly onAgain: () => void }) => {
  const { t, problem: words, sentences } = useText();
  return (
    <FailedBar className="p-4" detail={problem.detail} againLabel={t('tryAgain')} onAgain={onAgain}>
      {sentences(before, words({ ...problem, detail: null }))}
    </FailedBar>
  );
};

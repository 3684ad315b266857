import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../../shared/model/problem';
import { useText } from '../../stores/text';
import { Bar } from '../../ui/bits';

/** Says what went wrong, as soon as it has; nothing without a problem. */
export const ProblemBar = ({ problem, before, actions }: { readonly problem: Problem | null; readonly before?: string; readonly actions?: ReactNode }) => {
  const { problem: words, sentences } = useText();
  if (problem === null) return null;
  return (
    <div role="alert">
      <Bar tone="danger" icon={<CircleAlert size={16} aria-hidden />} actions={actions}>
        {sentences(before, words(problem))}
      </Bar>
    </div>
  );
};

import { useRef } from 'react';
import { useText } from '../../stores/text';
import type { Compared as What } from '../../stores/ui-store';
import { useApp, useUi } from '../../stores/use-app';
import { FullDialog } from '../../ui/full-dialog';
import { CompareStage } from './compare-stage';
import { ComparisonFacts } from './comparison-facts';
import { JobsDialog } from './jobs-dialog';
import { useComparison } from './use-comparison';

const ExampleDialog = ({ what, onClose }: { readonly what: Extract<What, { readonly kind: 'example' }>; readonly onClose: () => void }) => {
  const { t } = useText();
  const first = useRef<HTMLDivElement>(null);
  const compared = useComparison({ exampleId: what.id }, what.profile);
  return (
    <FullDialog
      title={compared.at === 'done' ? compared.comparison.before.name : t('compareTitle')}
      note={t('compareTitle')}
      closeLabel={t('close')}
      first={first}
      onClose={onClose}
      foot={compared.at === 'done' ? <ComparisonFacts comparison={compared.comparison} /> : null}
    >
      <CompareStage compared={compared} profile={what.profile} first={first} />
    </FullDialog>
  );
};

/** What was asked to be compared, over the whole window. */
export const CompareDialog = () => {
  const { ui } = useApp();
  const what = useUi((state) => state.compared);
  const close = (): void => ui.setState({ compared: null });
  if (what === null) return null;
  return what.kind === 'jobs' ? <JobsDialog ids={what.ids} onClose={close} /> : <ExampleDialog what={what} onClose={close} />;
};

import { useState } from 'react';
import { dayOf } from '../../stores/library-window';
import { useText } from '../../stores/text';
import { useApp, useLibrary } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Field, Input } from '../../ui/field';
import { datesRange } from './filter-words';

/** Two dates, either of which may be left open. */
export const DatesDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useText();
  const { library } = useApp();
  const filter = useLibrary((state) => state.query.filter);
  const [first, setFirst] = useState(filter.from === null ? '' : dayOf(filter.from));
  const [last, setLast] = useState(filter.before === null ? '' : dayOf(filter.before - 1));
  const reversed = first !== '' && last !== '' && last < first;
  const take = (): void => {
    if (reversed) return;
    library.setFilter(datesRange(first, last));
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('filterDates')}
      closeLabel={t('close')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" disabled={reversed} onClick={take}>
            {t('filterDatesTake')}
          </Button>
        </>
      }
    >
      <form
        className="grid grid-cols-2 gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          take();
        }}
      >
        <Field label={t('filterDatesFirst')}>
          <Input type="date" value={first} onChange={setFirst} />
        </Field>
        <Field label={t('filterDatesLast')} error={reversed ? t('filterDatesReversed') : null}>
          <Input type="date" value={last} onChange={setLast} />
        </Field>
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
};

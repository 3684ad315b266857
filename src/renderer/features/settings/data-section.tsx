import { Download, FolderOpen, Upload } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../stores/text';
import { useCall } from '../../stores/use-actions';
import { useApp } from '../../stores/use-app';
import { Button } from '../../ui/button';
import { BackupsGroup } from './backups-group';
import { ExportDialog } from './export-dialog';
import { ImportDialog } from './import-dialog';
import { SettingsGroup } from './settings-group';

const icon = { size: 16, 'aria-hidden': true } as const;

/** Whole libraries out and in, the kept backups, and where all of it lies. */
export const DataSection = () => {
  const { t } = useText();
  const { info } = useApp();
  const call = useCall();
  const [open, setOpen] = useState<'export' | 'import' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <SettingsGroup title={t('dataExport')} help={t('dataExportHelp')}>
        <div>
          <Button icon={<Upload {...icon} />} onClick={() => setOpen('export')}>
            {t('dataExportButton')}
          </Button>
        </div>
      </SettingsGroup>
      <SettingsGroup title={t('dataImport')} help={t('dataImportHelp')}>
        <div>
          <Button icon={<Download {...icon} />} onClick={() => setOpen('import')}>
            {t('dataImportButton')}
          </Button>
        </div>
      </SettingsGroup>
      <BackupsGroup />
      <SettingsGroup title={t('aboutData')}>
        <p className="said select-text break-all">{info.dataFolder}</p>
        <div>
          <Button icon={<FolderOpen {...icon} />} onClick={() => void call('app:open-data-folder', undefined)}>
            {t('aboutOpenData')}
          </Button>
        </div>
      </SettingsGroup>
      {open === 'export' ? <ExportDialog onClose={close} /> : null}
      {open === 'import' ? <ImportDialog onClose={close} /> : null}
    </>
  );
};

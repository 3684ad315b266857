import { Copy, QrCode as QrIcon } from 'lucide-react';
import { useState } from 'react';
import { linkIn } from '../../../shared/links';
import type { Upload } from '../../../shared/model/upload';
import { formatNames } from '../../stores/format-names';
import { linkFormats } from '../../stores/link-text';
import { useText } from '../../stores/text';
import { useActions } from '../../stores/use-actions';
import { useAlbumNames, useSettings } from '../../stores/use-app';
import { Button, IconButton } from '../../ui/button';
import { QrCode } from '../../ui/qr-code';
import { Section } from './details-section';

/** The link in every format, each to copy, and as a QR code for a phone. */
export const DetailsLinks = ({ upload }: { readonly upload: Upload & { readonly url: string } }) => {
  const { t } = useText();
  const { copyLinks } = useActions();
  const settings = useSettings((all) => all);
  const albumOf = useAlbumNames();
  const subject = { ...upload, album: albumOf(upload) };
  const [qr, setQr] = useState(false);
  return (
    <Section title={t('detailsLinks')}>
      <ul className="flex flex-col gap-1">
        {linkFormats.map((format) => (
          <li key={format} className="flex items-center gap-2">
            <span className="w-22 shrink-0 truncate text-small text-text-2" title={t(formatNames[format])}>
              {t(formatNames[format])}
            </span>
            <code title={linkIn(subject, format, settings)} className="min-w-0 flex-1 select-text truncate rounded-s border border-line bg-sunken px-1.5 py-0.5 font-mono text-small">
              {linkIn(subject, format, settings)}
            </code>
            <IconButton size="s" label={t('detailsCopyAs', { format: t(formatNames[format]) })} onClick={() => void copyLinks([upload.id], format)}>
              <Copy size={12} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="mt-2 flex flex-col items-start gap-2">
        <Button size="s" look="quiet" icon={<QrIcon size={14} aria-hidden />} aria-expanded={qr} onClick={() => setQr(!qr)} className="-ml-2">
          {t(qr ? 'qrHide' : 'qrShow')}
        </Button>
        {qr ? <QrCode text={upload.url} label={t('qrLabel', { name: upload.name })} /> : null}
      </div>
    </Section>
  );
};

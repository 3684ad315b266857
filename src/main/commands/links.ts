import { formatLink, linkIn, linkOf, type LinkSubject } from '../../shared/links';
import { LinkFormat, type Settings } from '../../shared/model/settings';
import { oneLine } from './run-context';

/** Whether `--format` names a format or is a template; any other word is a slip. */
export const isFormat = (format: string): boolean => LinkFormat.safeParse(format).success || format.includes('{');

/** The link of an upload on one line, as `--format` wants it or, without one, as the settings say for its kind. */
export function linkLine(subject: LinkSubject, format: string | null, settings: Settings): string {
  if (format === null) return oneLine(linkOf(subject, settings));
  const named = LinkFormat.safeParse(format);
  return oneLine(named.success ? linkIn(subject, named.data, settings) : formatLink(subject, 'custom', format, settings.encodeLinks));
}

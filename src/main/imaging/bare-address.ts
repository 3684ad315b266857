import type { RemovedPart } from '../../shared/model/preparation-report';
import { joinPieces, KEPT_BY_STRIPPING, planStrip, scanBytes, strippableFormat } from '../metadata';

/** A picture that lies in an address. */
const PICTURE = /^\s*data:image\//i;

/**
 * An address without what the picture in it tells of itself; any other address stays as it is. It is null for a picture of which that cannot be
 * taken out, since it is damaged or of a kind that is not known: nobody would be told that it tells something still.
 */
export function bareAddress(address: string): { readonly address: string | null; readonly removed: readonly RemovedPart[] } {
  if (!PICTURE.test(address)) return { address, removed: [] };
  const file = bytesIn(address);
  const format = strippableFormat(file);
  const plan = format === null ? null : scanBytes(planStrip(format, file.length, KEPT_BY_STRIPPING), file);
  if (plan === null || plan.type === 'left') return { address: null, removed: ['other'] };
  if (plan.type === 'clean') return { address, removed: [] };
  return { address: `data:image/${format};base64,${joinPieces(file, plan.pieces).toString('base64')}`, removed: plan.removed };
}

/** The bytes of an address that holds data (RFC 2397); spaces and line ends among them do not count. */
function bytesIn(address: string): Buffer {
  const comma = address.indexOf(',');
  const data = address.slice(comma + 1).replace(/%([0-9a-f]{2})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(data, /;\s*base64\s*$/i.test(address.slice(0, comma)) ? 'base64' : 'latin1');
}

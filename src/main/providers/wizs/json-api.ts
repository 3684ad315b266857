import { z } from 'zod';
import { memberOf, partsOf } from '../../../lib/json-text';
import { AsFlag, AsInteger, AsPositive, AsWords, isRecord, parseJson } from '../classify';

/** What JSON sync answers, read kindly: shapes that the API page leaves open are accepted in every likely spelling. */
export const PushAnswer = z.looseObject({
  version: AsPositive.optional(),
  hash: AsWords.optional(),
  conflict: AsFlag.optional(),
  conflict_details: z.looseObject({ local_version: AsInteger.optional(), remote_version: AsInteger.optional(), saved_as_version: AsInteger.optional() }).nullish().catch(null),
});

export const VersionRow = z.looseObject({
  version: AsPositive.optional(),
  hash: AsWords.optional(),
  parent_hash: AsWords.optional(),
  device_id: AsWords.optional(),
  message: z.string().nullish().catch(null),
  created_at: AsWords.optional(),
});

export const Pulled = VersionRow.extend({ current_version: AsInteger.optional() });

export const Paging = z
  .looseObject({ current_page: AsPositive.optional(), per_page: AsPositive.optional(), total: AsInteger.optional(), total_pages: AsInteger.optional() })
  .nullish()
  .catch(null);

export const DeviceRow = z.looseObject({
  device_id: AsWords.optional(),
  id: AsWords.optional(),
  device_name: AsWords.optional(),
  name: AsWords.optional(),
  last_sync_at: AsWords.optional(),
  last_sync: AsWords.optional(),
  last_synced_at: AsWords.optional(),
  last_seen: AsWords.optional(),
  updated_at: AsWords.optional(),
  file_keys: z.array(z.looseObject({ file_key: AsWords.optional(), last_version: AsInteger.optional() })).catch([]).optional(),
});

export const ConflictRow = z.looseObject({
  id: AsPositive.optional(),
  file_key: AsWords.optional(),
  conflict_type: AsWords.optional(),
  local_version: AsInteger.optional(),
  remote_version: AsInteger.optional(),
  saved_as_version: AsInteger.optional(),
  conflict_details: z.looseObject({ local_version: AsInteger.optional(), remote_version: AsInteger.optional(), saved_as_version: AsInteger.optional() }).nullish().catch(null),
  local_device_id: AsWords.optional(),
  device_id: AsWords.optional(),
  remote_device_id: AsWords.optional(),
  resolved: AsFlag.optional(),
  resolution: AsWords.optional(),
  created_at: AsWords.optional(),
  resolved_at: AsWords.optional(),
});

/** An answer beside its own text: documents are cut out of the text, so that no number is rounded on the way. */
export type Answered = {
  readonly text: string;
  readonly body: unknown;
};

/** The object that carries the fields: the answer itself, or its `data`. */
export const carrier = ({ text, body }: Answered, field: string): Answered => {
  if (isRecord(body) && body[field] !== undefined) return { text, body };
  const inner = isRecord(body) ? body['data'] : undefined;
  if (!isRecord(inner) || inner[field] === undefined) return { text, body };
  return { text: memberOf(text, 'data') ?? '{}', body: inner };
};

/** A list under one of these names, in the answer or its `data`; or the answer itself. Null when there is none. */
export const listIn = (answered: Answered, names: readonly string[]): readonly Answered[] | null => {
  if (Array.isArray(answered.body)) return itemsOf(answered.text);
  for (const name of names) {
    const { text, body } = carrier(answered, name);
    if (isRecord(body) && Array.isArray(body[name])) return itemsOf(memberOf(text, name) ?? '[]');
  }
  return null;
};

const itemsOf = (text: string): readonly Answered[] => partsOf(text).map(({ raw }) => ({ text: raw, body: parseJson(raw) }));

/**
 * The document in a field, as JSON text. A text in it is a document in JSON; one that is none is itself the document.
 * Null when the field is absent or null.
 */
export const documentIn = ({ text, body }: Answered, field: string): string | null => {
  const value = isRecord(body) ? body[field] : undefined;
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' && parseJson(value) !== undefined) return value.replace(/^\uFEFF/, '').trim();
  return memberOf(text, field);
};

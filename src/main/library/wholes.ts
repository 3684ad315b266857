import { z } from 'zod';
import type { SqlDatabase } from '../../lib/sqlite';
import type { WholeUpload } from './contract';
import { COLUMNS, toUpload } from './upload-rows';

const SLICE = 200;

const Extra = z.object({ note: z.string(), source_path: z.string().nullable(), replaces: z.string().nullable(), delete_link: z.instanceof(Uint8Array).nullable() });

/** Whole records of these places, a slice at a time; what is taken out meanwhile is left out. */
export const createWholes = (db: SqlDatabase, open: (sealed: Uint8Array) => string | undefined) =>
  function* wholes(places: readonly number[], deleteLinks: boolean): Generator<readonly WholeUpload[], void, undefined> {
    const sql = db.prepare(
      `SELECT ${COLUMNS}, u.note, u.source_path, u.replaces, u.delete_link FROM json_each(?) j CROSS JOIN uploads u ON u.seq = j.value ORDER BY j.key`,
    );
    for (let at = 0; at < places.length; at += SLICE) {
      yield sql.all(JSON.stringify(places.slice(at, at + SLICE))).map((row) => {
        const { note, source_path: sourcePath, replaces, delete_link: link } = Extra.parse(row);
        return { upload: toUpload(row).upload, note, sourcePath, replaces, deleteUrl: deleteLinks && link !== null ? (open(link) ?? null) : null };
      });
    }
  };

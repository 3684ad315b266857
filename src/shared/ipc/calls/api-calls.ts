import { z } from 'zod';
import { ApiScope, ApiState, ApiToken } from '../../model/local-api';
import { call, Id, Nothing, Rev } from '../call';

/** The local API for other programs: its state, its tokens and its log. Switch, port and folders are settings. */
export const apiCalls = {
  'api:snapshot': call(Nothing, z.strictObject({ rev: Rev, api: ApiState })),
  /** Tries again to open the port. */
  'api:retry': call(Nothing, Nothing),
  /** `token` is told this one time. */
  'api:add-token': call(
    z.strictObject({ name: z.string().trim().min(1).max(80), scopes: z.array(ApiScope).min(1).max(3) }),
    z.strictObject({ token: z.string(), info: ApiToken }),
  ),
  'api:remove-token': call(z.strictObject({ id: Id }), Nothing),
  /** Null: the person closed the dialog. */
  'api:choose-folder': call(Nothing, z.strictObject({ path: z.string().nullable() })),
} as const;

import { codeOf } from '../../lib/atomic-file';
import { PicferryError, problemOf } from '../../lib/picferry-error';
import type { ActBody, ActState, Integration, SystemAct, SystemParts } from './contract';
import { linksBody } from './links-body';
import { loginBody } from './login';
import { sendToBody } from './send-to';

const ACTS: readonly SystemAct[] = ['login', 'links', 'sendTo'];
const MAX_DETAIL = 300;

/** `parts` is asked anew for each act, since labels are in the language of the moment. */
export const createIntegration = (parts: () => SystemParts, now: () => number): Integration => {
  const bodies = (): Readonly<Record<SystemAct, ActBody | null>> => {
    const given = parts();
    return { login: loginBody(given), links: linksBody(given), sendTo: sendToBody(given) };
  };
  const stateOf = async (body: ActBody | null): Promise<ActState> => {
    if (body === null) return { state: 'unavailable', places: [] };
    const [on, places] = [await body.isOn(), body.places()];
    return { state: on ? 'on' : places.length === 0 ? 'unavailable' : 'off', places };
  };
  const refusal = (error: unknown, body: ActBody): PicferryError => {
    const detail = (error instanceof Error ? codeOf(error) || error.message : '').slice(0, MAX_DETAIL);
    return new PicferryError(problemOf({ kind: 'file', message: 'systemRefused', params: { place: body.places()[0] ?? '' }, detail }, now()), { cause: error });
  };
  return {
    state: async () => {
      const all = bodies();
      return { login: await stateOf(all.login), links: await stateOf(all.links), sendTo: await stateOf(all.sendTo) };
    },
    set: async (act, on) => {
      const body = bodies()[act];
      if (body === null) return;
      try {
        await (on ? body.install() : body.remove());
      } catch (error) {
        throw refusal(error, body);
      }
    },
    refresh: async () => {
      const all = bodies();
      for (const act of ACTS) if ((await all[act]?.isOn()) === true) await all[act]?.install();
    },
  };
};

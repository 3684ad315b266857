import type { AccountTest, TestStep } from '../../shared/model/account';
import { ProviderError } from './errors';

type What = TestStep['what'];

export const works = (what: What): TestStep => ({ what, result: 'works', problem: null });
export const unsure = (what: What, error?: ProviderError): TestStep => ({ what, result: 'unknown', problem: error?.problem ?? null });
export const fails = (what: What, error: ProviderError): TestStep => ({ what, result: 'fails', problem: error.problem });

/** The question an error answers with no: the address, the way to the host, the key, or the right to upload. */
export const blamed = (error: ProviderError): What => {
  const { kind, sub } = error.problem;
  if (kind === 'network' || kind === 'server' || kind === 'rate_limit') return 'reach';
  if (kind === 'auth' && (sub === 'forbidden' || sub === 'blocked')) return 'upload';
  if (kind === 'auth') return 'key';
  if (kind === 'quota') return 'upload';
  return 'address';
};

/** A cancelled test rejects; every other failure is a finding. */
export const caught = (error: unknown): ProviderError => {
  if (error instanceof ProviderError && error.problem.kind !== 'cancelled') return error;
  throw error;
};

/** Runs one look and turns its rejection into a value. */
export const look = async <T>(work: () => Promise<T>): Promise<{ readonly value: T } | { readonly error: ProviderError }> => {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: caught(error) };
  }
};

/** A whole test that ended at its first look. */
export const failedTest = (error: ProviderError): AccountTest => {
  const what = blamed(error);
  const before: readonly TestStep[] = what === 'key' || what === 'upload' ? [works('reach')] : [];
  return { canUpload: false, steps: [...before, fails(what, error)] };
};

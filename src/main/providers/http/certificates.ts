import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/** Gives PEM certificates to trust. */
export type CertificateSource = () => Promise<readonly string[]>;

/** The system's own certificates and Node's. Where the system's cannot be read, Node's alone. */
export const systemCertificates: CertificateSource = async () => {
  try {
    const { systemCertsAsync } = await import('system-ca');
    return await systemCertsAsync({ includeNodeCertificates: true });
  } catch {
    return rootCertificates;
  }
};

/** One secure context for all requests, made at the first https request: reading the certificates is slow. */
export const createTrust = (source: CertificateSource): (() => Promise<SecureContext>) => {
  let context: Promise<SecureContext> | undefined;
  return () => (context ??= source().then((ca) => createSecureContext({ ca: [...ca] })));
};

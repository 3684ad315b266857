import { readFile } from 'node:fs/promises';
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

const CERTIFICATE = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

const isUsable = (pem: string): boolean => {
  try {
    createSecureContext({ ca: pem });
    return true;
  } catch {
    return false;
  }
};

/**
 * Also what NODE_EXTRA_CA_CERTS names: Node itself uses that file only where no certificates are given to it. As with
 * Node, a file that cannot be read changes nothing.
 */
export const withExtra = (source: CertificateSource, env: Readonly<Record<string, string | undefined>>): CertificateSource => {
  const path = env['NODE_EXTRA_CA_CERTS'] ?? '';
  if (path === '') return source;
  return async () => {
    const [trusted, file] = await Promise.all([source(), readFile(path, 'utf8').catch(() => '')]);
    return [...trusted, ...(file.match(CERTIFICATE) ?? []).filter(isUsable)];
  };
};

/** One secure context for all requests, made at the first https request: reading the certificates is slow. */
export const createTrust = (source: CertificateSource): (() => Promise<SecureContext>) => {
  let context: Promise<SecureContext> | undefined;
  return () => (context ??= source().then((ca) => createSecureContext({ ca: [...ca] })));
};

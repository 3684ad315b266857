import { session } from 'electron';

/** The system's answer for an address, in the form of a PAC script's: `DIRECT`, `PROXY host:port`, … */
export const systemProxy = (url: string): Promise<string> => session.defaultSession.resolveProxy(url);

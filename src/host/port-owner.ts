import { execFile } from 'node:child_process';
import { readFile } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { PortOwner } from './host-options';

const ASK_MS = 1500;
const run = promisify(execFile);
/** Not the one of fs/promises: in Node 18 that takes the first short read of a file in /proc for its end. */
const readWhole = promisify(readFile);

/** Finds out who listens on a loopback port; `folderId` tells our own folder's host from another's. Never throws. */
export async function portOwner(port: number, folderId: string): Promise<PortOwner> {
  const other = await hostOn(port);
  if (other !== null) return { kind: 'picferry-host', folderId: other, sameFolder: other === folderId };
  try {
    return (await processOn(port)) ?? { kind: 'unknown' };
  } catch {
    return { kind: 'unknown' };
  }
}

/** Says the owner in words, for messages: "another Picferry host", "nginx (process 812)". */
export function ownerWords(owner: PortOwner): string {
  switch (owner.kind) {
    case 'picferry-host':
      return owner.sameFolder ? 'a Picferry host that already serves this folder' : 'another Picferry host';
    case 'process':
      return `${owner.name} (process ${owner.pid})`;
    case 'unknown':
      return 'another program';
  }
}

/** The folder id of the Picferry host on a port; null if something else, or nothing, answers there. */
export async function hostOn(port: number): Promise<string | null> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ASK_MS);
  try {
    const response = await fetch(`http://127.0.0.1:${port}/heartbeat`, { signal: abort.signal, redirect: 'error' });
    const body = z.object({ picferryHost: z.string().max(100) }).safeParse(await response.json());
    return body.success ? body.data.picferryHost : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function processOn(port: number): Promise<PortOwner | null> {
  if (process.platform === 'linux') return linuxProcess(port);
  if (process.platform === 'win32') return windowsProcess(port);
  const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { timeout: ASK_MS });
  return named(/^c(.+)$/m.exec(stdout)?.[1], /^p(\d+)$/m.exec(stdout)?.[1]);
}

function named(name: string | undefined, pid: string | undefined): PortOwner | null {
  return name && pid ? { kind: 'process', name, pid: Number(pid) } : null;
}

/** proc(5): the listening socket's inode from /proc/net/tcp, then the process that has it open. */
async function linuxProcess(port: number): Promise<PortOwner | null> {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (await textOf(table)).split('\n')) {
      const cells = line.trim().split(/\s+/);
      if (cells[1]?.endsWith(`:${hexPort}`) && cells[3] === '0A' && cells[9]) inodes.add(`socket:[${cells[9]}]`);
    }
  }
  if (inodes.size === 0) return null;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (await holdsOne(pid, inodes)) return named((await textOf(`/proc/${pid}/comm`)).trim(), pid);
  }
  return null;
}

async function holdsOne(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  try {
    for (const fd of await readdir(`/proc/${pid}/fd`)) {
      if (inodes.has(await readlink(`/proc/${pid}/fd/${fd}`))) return true;
    }
  } catch {
    // Another user's process, or one that has just ended.
  }
  return false;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readWhole(path, 'utf8');
  } catch {
    return '';
  }
}

async function windowsProcess(port: number): Promise<PortOwner | null> {
  const script =
    `$p = Get-Process -Id (Get-NetTCPConnection -State Listen -LocalPort ${port} -ErrorAction Stop)[0].OwningProcess;` +
    ' "$($p.ProcessName)|$($p.Id)"';
  const { stdout } = await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], { timeout: 5000 });
  const found = /^(.+)\|(\d+)\s*$/m.exec(stdout);
  return named(found?.[1], found?.[2]);
}

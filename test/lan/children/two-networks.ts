import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lanInterfaces } from '../../../src/lan/interfaces.ts';
import { scan } from '../../../src/lan/scan.ts';

// Runs in a network namespace of its own, linked with two others that have devices, and scans.
const ip = (...args: string[]) => execFileSync('ip', args);
const DEVICES = resolve(import.meta.dirname, 'network-devices.ts');

async function link(number: number, answers: string): Promise<ChildProcess> {
  const child = spawn('unshare', ['--net', process.execPath, DEVICES, String(number), answers], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'spawn');
  ip('link', 'add', `a${number}`, 'type', 'veth', 'peer', 'name', `b${number}`);
  ip('address', 'add', `10.77.${number}.1/24`, 'dev', `a${number}`);
  ip('link', 'set', `a${number}`, 'up');
  // Moved once it has left this namespace for its own.
  while (namespaceOf(child.pid) === namespaceOf(process.pid)) await wait(20);
  ip('link', 'set', `b${number}`, 'netns', String(child.pid));
  child.send('linked');
  await once(child, 'message');
  // Both ends are up; the kernel says so of this one in its own time, and only then it is listed.
  while (!lanInterfaces().some(({ name }) => name === `a${number}`)) await wait(20);
  return child;
}

function namespaceOf(pid: number | undefined): string {
  return readlinkSync(`/proc/${pid}/ns/net`);
}

const networks = [await link(1, 'multicast'), await link(2, 'unicast')];
const addresses = lanInterfaces().map(({ address }) => address);
const seen = await scan({ addresses, seconds: 2 });
const heard = await Promise.all(
  networks.map(async (child) => {
    child.send('report');
    const [{ heard: all }] = await once(child, 'message');
    return all;
  }),
);
process.stdout.write(JSON.stringify({ addresses, seen, heard }));
process.exit(0);

import { spawnSync } from 'node:child_process';

/** Why this machine cannot make networks of its own, or null when it can. */
export function whyNoNamespaces(): string | null {
  if (process.platform !== 'linux')
    return `network namespaces need Linux, and this is ${process.platform}`;
  const tried = spawnSync(
    'unshare',
    ['--net', 'ip', 'link', 'add', 'a1', 'type', 'veth', 'peer', 'name', 'b1'],
    { encoding: 'utf8' },
  );
  if (tried.error) return 'the programs unshare and ip are missing';
  return tried.status === 0 ? null : `this user may not make them: ${tried.stderr.trim()}`;
}

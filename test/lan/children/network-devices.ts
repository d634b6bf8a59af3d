import { execFileSync } from 'node:child_process';
import { type Answers, replyOf, SimulatedDevices } from '../simulated-device.ts';

// Devices in a network of their own. The parent moves the link `b<n>` in here, then tells so.
const [number = '1', answers = 'both'] = process.argv.slice(2);
const address = `10.77.${number}.2`;
const ip = (...args: string[]) => execFileSync('ip', args);

process.once('message', async () => {
  ip('address', 'add', `${address}/24`, 'dev', `b${number}`);
  ip('link', 'set', `b${number}`, 'up');
  const replies = [1, 2, 3].map((n) =>
    replyOf({
      serial: `D${number}000000${n}`,
      model: 'DS-2CD2385G1-I',
      ip: `10.77.${number}.${100 + n}`,
    }),
  );
  const devices = await SimulatedDevices.start(address, 37_020, replies, {
    answers: () => answers as Answers,
  });
  process.once('message', () => process.send?.({ heard: devices.heard }, () => process.exit(0)));
  process.send?.('listening');
});

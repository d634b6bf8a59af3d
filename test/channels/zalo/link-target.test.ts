import { expect, it, onTestFinished, vi } from 'vitest';
import { LoneOa } from './lone-oa.ts';

it('A link code is brought to the account that is connected, by hand', async () => {
  const lone = await LoneOa.start();
  await lone.connect();
  await lone.channel.start();
  onTestFinished(() => lone.channel.stop());
  await vi.waitFor(() =>
    expect(lone.channel.linkTo?.('KTRXMPQBN')).toEqual({
      url: `https://zalo.me/${lone.server.oaId}`,
      carriesCode: false,
    }),
  );
});

it('Nobody is led to an account that was never connected', async () => {
  const lone = await LoneOa.start();
  expect(lone.channel.linkTo?.('KTRXMPQBN')).toBeNull();
});

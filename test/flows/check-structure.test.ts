import { describe, expect, it } from 'vitest';
import { type Flow, FlowSchema } from '../../src/dialogue/flow.ts';
import { checkStructure } from '../../src/flows/check-structure.ts';
import { loadFlows, parseFlow } from '../../src/flows/load.ts';
import { root } from '../conversations/world.ts';

function flow(slots: Flow['slots']): Flow {
  return FlowSchema.parse({ flow: 'unbind', version: 1, slots });
}

const sound: Flow['slots'] = [
  { slot: 'network' },
  { slot: 'serial' },
  { slot: 'proof', dependsOn: ['serial'] },
  { slot: 'sadpString', when: { slot: 'network', is: 'other' } },
  { slot: 'consent' },
  { slot: 'review', dependsOn: 'everything' },
];

describe('the structure of a flow', () => {
  it('is in order in the flow that runs, and in a smaller one', () => {
    for (const [, one] of loadFlows(`${root}/flows`)) expect(checkStructure(one)).toEqual([]);
    expect(checkStructure(flow(sound))).toEqual([]);
  });

  it('is refused with a slot that no path reaches', () => {
    const both = {
      all: [{ slot: 'network', is: 'lan' } as const, { slot: 'network', is: 'other' } as const],
    };
    const slots = sound.map((one) => (one.slot === 'sadpString' ? { ...one, when: both } : one));
    expect(checkStructure(flow(slots))).toEqual(['slot "sadpString" is never reached']);
  });

  it('is refused with an answer that empties a slot before it, which never comes to an end', () => {
    const slots = sound.map((one) =>
      one.slot === 'serial' ? { ...one, dependsOn: ['proof' as const] } : one,
    );
    const [found, ...more] = checkStructure(flow(slots));
    expect(found).toContain('never comes to an end with network = lan');
    expect(found).toContain('an answer empties a slot that stands before it');
    // The slots behind the endless circle are reached by nobody.
    expect(more).toContain('slot "review" is never reached');
  });

  it('is refused with a condition on a slot that stands later', () => {
    const [network, serial, ...rest] = sound;
    if (!network || !serial) throw new Error('The sound flow begins with two slots.');
    const early = { ...network, when: { slot: 'serial' as const, sourceIn: ['typed' as const] } };
    expect(checkStructure(flow([early, serial, ...rest]))).toContain(
      '"network" has a condition on "serial", which does not stand before it',
    );
  });

  it('is refused with a slot twice, a dependency on nothing, or an end without a review', () => {
    const slots = [...sound.slice(0, -1), { slot: 'network' as const }];
    const found = checkStructure(flow([...slots, { slot: 'proof', dependsOn: ['answer'] }]));
    expect(found).toContain('slot "network" stands in it twice');
    expect(found).toContain('"proof" depends on "answer", which is not in this flow');
    expect(found).toContain('a case needs "review", which is not in this flow');
    expect(found).toContain('its last slot must be "review": nothing is sent unseen');
  });
});

describe('what every case carries', () => {
  it('may neither be left out of a flow nor be put under a condition', () => {
    const without = sound.filter(({ slot }) => slot !== 'consent');
    expect(checkStructure(flow(without))).toContain(
      'a case needs "consent", which is not in this flow',
    );
    const when = { setting: 'requireVerification' } as const;
    const sometimes = sound.map((one) => (one.slot === 'proof' ? { ...one, when } : one));
    expect(checkStructure(flow(sometimes))).toContain(
      'a case needs "proof", so it must not have a condition',
    );
  });
});

describe('a flow file', () => {
  it('that is no YAML, or names a slot that there is not, says where and why', () => {
    expect(() => parseFlow('a.yaml', 'flow: [')).toThrow(/^a\.yaml: is not YAML: /);
    const text = 'flow: unbind\nversion: 1\nslots:\n  - slot: colour\n';
    expect(() => parseFlow('a.yaml', text)).toThrow(/slots\[0\]\.slot/);
  });
});

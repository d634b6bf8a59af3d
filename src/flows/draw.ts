import type { Condition, Flow } from '../dialogue/flow.ts';

function inWords(condition: Condition): string {
  if ('all' in condition) return condition.all.map(inWords).join(' and ');
  if ('any' in condition) return condition.any.map((c) => `(${inWords(c)})`).join(' or ');
  if ('not' in condition) return `not (${inWords(condition.not)})`;
  if ('setting' in condition) return condition.setting;
  if ('asked' in condition) return 'asked for';
  return condition.slot === 'network'
    ? `network is ${condition.is}`
    : `serial from ${condition.sourceIn.join(' or ')}`;
}

/** A flow as a Mermaid flowchart: the slots in order, conditions as diamonds, dependencies dotted. */
export function drawFlow(flow: Flow): string {
  const lines = ['flowchart TD', '  start([greeting])'];
  const edges: string[] = [];
  let open: { from: string; label: string }[] = [{ from: 'start', label: '' }];
  const connect = (to: string) => {
    for (const { from, label } of open) edges.push(`  ${from} -->${label && `|${label}|`} ${to}`);
  };
  for (const { slot, when, dependsOn } of flow.slots) {
    if (when) {
      lines.push(`  if_${slot}{"${inWords(when)}?"}`);
      connect(`if_${slot}`);
      open = [{ from: `if_${slot}`, label: 'yes' }];
    }
    lines.push(`  ${slot}["${slot}"]`);
    connect(slot);
    open = [{ from: slot, label: '' }, ...(when ? [{ from: `if_${slot}`, label: 'no' }] : [])];
    if (Array.isArray(dependsOn)) {
      for (const name of dependsOn) edges.push(`  ${name} -. a change rechecks .-> ${slot}`);
    }
  }
  lines.push('  submitted([submitted])');
  connect('submitted');
  return [...lines, ...edges].join('\n');
}

import type { Reporter, TestModule } from 'vitest/node';

/** Ends every run with one plain line, for people and for programs that read the output. */
export default class PlainLastLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: string): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    let broken = errors.length;
    for (const module of modules) {
      broken += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') counts[state] += 1;
      }
    }
    if (broken > 0) console.log(`Errors outside tests: ${broken} (run ${reason}).`);
    console.log(
      `tests: ${counts.passed} passed, ${counts.failed + broken} failed, ${counts.skipped} skipped`,
    );
  }
}

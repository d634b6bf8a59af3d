/** Where the program writes: a terminal can be drawn over, a file or pipe cannot. */
export interface Output {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  write(text: string): unknown;
}

/** Lines that stay, and below them some that are drawn again as they change. */
export class Screen {
  readonly #output: Output;
  #drawn = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  /**
   * Puts these lines in the place of those drawn before, as many and as much of them as the
   * terminal holds; nothing where there is no terminal.
   */
  draw(lines: readonly string[]): void {
    const { isTTY, columns = 80, rows = 24 } = this.#output;
    if (!isTTY) return;
    // What scrolled away or wrapped could not be drawn over.
    const shown = lines.slice(-(rows - 2)).map((line) => [...line].slice(0, columns - 1).join(''));
    this.#output.write(`${this.#clear()}${shown.join('\n')}\n`);
    this.#drawn = shown.length;
  }

  /** Takes away what was drawn, and writes lines that stay. */
  print(...lines: string[]): void {
    this.#output.write(`${this.#clear()}${lines.join('\n')}\n`);
    this.#drawn = 0;
  }

  #clear(): string {
    return this.#drawn > 0 ? `\u001b[${this.#drawn}A\u001b[J` : '';
  }
}

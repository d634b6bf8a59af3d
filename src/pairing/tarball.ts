import { gzipSync } from 'node:zlib';

const BLOCK = 512;

export interface PackedFile {
  /** At most 99 ASCII characters. */
  name: string;
  text: string;
  executable?: boolean;
}

/** Files as a gzipped tar archive (POSIX ustar), the form in which npm takes a package. */
export function packTarball(files: readonly PackedFile[]): Buffer {
  const blocks = files.flatMap((file) => {
    const bytes = Buffer.from(file.text);
    const rest = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
    return [headerOf(file, bytes.length), bytes, rest];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]));
}

function headerOf({ name, executable }: PackedFile, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number) =>
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  header.write(name, 0, 'latin1');
  octal(executable ? 0o755 : 0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  header.write('0', 156, 'latin1');
  header.write('ustar\0', 257, 'latin1');
  header.write('00', 263, 'latin1');
  // The checksum is taken with its own field full of spaces.
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

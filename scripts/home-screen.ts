import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import sharp from 'sharp';
import type { Plugin } from 'vite';

const HOME = resolve(import.meta.dirname, '..');
/** Pixels: what iPhones put on the home screen, and the two that other phones ask for. */
const IPHONE = 180;
const OTHERS = [192, 512];

interface Asset {
  fileName: string;
  source: string | Uint8Array;
}

/** Assets are named by their content, as all others are: they are kept for good. */
function asset(name: string, ending: string, source: string | Uint8Array): Asset {
  const mark = createHash('sha256').update(source).digest('hex').slice(0, 8);
  return { fileName: `assets/${name}-${mark}.${ending}`, source };
}

/** Square to its corners: phones round them themselves. */
async function icon(pixels: number): Promise<Asset> {
  const drawing = readFileSync(resolve(HOME, 'src/web/chat/icon.svg'), 'utf8').replace(
    ' rx="8"',
    '',
  );
  const png = await sharp(Buffer.from(drawing), { density: (72 * pixels) / 32 })
    .resize(pixels, pixels)
    .png({ compressionLevel: 9 })
    .toBuffer();
  return asset(`icon-${pixels}`, 'png', png);
}

function manifest(icons: readonly Asset[]): Asset {
  const texts = JSON.parse(readFileSync(resolve(HOME, 'locales/vi/chat.json'), 'utf8'));
  const told = {
    id: '/',
    name: texts.name,
    short_name: texts.shortName,
    description: texts.about,
    lang: 'vi',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#ffffff',
    icons: icons.map(({ fileName }, index) => ({
      src: `/${fileName}`,
      sizes: `${OTHERS[index]}x${OTHERS[index]}`,
      type: 'image/png',
      purpose: 'any maskable',
    })),
  };
  return asset('chat', 'webmanifest', JSON.stringify(told));
}

/**
 * Lets the chat page be put on a phone's home screen, where it opens without the browser's bars. On
 * iPhones only such a page may notify.
 */
export function homeScreen(): Plugin {
  let assets: { iphone: Asset; icons: Asset[]; manifest: Asset };
  return {
    name: 'home-screen',
    apply: 'build',
    async buildStart() {
      const [iphone, ...icons] = await Promise.all([icon(IPHONE), ...OTHERS.map(icon)]);
      assets = { iphone, icons, manifest: manifest(icons) };
      for (const { fileName, source } of [iphone, ...icons, assets.manifest]) {
        this.emitFile({ type: 'asset', fileName, source });
      }
    },
    transformIndexHtml(_html, { path }) {
      if (!path.startsWith('/chat/')) return [];
      const { iphone, manifest } = assets;
      const link = (rel: string, { fileName }: Asset) => ({
        tag: 'link',
        attrs: { rel, href: `/${fileName}` },
        injectTo: 'head' as const,
      });
      return [link('manifest', manifest), link('apple-touch-icon', iphone)];
    },
  };
}

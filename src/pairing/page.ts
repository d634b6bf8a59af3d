import type { Language } from '../dialogue/event.ts';
import { pairingTexts } from './texts.ts';

const SYSTEMS = ['windows', 'macos', 'linux', 'android'] as const;

/** How the scanner is started on each system, once the file is there. */
const START: Readonly<Record<(typeof SYSTEMS)[number], (address: string) => string[]>> = {
  windows: () => ['node unbind-lan.mjs'],
  macos: () => ['cd ~/Downloads', 'node unbind-lan.mjs'],
  linux: (address) => [`curl -fO ${address}/lan/unbind-lan.mjs`, 'node unbind-lan.mjs'],
  android: (address) => [`curl -fO ${address}/lan/unbind-lan.mjs`, 'node unbind-lan.mjs'],
};

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

/**
 * The page that hands the scanner out and says how it is started. It works without scripts.
 * @param address where this server is found, without a trailing slash
 */
export function renderPage(language: Language, address: string): string {
  const say = (key: string) => escaped(pairingTexts.t(`page.${key}`, { lng: language }));
  const command = (lines: readonly string[]) =>
    `<pre><code>${lines.map(escaped).join('\n')}</code></pre>`;
  const systems = SYSTEMS.map(
    (system) => `
      <section>
        <h2>${say(`${system}.title`)}</h2>
        <ol>
          <li>${say(`${system}.node`)}</li>
          <li>${say(`${system}.start`)}${command(START[system](address))}</li>
          <li>${say(`${system}.firewall`)}</li>
        </ol>
      </section>`,
  );
  const other = language === 'vi' ? 'en' : 'vi';
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${say('title')}</title>
    <link rel="stylesheet" href="/lan/style.css">
  </head>
  <body>
    <main>
      <header>
        <h1>${say('title')}</h1>
        <a href="/lan?lang=${other}" lang="${other}">${say('other')}</a>
      </header>
      <p>${say('intro')}</p>
      <p>${say('promise')}</p>
      <p><a class="download" href="/lan/unbind-lan.mjs" download>${say('download')}</a></p>
      <p>${say('needs')} ${say('code')}</p>${systems.join('')}
      <section>
        <h2>npx</h2>
        <p>${say('npx')}</p>
        ${command([`npx --yes ${address}/lan/unbind-lan.tgz`])}
      </section>
    </main>
  </body>
</html>
`;
}

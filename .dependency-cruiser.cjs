/**
 * The arrows between the rooms of src/. A room may import the rooms listed behind it and nothing
 * else of src/; a new room must be drawn in here first. main.ts, flow.ts and store.ts wire the rooms, and
 * tests may look anywhere.
 *
 *   main -> channels, desk, office, server -> cases, evidence -> engine -> dialogue -> domain
 */
const ARROWS = {
  domain: [],
  // Parts of config.ts, by platform.
  config: ['domain'],
  // What the process keeps in files of its own: the key of all that is sealed, and the push services' one.
  keys: ['channels'],
  dialogue: ['domain'],
  words: ['dialogue', 'domain'],
  flows: ['words', 'dialogue', 'domain'],
  store: ['dialogue', 'domain'],
  engine: ['words', 'dialogue', 'domain'],
  evidence: ['engine', 'dialogue', 'domain'],
  cases: ['engine', 'words', 'dialogue', 'domain'],
  server: ['cases', 'evidence', 'engine', 'words', 'dialogue', 'domain'],
  office: ['cases', 'evidence', 'engine', 'words', 'dialogue', 'domain'],
  // Routes stand on the server's way of reading requests and of refusing them.
  channels: ['server', 'cases', 'evidence', 'engine', 'words', 'dialogue', 'domain'],
  desk: ['server', 'cases', 'evidence', 'engine', 'words', 'dialogue', 'domain'],
  // The agents' Telegram group: a desk in a messenger, so that it stands on both.
  forum: ['desk', 'channels', 'engine', 'words', 'dialogue', 'domain'],
  // The scanner runs on the installer's machine, as one file: it knows nothing of the server.
  lan: ['domain'],
  // The server's side of it: codes, lists, and the file that it hands out.
  pairing: ['server', 'engine', 'words', 'dialogue', 'domain'],
  // A case as others see it.
  share: ['server', 'engine', 'words', 'dialogue', 'domain'],
  // Pages run in a browser: of the server they know the shapes on the wire, and no more.
  web: [],
};

/** Rooms without I/O, clock or randomness, and the packages they may use (they do not touch Node). */
const PURE = '^src/(domain|dialogue)/';
const PURE_PACKAGE = '^node_modules/(zod|libphonenumber-js)/';

/** What a room shows to all: imported for its types only, these are no arrows. */
const CONTRACTS = [
  '^src/[^/]+/contract\\.ts$',
  '^src/words/words\\.ts$',
  '^src/config(/zalo)?\\.ts$',
];
const WIRE = ['^src/desk/wire/', '^src/channels/(web|upload-link)/wire\\.ts$'];

const ROOMS = Object.keys(ARROWS).join('|');

/** Two rules for a room: its arrows, and that beyond them a contract is imported for types only. */
function arrowsOf([room, targets]) {
  const own = [room, ...targets].map((name) => `^src/${name}/`);
  if (room === 'web') own.push(...WIRE);
  const allowed = targets.length > 0 ? targets.join(', ') : 'no other room';
  const from = { path: `^src/${room}/` };
  return [
    {
      name: `arrows-of-${room}`,
      comment: `${room}/ may import ${allowed}; beyond that, the types of contracts.`,
      severity: 'error',
      from,
      to: { path: '^src/', pathNot: [...own, ...CONTRACTS] },
    },
    {
      name: `contracts-in-${room}`,
      comment: `${room}/ may import this contract for its types only (import type).`,
      severity: 'error',
      from,
      to: { path: CONTRACTS, pathNot: own, dependencyTypesNot: ['type-only'] },
    },
  ];
}

module.exports = {
  forbidden: [
    ...Object.entries(ARROWS).flatMap(arrowsOf),
    {
      name: 'pure-rooms',
      comment: 'domain/ and dialogue/ import each other downward, and these packages only.',
      severity: 'error',
      from: { path: PURE },
      to: { pathNot: [PURE, PURE_PACKAGE] },
    },
    {
      name: 'no-circles',
      comment: 'Files that import each other in a circle cannot be read one by one.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-circles-in-tests',
      comment: 'The same for tests, where a server and its methods may know each other as types.',
      severity: 'error',
      from: { pathNot: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'store-by-contract',
      comment:
        'The store is known through src/store/contract.ts; only main.ts, flow.ts and store.ts open an engine.',
      severity: 'error',
      from: { path: '^(src|scripts)/', pathNot: ['^src/(main|flow|store)\\.ts$', '^src/store/'] },
      to: { path: '^src/store/', pathNot: '^src/store/contract\\.ts$' },
    },
    {
      name: 'channel-knows-no-slot',
      comment: 'A channel carries events and replies; slots and patterns are none of its business.',
      severity: 'error',
      from: { path: '^src/channels/' },
      to: { path: '^src/dialogue/(slots|patterns)/' },
    },
    {
      name: 'nothing-imports-main',
      comment: 'main.ts, flow.ts and store.ts start the house; nobody imports them.',
      severity: 'error',
      from: {},
      to: { path: '^src/(main|flow|store)\\.ts$' },
    },
    {
      name: 'room-is-drawn',
      comment: 'This folder of src/ is not in ARROWS: draw its arrows in .dependency-cruiser.cjs.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${ROOMS})/` },
      to: {},
    },
    {
      name: 'no-tests-in-the-house',
      comment: 'src/ imports neither tests nor scripts.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'no-dev-packages-in-the-house',
      comment: 'What runs must be a dependency, not a devDependency.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-resolves',
      comment: 'This import leads nowhere.',
      severity: 'error',
      from: {},
      // That package names types of its own that it does not have; its code is there.
      to: { couldNotResolve: true, pathNot: '^@grammyjs/storage-file$' },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};

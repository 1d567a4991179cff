/**
 * The doors of the house: which folder may import which.
 *
 *   client ──► shared ◄── server        server: main → app → connection → handlers → rooms → store
 */

const CORE = ['core'];

/** What carries messages: the rooms are tested without it, on fake time. */
const TRANSPORT = '^node_modules/(@types/)?(socket\\.io|socket\\.io-[a-z-]+|express|sirv)/';

/** Files and folders of the server from the street to the cellar; a door opens only downwards. */
const SERVER_FLOORS = ['main', 'app', 'connection', 'handlers', 'rooms', 'store'];

const floor = (name) => `^server/${name}([./]|$)`;

/** From this floor of the server, the floors above it are shut. */
function onlyDownwards(name, index) {
  return {
    name: `server-${name}-opens-no-door-upwards`,
    comment: `server/${name} is imported by the floors above it and does not know them.`,
    severity: 'error',
    from: { path: floor(name) },
    to: { path: SERVER_FLOORS.slice(0, index).map(floor) },
  };
}

module.exports = {
  forbidden: [
    {
      name: 'shared-imports-only-shared',
      comment: 'shared/ runs in a browser, in a worker and in Node.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: ['^shared/', '^node_modules/valibot/'] },
    },
    {
      name: 'shared-validates-where-data-enters',
      comment:
        'Only the messages and the manifest of the data need valibot; the models stay free of it.',
      severity: 'error',
      from: { path: '^shared/', pathNot: '^shared/(protocol/schemas|data/manifest)\\.ts$' },
      to: { path: '^node_modules/valibot/' },
    },
    {
      name: 'client-does-not-know-server',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^server/' },
    },
    {
      name: 'client-runs-in-a-browser',
      severity: 'error',
      from: { path: '^client/' },
      to: { dependencyTypes: CORE },
    },
    {
      name: 'server-does-not-know-client',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^client/' },
    },
    {
      name: 'product-does-not-know-tests',
      severity: 'error',
      from: { path: '^(client|server|shared)/' },
      to: { path: '^(tests|scripts)/' },
    },
    ...SERVER_FLOORS.slice(1).map((name, index) => onlyDownwards(name, index + 1)),
    {
      name: 'main-is-imported-by-nobody',
      severity: 'error',
      from: {},
      to: { path: '^(server/main|server/rehearsal/main|client/main)\\.ts$' },
    },
    {
      name: 'rooms-know-no-transport',
      comment: 'A room talks to its Outlet, so that it is tested without a network.',
      severity: 'error',
      from: { path: ['^server/rooms/', '^server/store/'] },
      to: { path: TRANSPORT },
    },
    {
      name: 'rooms-know-no-http',
      severity: 'error',
      from: { path: ['^server/rooms/', '^server/handlers/'] },
      to: { path: '^(node:)?(http|https|http2|net)$', dependencyTypes: CORE },
    },
    {
      name: 'handlers-know-no-transport',
      comment: 'A handler is a function of the context and the message; it may name types.',
      severity: 'error',
      from: { path: '^server/handlers/' },
      to: { path: TRANSPORT, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rooms-see-the-store-interface',
      comment: 'Which store it is, main.ts decides.',
      severity: 'error',
      from: { path: ['^server/rooms/', '^server/handlers/'] },
      to: { path: '^server/store/', pathNot: '^server/store/store\\.ts$' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'every-import-is-found',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
    {
      name: 'product-runs-without-dev-packages',
      comment: 'The server and what it shares run after `npm ci --omit=dev`.',
      severity: 'error',
      from: { path: '^(server|shared)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Also follows `import type`, which TypeScript removes.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'browser', 'node', 'default', 'types'],
      extensions: ['.ts', '.svelte', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};

import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import en from './client/messages/en/common.json' with { type: 'json' };
import fr from './client/messages/fr/common.json' with { type: 'json' };
import { chunksOf } from './scripts/chunks.mjs';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Writes into the page what a browser shows that is too old to run it, or runs no scripts. Its
 * language can then not be asked for, so both are there.
 */
const unsupported: Plugin = {
  name: 'unsupported',
  transformIndexHtml: (html) => {
    const texts = Object.entries({ en, fr }).map(
      ([
        language,
        {
          unsupported: { title, text },
        },
      ]) => `<div class="unsupported" lang="${language}"><h1>${title}</h1><p>${text}</p></div>`,
    );
    return html.replace('<!-- unsupported -->', texts.join(''));
  },
};

/** What a student waits for, what they are in class with, and what draws the losses. */
const chunks = chunksOf([
  ['first', ['client/app/App.svelte', 'client/student/Student.svelte'].map(folder)],
  ['home', [folder('client/home/Home.svelte')]],
  ['class', ['client/student/Classroom.svelte', 'client/live/connection.svelte.ts'].map(folder)],
  ['chart', [folder('client/charts/LossChart.svelte')]],
]);

export default defineConfig({
  root: folder('client/'),
  // Relative, so that the app also works below a sub-path named by `<base href>`.
  base: './',
  cacheDir: folder('node_modules/.vite'),
  plugins: [svelte({ configFile: false }), unsupported],
  resolve: {
    // The compiled kernels are a file of the pages; the build makes them first.
    alias: { 'virtual:kernels': `${folder('dist/kernels/kernels.wasm')}?url` },
  },
  worker: { format: 'es' },
  build: {
    outDir: folder('dist/client/'),
    emptyOutDir: true,
    target: ['es2022', 'chrome100', 'edge100', 'firefox110', 'safari15.4'],
    // The content security policy allows no data: URL, so nothing may be inlined as one.
    assetsInlineLimit: 0,
    // Tells a test which files a page loads.
    manifest: true,
    rolldownOptions: {
      output: { codeSplitting: { groups: chunks } },
    },
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { fs: { allow: [folder('.')] } },
});

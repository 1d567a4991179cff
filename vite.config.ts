import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: folder('client/'),
  // Relative, so that the app also works below a sub-path named by `<base href>`.
  base: './',
  cacheDir: folder('node_modules/.vite'),
  plugins: [svelte({ configFile: false })],
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
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { fs: { allow: [folder('.')] } },
});

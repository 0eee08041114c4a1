import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // The hub puts a fresh value in for every answer; see ConsoleFiles in the room web.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'target/classes/org/yuzui/console',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8088' },
  },
});

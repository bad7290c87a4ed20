import { defineConfig } from 'vite';

/** Nothing inlined: the pages allow no script, style or image but those of their own address. */
export default defineConfig({
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // No map: the sources are public, and a map would be served.
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
    },
  },
  logLevel: 'warn',
});

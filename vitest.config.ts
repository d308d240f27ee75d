import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.spec.ts', 'test/**/*.spec.ts'],
    // quickhull3d's ESM imports lack file extensions, which plain Node refuses; Vite resolves them.
    server: { deps: { inline: ['quickhull3d'] } },
    // Langium's parser needs Object.groupBy, which Node 20 lacks.
    setupFiles: ['core-js/actual/object/group-by.js'],
    testTimeout: 60_000,
  },
});

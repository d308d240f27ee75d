import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import boundaries from '../../eslint.boundaries.js';

const eslint = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }, ...boundaries],
});

/** Messages of the boundary rule for one import written in a file of a floor. */
async function violations(file: string, source: string): Promise<string[]> {
  const [result] = await eslint.lintText(`import * as x from '${source}';\nexport default x;\n`, {
    filePath: file,
  });
  return result.messages.map((message) => message.message);
}

describe('import boundaries', () => {
  it.each([
    ['src/solver/scenario.ts', 'vscode'],
    ['src/solver/scenario.ts', 'langium'],
    ['src/solver/scenario.ts', 'langium/lsp'],
    ['src/solver/scenario.ts', 'node:fs'],
    ['src/solver/scenario.ts', 'highs'],
    ['src/solver/scenario.ts', 'quickhull3d'],
    ['src/solver/highs/model.ts', '../scenario.js'],
    ['src/solver/highs/model.ts', 'quickhull3d'],
    ['src/solver/geometry/hull.ts', 'highs'],
    ['src/language/module.ts', 'vscode'],
    ['src/language/module.ts', '../extension/main.js'],
    ['src/referee/verify.ts', '../solver/engine/engine.js'],
    ['src/referee/verify.ts', '../language/module.js'],
    ['src/cli/main.ts', '../extension/main.js'],
    ['src/extension/main.ts', '../language/module.js'],
    ['src/extension/webview/main.ts', 'vscode'],
    ['src/extension/webview/main.ts', '../../solver/engine/engine.js'],
    ['src/solver/scenario.ts', '../../test/house/boundaries.spec.js'],
  ])('%s may not import %s', async (file, source) => {
    expect(await violations(file, source)).toHaveLength(1);
  });

  it.each([
    ['src/solver/result.ts', './scenario.js'],
    ['src/solver/result.ts', 'zod'],
    ['src/solver/highs/model.ts', 'highs'],
    ['src/solver/geometry/hull.ts', 'quickhull3d'],
    ['src/solver/engine/worker.ts', 'node:worker_threads'],
    ['src/solver/result.spec.ts', 'node:fs'],
    ['src/language/module.ts', '../solver/scenario.js'],
    ['src/referee/verify.ts', '../solver/result.js'],
    ['src/extension/main.ts', 'vscode'],
    ['src/extension/webview/main.ts', '../../solver/result.js'],
  ])('%s may import %s', async (file, source) => {
    expect(await violations(file, source)).toEqual([]);
  });
});

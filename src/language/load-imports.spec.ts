import { URI } from 'langium';
import { describe, expect, it } from 'vitest';
import { loadDocument } from './load-imports.js';
import { MemoryFileSystem } from './memory-file-system.js';
import { createV2gServices } from './v2g-module.js';

describe('loading a file', () => {
  it('twice at the same time gives one document', async () => {
    const uri = URI.parse('file:///town.v2g');
    const { shared } = createV2gServices({
      fileSystemProvider: () => new MemoryFileSystem({ [uri.path]: 'roads Town { node a }' }),
    });
    const [first, second] = await Promise.all([loadDocument(uri, shared), loadDocument(uri, shared)]);
    expect(first.error).toBe('');
    expect(second.document).toBe(first.document);
  });
});

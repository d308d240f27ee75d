import { describe, expect, it } from 'vitest';
import { expectMarks, load, scenario } from './fixture.js';

describe('syntax', () => {
  it('is reported where it goes wrong, and the rest is still checked', async () => {
    const [message] = await expectMarks(`${scenario()} station «syntax:{» }`);
    expect(message).toBe("Expected a name, but found '{'.");
  });

  it('says how to write a name that is a word of the language or starts with a digit', async () => {
    const reserved = await load('roads { node a, link }');
    expect(reserved.diagnostics[0]).toMatchObject({ code: 'syntax' });
    const first = await load('station node { }');
    expect(first.diagnostics[0].message).toContain('as a name it is written "node"');
    const digit = await load('station 7 { }');
    expect(digit.diagnostics[0].message).toContain('a name that starts with a digit is written in quotes');
  });

  it('is reported at the end of a text that ends too early', async () => {
    const { diagnostics } = await load('roads {\n  node a');
    expect(diagnostics[0]).toMatchObject({
      code: 'syntax',
      line: 2,
      message: expect.stringContaining('the end of the file'),
    });
  });

  it('has a code for characters that mean nothing', async () => {
    const [message] = await expectMarks(`${scenario()} «character:?»`);
    expect(message).toBe('"?" means nothing in this language.');
  });

  it('says when a text or a comment has no end', async () => {
    const text = await load('scenario S "title\nhorizon 17:00 to 18:00 step 10 min');
    expect(text.diagnostics.map(({ message }) => message).join()).toContain('a quote is missing');
    const comment = await load('/* open');
    expect(comment.diagnostics[0].message).toContain("'*/' is missing");
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const readme = readFileSync('README.md', 'utf8');
const settings = Object.entries(manifest.contributes.configuration.properties);

describe('the manifest', () => {
  it('activates for .v2g files, and for the panel of one in a window that was reloaded', () => {
    expect(manifest.activationEvents).toEqual(['onWebviewPanel:v2g.region']);
    expect(manifest.contributes.languages.map(({ extensions }) => extensions)).toEqual([['.v2g']]);
  });

  it.each(settings)(
    'has a default and a description for %s, and the README has the same default',
    (name, setting) => {
      expect(setting.default).toBeDefined();
      expect(setting.markdownDescription.length).toBeGreaterThan(20);
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\``));
      expect(row?.split('|')[2].trim()).toBe(`\`${setting.default}\``);
    },
  );

  it('supports folders that are not trusted, without what could run by itself', () => {
    const { untrustedWorkspaces } = manifest.capabilities;
    expect(untrustedWorkspaces.supported).toBe('limited');
    expect(untrustedWorkspaces.restrictedConfigurations).toContain('v2g.study.runOnSave');
  });

  it('has a walkthrough of five steps, each with a picture that is there', () => {
    const [{ steps }] = manifest.contributes.walkthroughs;
    expect(steps.map(({ media }) => existsSync(media.svg))).toEqual([true, true, true, true, true]);
  });
});

describe('the README', () => {
  it('says that nothing is sent anywhere', () => {
    expect(readme).toContain('**No telemetry.**');
  });

  it('shows pictures that are there', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path]) => path);
    expect(pictures.length).toBeGreaterThanOrEqual(5);
    expect(pictures.filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe('docs/editors.md', () => {
  const page = readFileSync('docs/editors.md', 'utf8');

  it('names the server as it is installed', () => {
    expect(page).toContain(`node ${manifest.bin['v2g-language-server']} --stdio`);
    const editors = page.split('## Neovim')[1];
    expect(editors.match(/v2g-language-server/g)!.length).toBeGreaterThanOrEqual(4);
  });

  it.each(['Neovim', 'Helix', 'Emacs', 'Zed'])('has settings for %s', (editor) => {
    expect(page).toMatch(new RegExp(`^## ${editor}[^#]*\`\`\``, 'm'));
  });
});

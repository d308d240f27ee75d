/** The settings of the editor that the server heeds; an editor that sends none gets the defaults. */
import type { LangiumSharedServices } from 'langium/lsp';

interface Section {
  readonly enabled?: boolean;
}

export class EditorSettings {
  constructor(private readonly services: LangiumSharedServices) {}

  inlayHints(): Promise<boolean> {
    return this.enabled('inlayHints');
  }

  codeLens(): Promise<boolean> {
    return this.enabled('codeLens');
  }

  private async enabled(section: string): Promise<boolean> {
    const settings: Section | undefined =
      await this.services.workspace.ConfigurationProvider.getConfiguration('v2g', section);
    return settings?.enabled ?? true;
  }
}

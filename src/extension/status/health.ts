/** What the extension is doing, as the status item shows it. */
export type Health =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'running'; readonly message: string; readonly detail: string }
  | { readonly kind: 'failed'; readonly message: string };

/** State of the language server as the client sees it. */
export type ServerHealth = Exclude<Health, { kind: 'running' }>;

/** How far a study has come: in a few words, and what more there is to say of it. */
export interface StudyProgressText {
  readonly text: string;
  readonly detail: string;
}

/** A failed server outranks everything, a running study outranks checking: one is rare, the other was asked for. */
export function healthOf(
  server: ServerHealth,
  runningStudies: ReadonlyMap<string, StudyProgressText>,
): Health {
  if (server.kind === 'failed' || runningStudies.size === 0) return server;
  const [[study, { text, detail }]] = runningStudies;
  const others = runningStudies.size > 1 ? ` (and ${runningStudies.size - 1} more)` : '';
  return { kind: 'running', message: text ? `${study}: ${text}${others}` : `${study}${others}`, detail };
}

export interface HealthLabel {
  readonly text: string;
  readonly tooltip: string;
}

/** Text with an icon for the status bar, and a sentence for its tooltip. */
export function labelOf(health: Health): HealthLabel {
  switch (health.kind) {
    case 'starting':
      return { text: '$(loading~spin) V2G', tooltip: 'V2G: the language server is starting' };
    case 'ready':
      return { text: '$(check) V2G', tooltip: 'V2G: ready' };
    case 'checking':
      return { text: '$(sync~spin) V2G', tooltip: 'V2G: checking' };
    case 'running':
      return {
        text: `$(sync~spin) V2G: ${health.message}`,
        tooltip: [`V2G: running ${health.message}`, health.detail].filter(Boolean).join(', '),
      };
    case 'failed':
      return { text: '$(error) V2G', tooltip: `V2G: ${health.message}` };
  }
}

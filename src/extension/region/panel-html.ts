/** The page of a panel: nothing may run or load in it but the extension's own script and style. */
import { escapeHtml } from '../../report/escape.js';

export interface PageParts {
  scriptUri: string;
  styleUri: string;
  cspSource: string;
  nonce: string;
  /** Of the file that the panel is about; the webview keeps it, and the study, for the panel to be found again. */
  uri: string;
  study: string;
}

export function panelHtml({ scriptUri, styleUri, cspSource, nonce, uri, study }: PageParts): string {
  // Pictures are drawn to a canvas from SVG text, hence data: for images.
  const csp = `default-src 'none'; img-src data:; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeHtml(styleUri)}">
<title>${escapeHtml(study)}</title>
</head>
<body>
<div id="root" data-uri="${escapeHtml(uri)}" data-study="${escapeHtml(study)}"></div>
<script nonce="${nonce}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>`;
}

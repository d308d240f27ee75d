/** VS Code's theme as the drawings need it: which of the four kinds, and two of its colours. */
import { useEffect, useState } from 'preact/hooks';
import { paletteFor, type Palette, type ThemeKind } from '../../report/drawings/palette.js';

export function themeKind(body: { classList: { contains(name: string): boolean } }): ThemeKind {
  if (body.classList.contains('vscode-high-contrast-light')) return 'high-contrast-light';
  if (body.classList.contains('vscode-high-contrast')) return 'high-contrast';
  return body.classList.contains('vscode-dark') ? 'dark' : 'light';
}

/** The palette of the present theme; changes with it. */
export function usePalette(): Palette {
  const [palette, set] = useState(() => paletteFor(themeKind(document.body)));
  useEffect(() => {
    // VS Code swaps the class and the variables of the body; both mean new colours.
    const observer = new MutationObserver(() => set(paletteFor(themeKind(document.body))));
    observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    return () => observer.disconnect();
  }, []);
  return palette;
}

export function colourVariable(name: string, fallback: string): string {
  return getComputedStyle(document.body).getPropertyValue(name).trim() || fallback;
}

export const prefersReducedMotion = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

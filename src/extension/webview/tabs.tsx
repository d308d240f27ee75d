/** Tabs by the pattern of the ARIA Authoring Practices: arrow keys move, one stop for the Tab key. */
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { Tab } from './model.js';

const TABS: [Tab, string][] = [
  ['region', 'Region'],
  ['point', 'Point'],
  ['map', 'Map'],
  ['table', 'Table'],
];

export function Tabs(props: { tab: Tab; onTab: (tab: Tab) => void; children: ComponentChildren }) {
  const { tab, onTab, children } = props;
  const buttons = useRef(new Map<Tab, HTMLButtonElement>());
  const move = (event: KeyboardEvent) => {
    // The one in focus: of keys in quick succession the next may come before the last one's tab is drawn.
    const now = TABS.findIndex(([id]) => buttons.current.get(id) === event.target);
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: TABS.length - 1 }[event.key];
    if (to === undefined) return;
    const [next] = TABS[(to + TABS.length) % TABS.length];
    onTab(next);
    buttons.current.get(next)?.focus();
    event.preventDefault();
  };
  return (
    <>
      <div role="tablist" aria-label="Parts of the result" onKeyDown={move}>
        {TABS.map(([id, name]) => (
          <button
            key={id}
            ref={(element) => {
              if (element) buttons.current.set(id, element);
            }}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-selected={tab === id}
            aria-controls="tab-panel"
            tabIndex={tab === id ? 0 : -1}
            onClick={() => onTab(id)}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`} class={`tab-${tab}`}>
        {children}
      </div>
    </>
  );
}

import { keep, recall } from '../live/storage.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'build-a-brain:theme';
const stored = THEMES.find((name) => name === recall(KEY));
const chosen = $state<{ theme: Theme }>({ theme: stored ?? 'system' });

export function theme(): Theme {
  return chosen.theme;
}

export function chooseTheme(next: Theme): void {
  chosen.theme = next;
  keep(KEY, next);
  applyTheme();
}

/** Charts watch the attribute `data-theme` of the root, and the system's preference. */
export function applyTheme(): void {
  const root = document.documentElement;
  if (chosen.theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = chosen.theme;
}

const MEDIA = ['(prefers-color-scheme: dark)', 'print'];

/** Calls `changed` whenever the page's colours change, by the system's choice, the page's, or on paper. */
export function watchTheme(changed: () => void): () => void {
  const media = MEDIA.map((query) => matchMedia(query));
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  for (const each of media) each.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    for (const each of media) each.removeEventListener('change', changed);
  };
}

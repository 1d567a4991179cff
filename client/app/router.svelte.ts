import { routeOf, type Route } from './route.ts';

function presentRoute(): Route {
  const base = new URL('.', document.baseURI).pathname;
  const { pathname, hash } = window.location;
  if (`${pathname}/` === base) return { page: 'home' };
  if (!pathname.startsWith(base)) return { page: 'notFound' };
  return routeOf(pathname.slice(base.length), hash);
}

let shown = $state.raw<Route>(presentRoute());

/** What the address asks for, as text: a page may have changed it since it was shown. */
let asked = JSON.stringify(shown);

/** Whether a place in the browser's history is one of the page that is shown, whatever its address. */
let isOwn: (state: unknown) => boolean = () => false;

window.addEventListener('popstate', () => {
  const next = presentRoute();
  // Between two places that one page has, the page itself goes to and fro.
  if (JSON.stringify(next) !== asked && !isOwn(history.state)) shown = next;
  asked = JSON.stringify(next);
});

/** The page that is shown knows its own places by their state, until the returned function is called. */
export function ownPlaces(are: (state: unknown) => boolean): () => void {
  isOwn = are;
  return () => {
    if (isOwn === are) isOwn = () => false;
  };
}

export function route(): Route {
  return shown;
}

/** Goes to a path below the document's base without loading the page anew. */
export function navigate(path: string): void {
  history.pushState(null, '', new URL(path, document.baseURI));
  shown = presentRoute();
  asked = JSON.stringify(shown);
  window.scrollTo(0, 0);
}

/** Has the address tell what the page shows, which stays as it is. */
export function tell(address: URL): void {
  history.replaceState(history.state, '', address);
  asked = JSON.stringify(presentRoute());
}

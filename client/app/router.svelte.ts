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

window.addEventListener('popstate', () => {
  const next = presentRoute();
  // Between two places that one page has for the same address, the page itself goes to and fro.
  if (JSON.stringify(next) !== asked) shown = next;
  asked = JSON.stringify(next);
});

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

import { routeOf, type Route } from './route.ts';

function presentRoute(): Route {
  const base = new URL('.', document.baseURI).pathname;
  const { pathname, hash } = window.location;
  if (`${pathname}/` === base) return { page: 'home' };
  if (!pathname.startsWith(base)) return { page: 'notFound' };
  return routeOf(pathname.slice(base.length), hash);
}

let shown = $state.raw<Route>(presentRoute());

window.addEventListener('popstate', () => (shown = presentRoute()));

export function route(): Route {
  return shown;
}

/** Goes to a path below the document's base without loading the page anew. */
export function navigate(path: string): void {
  history.pushState(null, '', new URL(path, document.baseURI));
  shown = presentRoute();
  window.scrollTo(0, 0);
}

import { tidyCode } from '../../shared/protocol/names.ts';

export type Route =
  | { page: 'home' }
  | { page: 'student'; code: string }
  | { page: 'instructor'; code: string; secret: string }
  | { page: 'projector'; code: string; pass: string }
  | { page: 'alone'; link: string }
  | { page: 'notFound' };

/** The page that a path below the document's base stands for. */
export function routeOf(path: string, hash: string): Route {
  const [first = '', second, ...more] = path.replace(/\/$/, '').split('/');
  if (more.length > 0) return { page: 'notFound' };
  if (second === undefined) {
    if (first === '') return { page: 'home' };
    if (first === 'alone') return { page: 'alone', link: hash.slice(1) };
    const code = tidyCode(decode(first));
    return code ? { page: 'student', code } : { page: 'notFound' };
  }
  const code = tidyCode(decode(second));
  if (code && first === 'teach') return { page: 'instructor', code, secret: hash.slice(1) };
  if (code && first === 'show') return { page: 'projector', code, pass: hash.slice(1) };
  return { page: 'notFound' };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

import type { IncomingMessage } from 'node:http';

/**
 * Whether a request may come from the page that sent it: one of this very server, under whatever
 * address it was reached, or of its public address. Programs that are no browser name no origin.
 * @param host under which the request came in
 */
export function isOwnOrigin(
  { headers: { origin } }: Pick<IncomingMessage, 'headers'>,
  host: string | undefined,
  publicUrl: string | null,
): boolean {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  return page.host === host || (publicUrl !== null && page.origin === new URL(publicUrl).origin);
}

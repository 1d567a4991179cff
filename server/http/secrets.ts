import type { IncomingMessage } from 'node:http';

/** The secret that a request carries in its header, where no log and no history keeps it. */
export function bearerOf({ headers }: Pick<IncomingMessage, 'headers'>): string | null {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

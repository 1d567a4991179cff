import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Tickets for browsers from which the password was given rightly: they open nothing, but set their
 * holders apart from whoever guesses at the same address. They are signed with the password, so that
 * they outlive the server and end with the password. (OWASP calls them device cookies.)
 */
export class Tickets {
  private readonly key: Buffer;

  constructor(password: string) {
    this.key = createHmac('sha256', password).update('ticket').digest();
  }

  issue(): string {
    const id = randomBytes(18).toString('base64url');
    return `${id}.${this.sign(id).toString('base64url')}`;
  }

  /** Who holds a ticket, or null where it is none of ours. */
  holder(ticket: string): string | null {
    const [id = '', signature = ''] = ticket.split('.');
    const claimed = Buffer.from(signature, 'base64url');
    const ours = this.sign(id);
    return claimed.length === ours.length && timingSafeEqual(claimed, ours) ? id : null;
  }

  private sign(id: string): Buffer {
    return createHmac('sha256', this.key).update(id).digest();
  }
}

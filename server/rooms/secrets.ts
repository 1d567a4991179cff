import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { CODE_ALPHABET, CODE_LENGTH } from '../../shared/protocol/names.ts';

/** A secret of 144 random bits, in 24 characters that are safe in a link. */
export function newSecret(): string {
  return randomBytes(18).toString('base64url');
}

/** SHA-256 in hexadecimal. The secrets are random, so they need no salt and no slow hash. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function isSecret(claimed: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(claimed), 'hex'), Buffer.from(hash, 'hex'));
}

/**
 * What an instructor's page gives the projectors that it opens. It follows from the instructor's secret,
 * so that it outlives the server, and opens nothing that the join code does not. [P97]
 */
export function projectorPass(instructorHash: string): string {
  return createHmac('sha256', instructorHash).update('projector').digest('base64url');
}

/** A join code drawn evenly from all there are. */
export function newCode(): string {
  return Array.from(
    { length: CODE_LENGTH },
    () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)],
  ).join('');
}

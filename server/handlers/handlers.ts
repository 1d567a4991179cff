import type { Handlers } from './context.ts';
import { conducting } from './instructor.ts';
import { entering } from './join.ts';
import { studying } from './student.ts';

/** What answers each message that a client can send. */
export const HANDLERS: Handlers = { ...entering, ...studying, ...conducting };

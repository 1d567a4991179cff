import type { AnswerOf, ClientEvent, MessageOf } from '../live/socket.ts';

/** A code that the page has a message for. */
export type Problem = Extract<AnswerOf<ClientEvent>, { ok: false }>['code'];

/** Sends what the instructor asks for and shows what the server refuses; true where it agreed. */
export type Ask = <E extends ClientEvent>(event: E, message: MessageOf<E>) => Promise<boolean>;

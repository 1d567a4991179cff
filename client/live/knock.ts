import type { NO_ANSWER } from '../../shared/live/answer.ts';
import type { Refusal } from '../../shared/protocol/codes.ts';
import {
  PROTOCOL_VERSION,
  type ScreenWelcome,
  type StudentWelcome,
} from '../../shared/protocol/events.ts';
import { forgetPlace, joiningSecret, keepPlace, keptPlace } from './credentials.ts';
import type { Entrance } from './liveState.ts';
import type { AnswerOf, ClientEvent, MessageOf } from './socket.ts';

type Request = <E extends ClientEvent>(event: E, message: MessageOf<E>) => Promise<AnswerOf<E>>;

/** Asks to be let into a session: a student by the place that this device has, or for a new one. */
export async function knock(
  entrance: Entrance,
  request: Request,
): Promise<
  | ({ ok: true } & (ScreenWelcome | StudentWelcome))
  | { ok: false; code: Refusal | typeof NO_ANSWER; retryAfter?: number }
> {
  const version = PROTOCOL_VERSION;
  const { code } = entrance;
  switch (entrance.role) {
    case 'instructor':
      return request('instruct', { version, code, secret: entrance.secret });
    case 'projector':
      return request('watch', { version, code, pass: entrance.pass });
    case 'student': {
      const place = keptPlace(code);
      if (place) {
        const answer = await request('resume', { version, ...place });
        if (answer.ok || answer.code !== 'wrong_secret') return answer;
        // The place was in an earlier session that had the same code.
        forgetPlace(code);
        if (entrance.name === undefined) return answer;
      }
      const name = entrance.name ?? '';
      const secret = joiningSecret(code);
      const answer = await request('join', { version, code, name, secret });
      if (answer.ok) keepPlace({ code, index: answer.index, secret });
      return answer;
    }
  }
}

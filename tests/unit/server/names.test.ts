import { describe, expect, it } from 'vitest';
import { isRude } from '../../../server/guard/rudeNames.ts';
import { remove, rename } from '../../../server/rooms/conduct.ts';
import { instruct, join, resume, watch } from '../../../server/rooms/entrance.ts';
import { hideNames } from '../../../server/rooms/pseudonyms.ts';
import type { Room } from '../../../server/rooms/room.ts';
import { newSecret } from '../../../server/rooms/secrets.ts';
import { TIMING } from '../../../shared/limits.ts';
import { friendlyCount, friendlyName, pseudonym } from '../../../shared/nicknames/friendly.ts';
import { NAME_LANGUAGES } from '../../../shared/nicknames/words.ts';
import { REFUSALS } from '../../../shared/protocol/codes.ts';
import type { ParticipantView } from '../../../shared/protocol/views.ts';
import { Classroom, INSTRUCTOR_SECRET } from './classroom.ts';

/** A class of students whose names are found in nothing else that is sent. */
function classOf(names: readonly string[]) {
  const classroom = new Classroom();
  const students = names.map((name) => classroom.join(name));
  classroom.time.pass(TIMING.tick);
  classroom.said = [];
  return { classroom, students };
}

const namesIn = (participants: readonly ParticipantView[]) => participants.map(({ name }) => name);

function welcomeNames(room: Room, who: 'instructor' | 'projector') {
  const ack = who === 'instructor' ? instruct(room, 'T', INSTRUCTOR_SECRET) : watch(room, 'P');
  if (!ack.ok) throw new Error(ack.code);
  return namesIn(ack.participants);
}

describe('generated names', () => {
  it.each(NAME_LANGUAGES)('of %s are all different, fit, and none is rude', (language) => {
    const names = Array.from({ length: friendlyCount(language) }, (_, k) =>
      friendlyName(language, k),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => [...name].length > 24 || isRude(name))).toEqual([]);
    expect(names.filter((name) => !/^\p{L}+ \p{L}+$/u.test(name))).toEqual([]);
  });

  it.each(NAME_LANGUAGES)(
    'of %s hide everybody of the largest class under another one',
    (language) => {
      const names = Array.from({ length: 5_000 }, (_, k) => pseudonym(language, 'ACDEFG', k));
      expect(new Set(names).size).toBe(names.length);
      expect(pseudonym(language, 'WXYQRT', 0)).not.toBe(names[0]);
    },
  );
});

describe('rude nicknames', () => {
  it.each(['Fuck', 'sh1t', 'f u c k', 'Connard', 'C0nn@rd', 'ENCULE', 'enculé', 'le con', 'fdp'])(
    '[P82] %s is refused at the door with a code',
    (name) => {
      const { classroom } = classOf([]);
      const newcomer = { name, secret: newSecret(), simulated: false };
      expect(join(classroom.room, 'x', newcomer)).toEqual(
        expect.objectContaining({ ok: false, code: REFUSALS.nameRude }),
      );
      expect(classroom.room.roster.size).toBe(0);
    },
  );

  it.each([
    ...['bougnoule', 'youpin', 'bamboula', 'bicot', 'tarlouze', 'ENCULER', 'couille', 'trouduc'],
    ...['Hitler', 'hitler88', 'nazi', 'kys', 'niquetamere', 'nique ta mère'],
    ...['GrosseBite', 'petite_bite', 'f.u.c.k', 'p.u.t.e', 'puuute', 'S-A-L-O-P-E'],
  ])('[P82] %s is found, however it is written', (name) => {
    expect(isRude(name)).toBe(true);
  });

  it('[P82] and names that only have such letters in them are not', () => {
    const innocent = `Constance Cassandra Assia Analía Pénélope Patrick Culture Habiba Titouan Cumali
      Gaëtan Scunthorpe Anaïs Cockburn Nguyễn Mehdi Électrique Kumar Dickens Sébastien`;
    expect(innocent.split(/\s+/).filter(isRude)).toEqual([]);
    const borne = 'Dicko Fagan Cumin Nazim Nazira McDonald DeAndre Négrin Tagada Jean-Marc Lou_42';
    expect(borne.split(/\s+/).filter(isRude)).toEqual([]);
    const numbered = Array.from({ length: 5_000 }, (_, k) => `Student ${k}`);
    expect(numbered.filter(isRude)).toEqual([]);
  });
});

describe('an instructor', () => {
  it('[P80] gives a student another nickname, unique as at the door, and its page is told', () => {
    const { classroom, students } = classOf(['Ada', 'Bob']);
    const { room } = classroom;
    expect(rename(room, 1, '  ADA ')).toBeNull();
    expect(classroom.said).toContainEqual({ to: 'Bob', event: 'named', message: 'ADA 2' });
    classroom.time.pass(TIMING.tick);
    const changed = classroom.heard('screens').find(({ event }) => event === 'roster');
    expect(changed?.message).toMatchObject([{ index: 1, name: 'ADA 2' }]);
    // The place is still the student's, the old name is free, and a repeat changes nothing.
    expect(resume(room, 'Bob', 1, students[1]!.secret)).toMatchObject({ name: 'ADA 2' });
    expect(classroom.join('Bob').name).toBe('Bob');
    expect(rename(room, 1, 'ADA 2')).toBeNull();
    expect(rename(room, 1, 'ada 2')).toBeNull();
    expect(room.roster.get(1)?.name).toBe('ada 2');
  });

  it('[P80] is refused a nickname that is none, and a participant who is not there', () => {
    const { classroom } = classOf(['Ada', 'Bob']);
    const { room } = classroom;
    expect(rename(room, 0, ' ')).toBe(REFUSALS.nameEmpty);
    expect(rename(room, 0, 'x'.repeat(25))).toBe(REFUSALS.nameTooLong);
    expect(rename(room, 0, 'a\u202eb')).toBe(REFUSALS.nameBadCharacters);
    remove(room, 1);
    expect(rename(room, 1, 'Eve')).toBe(REFUSALS.badMessage);
    expect(room.roster.get(0)?.name).toBe('Ada');
  });

  it('[P80] [P81] finds names and whether they are hidden again after a restart', async () => {
    const { classroom } = classOf(['Ada', 'Bob']);
    rename(classroom.room, 0, 'Grace');
    hideNames(classroom.room, 'fr');
    await classroom.room.journal.flush();
    const { store } = classroom;
    const stored = (await store.load('ACDEFG')) ?? undefined;
    const { room } = new Classroom({ store, stored });
    expect(namesIn(room.participants())).toEqual(['Grace', 'Bob']);
    expect(room.view().pseudonyms).toBe('fr');
  });

  it('[P81] who hides names sends them to no student and no projector any more', () => {
    const { classroom } = classOf(['Ada Hidden', 'Bob Hidden', 'Eve Hidden']);
    const { room } = classroom;
    hideNames(room, 'en');
    const names = [0, 1, 2].map((k) => pseudonym('en', 'ACDEFG', k));
    expect(classroom.said).toContainEqual(
      expect.objectContaining({
        to: 'projectors',
        event: 'roster',
        message: names.map((name) => expect.objectContaining({ name })),
      }),
    );
    expect(Classroom.views(classroom.heard('screens')).at(-1)?.pseudonyms).toBe('en');
    classroom.run();
    [0, 1, 2].forEach((k) => classroom.losses(k, 0, [k, k]));
    classroom.time.pass(TIMING.place);
    rename(room, 0, 'Ada Hidden Too');
    classroom.time.pass(TIMING.place);
    const late = classroom.join('Late');
    classroom.time.pass(TIMING.place);
    const told = classroom.said.filter(({ event }) => event === 'place');
    expect(told.length).toBeGreaterThan(0);
    // What each is told of itself apart: its own name is no secret to it.
    const others = classroom.said
      .filter(({ to, event }) => to !== 'instructors' && event !== 'named')
      .map(({ message }) => message);
    expect(JSON.stringify([others, late.participants])).not.toContain('Hidden');
    expect(welcomeNames(room, 'projector')).toEqual([...names, pseudonym('en', 'ACDEFG', 3)]);
    expect(welcomeNames(room, 'instructor')).toEqual([
      'Ada Hidden Too',
      'Bob Hidden',
      'Eve Hidden',
      'Late',
    ]);
  });

  it('[P81] shows them again to everybody, and a repeat says nothing', () => {
    const { classroom } = classOf(['Ada', 'Bob']);
    hideNames(classroom.room, 'fr');
    classroom.said = [];
    hideNames(classroom.room, 'fr');
    expect(classroom.said).toEqual([]);
    hideNames(classroom.room, null);
    const roster = classroom.heard('screens').find(({ event }) => event === 'roster');
    expect(namesIn(roster?.message as ParticipantView[])).toEqual(['Ada', 'Bob']);
    expect(welcomeNames(classroom.room, 'projector')).toEqual(['Ada', 'Bob']);
  });
});

import { expect, it } from 'vitest';
import { Nicknames } from '../../../server/rooms/nicknames.ts';

it('[P8] a nickname in use gets the smallest number that is free, whatever its case', () => {
  const names = new Nicknames();
  for (const name of ['Ada', 'ada 2', 'Bob']) expect(names.take(name)).toBe(name);
  expect(names.take('Zoe')).toBe('Zoe');
  expect(names.take('ADA')).toBe('ADA 3');
  expect(names.take('Ada')).toBe('Ada 4');
  names.free('ada 2');
  expect(names.take('Ada')).toBe('Ada 2');
  expect(names.take('Ada')).toBe('Ada 5');
});

it('[P8] what cannot be seen makes no other name', () => {
  const names = new Nicknames();
  expect(names.take('Ada')).toBe('Ada');
  const twins = ['A\u200bda', 'Ada\u2060', 'A\u00adda', 'Ada\u034f', 'Ada\u3164'];
  expect(twins.map((name) => names.take(name))).toEqual(twins.map((name, k) => `${name} ${k + 2}`));
});

it('thousands of one name cost what few do', () => {
  const names = new Nicknames();
  const taken = Array.from({ length: 5_000 }, () => names.take('Ada'));
  expect(new Set(taken).size).toBe(5_000);
  expect(taken.at(-1)).toBe('Ada 5000');
});

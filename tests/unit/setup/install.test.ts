import { expect, test } from 'vitest';
import { holdsAll } from '../../../scripts/install.mjs';

const svelte = { integrity: 'sha512-1' };
const native = { integrity: 'sha512-2', optional: true };
const wanted = {
  packages: { '': {}, 'node_modules/svelte': svelte, 'node_modules/native-win32': native },
};

test('what npm installed by hand is not installed again', () => {
  expect(holdsAll(wanted, { packages: { 'node_modules/svelte': svelte } })).toBe(true);
});

test('a package that is missing or of another version is installed', () => {
  expect(holdsAll(wanted, { packages: {} })).toBe(false);
  const older = { 'node_modules/svelte': { integrity: 'sha512-0' } };
  expect(holdsAll(wanted, { packages: older })).toBe(false);
});

test('without a record of what is installed, everything is installed', () => {
  expect(holdsAll(wanted, null)).toBe(false);
});

/**
 * What is wrong with this version of Node, in one line, or null.
 * @param {string} version without the v, as process.versions.node gives it
 */
export function versionProblem(version) {
  var parts = version.split('.').map(Number);
  var major = parts[0] || 0;
  var minor = parts[1] || 0;
  // What Vite and ESLint need: the odd versions between lack what the long-lived ones have.
  if (major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19)) return null;
  return (
    'Build a Brain needs Node 20.19 or newer, except 21, 22 before 22.13, and 23; this is Node ' +
    version +
    '. Get one at https://nodejs.org'
  );
}

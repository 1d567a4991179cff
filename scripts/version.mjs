/**
 * What is wrong with this version of Node, in one line, or null.
 * @param {string} version without the v, as process.versions.node gives it
 */
export function versionProblem(version) {
  var parts = version.split('.').map(Number);
  var major = parts[0] || 0;
  var minor = parts[1] || 0;
  if (major > 20 || (major === 20 && minor >= 19)) return null;
  return (
    'Build a Brain needs Node 20.19 or newer; this is Node ' +
    version +
    '. Get one at https://nodejs.org'
  );
}

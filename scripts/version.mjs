/** The first version of each supported line of Node; later lines are all accepted. */
var LINES = [
  [20, 19],
  [22, 12],
];

/**
 * What is wrong with this version of Node, in one line, or null.
 * @param {string} version without the v, as process.versions.node gives it
 */
export function versionProblem(version) {
  var parts = version.split('.').map(Number);
  var major = parts[0];
  var minor = parts[1];
  var line = LINES.filter(function (first) {
    return first[0] === major;
  })[0];
  if (line ? minor >= line[1] : major > 22) return null;
  return (
    'Build a Brain needs Node 20.19 or newer, 22.12 or newer, or 24; this is Node ' +
    version +
    '. Get one at https://nodejs.org'
  );
}

// The entry of every npm script. It imports nothing else before the version is known to be right,
// and is written so plainly that an old Node can still read it and say what is wrong.
import { versionProblem } from './version.mjs';

var problem = versionProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import('./tasks.mjs').then(function (tasks) {
    return tasks.run(process.argv[2], process.argv.slice(3));
  });
}

import alone from './fr/alone.json' with { type: 'json' };
import brain from './fr/brain.json' with { type: 'json' };
import chart from './fr/chart.json' with { type: 'json' };
import common from './fr/common.json' with { type: 'json' };
import guess from './fr/guess.json' with { type: 'json' };
import history from './fr/history.json' with { type: 'json' };
import home from './fr/home.json' with { type: 'json' };
import instructor from './fr/instructor.json' with { type: 'json' };
import picture from './fr/picture.json' with { type: 'json' };
import projector from './fr/projector.json' with { type: 'json' };
import report from './fr/report.json' with { type: 'json' };
import student from './fr/student.json' with { type: 'json' };

export const messages = {
  alone,
  brain,
  chart,
  common,
  guess,
  history,
  home,
  instructor,
  picture,
  projector,
  report,
  student,
};

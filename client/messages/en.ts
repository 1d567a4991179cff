import alone from './en/alone.json' with { type: 'json' };
import brain from './en/brain.json' with { type: 'json' };
import chart from './en/chart.json' with { type: 'json' };
import common from './en/common.json' with { type: 'json' };
import guess from './en/guess.json' with { type: 'json' };
import history from './en/history.json' with { type: 'json' };
import home from './en/home.json' with { type: 'json' };
import instructor from './en/instructor.json' with { type: 'json' };
import picture from './en/picture.json' with { type: 'json' };
import projector from './en/projector.json' with { type: 'json' };
import report from './en/report.json' with { type: 'json' };
import student from './en/student.json' with { type: 'json' };

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
export type Messages = typeof messages;

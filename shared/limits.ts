/**
 * Every queue, size and rate of the product has its finite bound here, so that a reader finds
 * them in one place and nothing grows without end.
 */

export * from './rateLimits.ts';

/** Learning rates a run accepts; outside lies nothing that can be taught. */
export const LEARNING_RATE = { min: 1e-6, max: 1e4 } as const;

/** A run reports at most this many loss points, whatever its length in steps. */
export const MAX_WINDOWS = 1_000;

/** Seconds of a run that are told apart: more than a school day has. */
export const MAX_RUN_SECONDS = 30_000;

/** A run is evaluated on the test images this many times: at least, where it is short, and at most. */
export const MIN_EVALUATIONS = 5;
export const MAX_EVALUATIONS = 20;

/** Steps in one run: 20 epochs of 60,000 images one by one fit in. */
export const MAX_STEPS = 2_000_000;

export const MAX_BATCH_SIZE = 1_024;

/** Neurons in the hidden layer of a toy run, and points that it trains on. */
export const MAX_HIDDEN = 32;
export const TOY_POINTS = { min: 20, max: 2_000 } as const;

/** Steps a second that the common clock can ask for; faster is the race. */
export const PACE = { min: 0.2, max: 2_000 } as const;

/** Learning rates that one browser trains at once without a class. */
export const MAX_ALONE_RATES = 8;

/** Workers in which it does so: each holds the images in memory of its own. */
export const MAX_ALONE_WORKERS = 4;

/** Training images, times the rates that learn from them: 60,000 for two rates, 10,000 for eight. */
export const MAX_ALONE_IMAGES = 120_000;

/** Runs that such a browser keeps, the last ones, each with its curves. */
export const MAX_ALONE_RUNS = 20;

/** Learning rates in a list that the instructor hands out. */
export const MAX_LISTED_RATES = 100;

/** Characters of a nickname, counted as code points after tidying. */
export const MAX_NICKNAME = 24;

/** Characters of the secret that a page makes for its participant: at least 132 random bits. */
export const SECRET_LENGTH = { min: 22, max: 64 } as const;

/** Participants of one session: a school at once. Who is removed makes room. */
export const MAX_PARTICIPANTS = 5_000;

/** Participants ever admitted to one session, the removed ones included, which keep their index. */
export const MAX_ADMITTED = 4 * MAX_PARTICIPANTS;

/** Characters of a field of the form for a run, and of its list of learning rates. */
export const MAX_TYPED = { field: 60, list: 3_000 } as const;

/** Screens of one session, so many of instructors and so many of projectors, which anybody with the code opens. */
export const MAX_SCREENS = 20;

/** Simulated students that an instructor can add to one session. */
export const MAX_SIMULATED = 60;

/** Of the best predictors, those that pages are told of. */
export const PREDICTION_LEADERS = 10;

/** Runs that one session remembers; starting another forgets the oldest. */
export const MAX_RUNS = 50;

/** Sessions that one server has in memory at a time. */
export const MAX_SESSIONS = 500;

/** Sessions that one server keeps stored. */
export const MAX_STORED_SESSIONS = 10_000;

/** Bytes of the database file. */
export const MAX_DATABASE_BYTES = 8 * 1024 ** 3;

/** Days after its last use for which a session is kept: bounds of the setting, and where it is not set. */
export const RETENTION_DAYS = { min: 1, max: 3_650, normal: 30 } as const;

/**
 * What a student's page is told of the others. Phones share one radio: in a class of 300 each may
 * take 2 kB/s of it in all, and what a lesson's class leaves unused its students have together.
 */
export const STUDENT_FEED = {
  /** A class up to this size is shown whole to every student; of a larger one the following. */
  wholeClass: 30,
  /** Curves of the best. */
  leaders: 8,
  /** Curves that most students have pinned. */
  followed: 4,
  /** Bytes of frames in a second to one student, at the least. */
  bytesPerSecond: 1_200,
  /** Bytes of frames in a second to all students of a session together, where that is more. */
  classBytesPerSecond: 360_000,
  /** Windows whose quantiles are worked out at once. */
  bandWindows: 50,
  /** A class up to this size speaks as often as it can; ten times as many speak a quarter as often. */
  talkative: 30,
} as const;

/** Ms of one core that replaying the students of one run may take. */
export const VERIFICATION = {
  /** By estimate, for one replay of each: what does not fit in is left out of the sample. */
  budget: 60_000,
  /** By estimate, for all later replays of one student, who has brought more points. */
  own: 15_000,
  /** As measured, on a machine slower than the estimate's: what is left then stays unchecked. */
  limit: 120_000,
} as const;

/** Ms of one core that computing the class brain of a run may take, by estimate; of a dearer class a sample. */
export const BRAIN_BUDGET = 20_000;

/** Bytes of one data frame, about; what is left over goes into the next. */
export const MAX_FRAME_BYTES = 256 * 1024;

/** Bytes that may wait for a client to read; until it has read them it is sent no more frames. */
export const MAX_UNREAD_BYTES = 256 * 1024;

/** Bytes of one message from a client. The largest honest one is a full column: under 25 kB. */
export const MAX_MESSAGE_BYTES = 64 * 1024;

/** Steps that the instructor can single-step at once: one reporting window of the longest run. */
export const MAX_SINGLE_STEPS = MAX_STEPS / MAX_WINDOWS;

/** Bytes of the body of an HTTP request. */
export const MAX_BODY_BYTES = 2_048;

/** Addresses whose tries are remembered, for each kind of try. */
export const MAX_REMEMBERED_ADDRESSES = 10_000;

/** A page replaces a training worker that died this often in one run, before it says so. */
export const MAX_WORKER_RESTARTS = 3;

/** Runs that a student's device keeps in mind over a reload: the one under way and the one before. */
export const MAX_KEPT_RUNS = 2;

/** When a student counts as behind: the clock of a pace, or the class in a race. */
export const BEHIND = {
  /** It lacks what the clock has walked in so many ms, and so many windows: more than is under way. */
  ms: 2_000,
  windows: 2,
  /** In a race: half of the class has so many times as many windows. */
  times: 10,
  /** How far behind is told again when it has become so many times as far, or as near. */
  toldAnew: 1.25,
} as const;

/** Milliseconds. */
export const TIMING = {
  /** Between two looks at which clients do not read what they are sent. */
  readers: 1_000,
  /** A client that has not read what waits for it for this long is cut off. */
  unread: 15_000,
  /** Between two data frames of a room. */
  tick: 100,
  /** Between two data frames to the students of a room, at the most often. */
  studentTick: 300,
  /** The same where a student is not shown everybody: its own curve it draws by itself. */
  crowdTick: 500,
  /** Between two messages that tell a student its rank, at the most often. */
  place: 1_000,
  /** Between two messages of one instructor's page about what its hand is just doing. */
  conducting: 150,
  /** So long after its last key a hand is still at its field. */
  typing: 2_500,
  /** For so long a page says that a field was changed on another screen. */
  changedElsewhere: 6_000,
  /** A curve that students are shown makes room for another after this. */
  shownFor: 2_000,
  /** Between two reports of one student, at the most often. */
  report: 150,
  /** The same in the largest class, and between two frames to its students: not yet `BEHIND`. */
  slowestReport: 1_000,
  /** From the start button to the first step. */
  countdown: 3_000,
  /** From the pause button to the step at which all halt: longer than a message takes to arrive. */
  pauseLead: 300,
  /** From resume or a race's start to the first step, for the same reason. */
  resumeLead: 200,
  /** A student's socket may be gone this long before the class's arrival no longer waits for it. */
  awayGrace: 3_000,
  /** A device's estimate of the server's time may be this much ahead: later steps are not taken yet. */
  ahead: 1_000,
  /** A connected student that owes windows and brings none for this long is no longer waited for. */
  silence: 10_000,
  /** A student that lacks more than `BEHIND` for this long is shown as behind. */
  behind: 2_000,
  /** A student that has been behind for this long without a break is no longer waited for. */
  patience: 30_000,
  /**
   * Once half of the class has come to the end of a run, the rest is waited for as long again as
   * those needed in a race, between these two; in a pace, where all were due, for the shorter.
   */
  lastCall: { min: 30_000, max: 300_000 },
  /** A class with no instructor connected for this long is told so: a reload or a restart takes less. */
  unattended: 20_000,
  /** Between two looks for such students. */
  lookout: 1_000,
  /** Between two pings of a connection, and how long its answer may take. */
  ping: 5_000,
  pingAnswer: 5_000,
  /** Between two attempts to download a file while the network is away: at first, and at the most. */
  downloadRetry: { min: 500, max: 4_000 },
  /** A download of which nothing comes for this long is begun anew. */
  downloadStall: 10_000,
  /** A run waits this long for the kernels to be downloaded, then begins with the readable code. */
  kernelPatience: 10_000,
  /** From the end of a run, or points that came after it, to its replay. */
  verifyAfter: 1_000,
  /** And this long after the end at the latest, however long somebody goes on reporting. */
  verifyAtLatest: 10_000,
  /** The thread that replays runs ends when there has been none for this long. */
  verifierRest: 30_000,
  /** Between two measurements of the server's clock. */
  clockSync: 15_000,
  /** Between two looks of a page at whether its device has slept. */
  wakeWatch: 1_000,
  /** Between two questions to a training worker, and the silence after which it counts as dead. */
  workerBeat: 1_000,
  workerSilence: 6_000,
  /** The same for a worker whose code still comes over the network. */
  workerLoading: 30_000,
  /** An unanswered message is sent again after this. */
  ackTimeout: 5_000,
  /** From the server's word that it restarts to a page's first attempt to return, between these two at random. */
  restart: { from: 1_000, to: 6_000 },
  /** Over this a page spreads its next attempt to enter where too many are at the door: at first, and at the most. */
  crowd: { first: 1_000, most: 20_000 },
  /** A connection that does not begin to speak within this is closed. */
  greeting: 10_000,
  /** A connection that has entered no session by then is closed: it only takes up a place. */
  entrance: 60_000,
  /** The simulated students of one request have to be in the room within this. */
  rehearsal: 30_000,
  /** A session that nobody has been connected to for this long leaves the memory, and stays stored. */
  sessionIdle: 30 * 60 * 1_000,
  /** Loss points are stored within this: what a killed server loses, and asks for again. */
  store: 1_000,
  /** Between two attempts to store what could not be stored. */
  storeRetry: 5_000,
  /** Who opens or joins a session waits at most this long until that is stored. */
  storePatience: 1_000,
  /** A server that starts waits this long for another one to let go of the data folder. */
  storeWait: 3_000,
  /** From a server's start to its first look for sessions whose time has come, and between two of them. */
  firstSweep: 60 * 1_000,
  retentionSweep: 60 * 60 * 1_000,
} as const;

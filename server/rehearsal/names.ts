/** People who brought the field to where it is: a rehearsal should not look like test data. */
const NAMES = [
  'Ada',
  'Alan',
  'Grace',
  'Frank',
  'Marvin',
  'Warren',
  'Walter',
  'Donald',
  'Emmy',
  'Claude',
  'Katherine',
  'Dorothy',
  'Sofia',
  'Maryam',
  'Hedy',
  'Radia',
  'Barbara',
  'Edsger',
  'Tony',
  'Karen',
  'Yann',
  'Geoffrey',
  'Yoshua',
  'Jürgen',
  'Kunihiko',
  'Paul',
  'David',
  'Ronald',
  'Terry',
  'Fei-Fei',
] as const;

/** The name of the `k`-th simulated student; the server makes it unique. */
export function simulatedName(k: number): string {
  return NAMES[k % NAMES.length]!;
}

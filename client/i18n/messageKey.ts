import type { Messages } from '../messages/en.ts';

/** Plural forms and what is said of models share the key without their ending. */
type WithoutForm<Key extends string> =
  Key extends `${infer Stem}_${'alone' | 'zero' | 'one' | 'other'}` ? WithoutForm<Stem> : Key;

type Keys<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string
    ? WithoutForm<Key>
    : `${Key}.${Keys<Tree[Key]>}`;
}[keyof Tree & string];

/**
 * The dotted names of all messages. i18next derives the same itself, from a type so general that
 * the linter took twice as long over the arguments of `t`.
 */
export type MessageKey = Keys<Messages>;

interface Tree {
  [key: string]: string | Tree;
}

/**
 * Messages with the plural form `many` added beside each `other`. French and its sisters keep that
 * form for millions in words (« un million d’images »); beside digits it reads as `other` does.
 */
export function withMany(messages: Tree): Tree {
  return Object.fromEntries(
    Object.entries(messages).flatMap(([key, value]): [string, string | Tree][] => {
      if (typeof value !== 'string') return [[key, withMany(value)]];
      if (!key.endsWith('_other')) return [[key, value]];
      return [
        [key, value],
        [key.replace(/other$/, 'many'), value],
      ];
    }),
  );
}

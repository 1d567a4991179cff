import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** The only files that may read the environment; everything else is given what it needs. */
const READS_ENVIRONMENT = [
  'server/main.ts',
  'server/cli/*.ts',
  'server/rehearsal/main.ts',
  'server/data/build.ts',
];
const ENVIRONMENT = 'Only the entry points read the environment; pass the value on from there.';

export default ts.config(
  // The kernels are AssemblyScript: its own compiler checks them.
  { ignores: ['dist/', 'coverage/', 'data/', 'shared/kernels/'] },
  js.configs.recommended,
  { files: ['**/*.ts', '**/*.svelte'], extends: ts.configs.recommended },
  svelte.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'prefer-const': 'error',
      'object-shorthand': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.svelte'],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['vite.config.ts', 'vitest.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      // TypeScript finds undefined names, with the library of each folder.
      'no-undef': 'off',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      // `typeof import()` is how a module that is imported later is typed.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // Curves are plain collections behind one version counter: a proxy for each point costs more.
      'svelte/prefer-svelte-reactivity': 'off',
      // Knows that `let { … } = $props()` is meant so.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
    },
  },
  {
    files: ['shared/**', 'server/**', 'client/**'],
    ignores: READS_ENVIRONMENT,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: ENVIRONMENT },
      ],
      'no-restricted-imports': [
        'error',
        ...['process', 'node:process'].map((name) => ({
          name,
          importNames: ['env'],
          message: ENVIRONMENT,
        })),
      ],
    },
  },
  {
    // What is spoken to a terminal by a command line is its answer, not a log.
    files: ['scripts/**', ...READS_ENVIRONMENT, 'tests/bench/**'],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], languageOptions: { globals: globals.node } },
);

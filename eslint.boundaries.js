import boundaries from 'eslint-plugin-boundaries';

/** The floors of ARCHITECTURE.md; a folder inside another is a floor of its own. */
const floors = [
  'src/extension/webview',
  'src/extension',
  'src/cli',
  'src/report',
  'src/language',
  'src/referee',
  'src/solver/engine',
  'src/solver/highs',
  'src/solver/geometry',
  'src/solver',
].map((pattern) => ({ type: pattern.split('/').at(-1), pattern }));

/** Types and schemas at which floors meet; they hold nothing else. */
const borders = [
  'src/solver/scenario.ts',
  'src/solver/result.ts',
  'src/solver/study-spec.ts',
  'src/solver/study-run.ts',
  'src/language/protocol.ts',
  'src/extension/region/protocol.ts',
];

const floor = (...types) => ({ element: { types: { anyOf: types } } });
const anyFloorBut = (...types) => ({ element: { types: { noneOf: types } } });
const packages = (...names) => ({ module: { source: names } });
const solverFloors = ['solver', 'engine', 'highs', 'geometry'];
const border = { file: { categories: 'border' } };
const nodeApis = { module: { origin: 'core' } };

/**
 * Each floor may use itself, published packages and what is allowed here; the last policy that matches decides.
 * No policy lets another floor reach `extension` or `cli`.
 */
const policies = [
  { allow: { to: { module: { origin: ['external', 'core'] } } } },
  ...floors.map(({ type }) => ({ from: floor(type), allow: { to: floor(type) } })),
  { from: floor(...solverFloors), allow: { to: floor(...solverFloors) } },
  { from: floor('highs', 'geometry'), disallow: { to: floor('solver', 'engine') } },
  { from: floor('language'), allow: { to: floor(...solverFloors) } },
  { from: floor('report', 'extension', 'webview'), allow: { to: border } },
  { from: floor('cli'), allow: { to: floor('language', 'referee', 'report', ...solverFloors) } },
  { from: floor('extension'), allow: { to: floor('report', ...solverFloors) } },
  // Projections and distances are geometry; the drawings are the same in the panel and in the report.
  { from: floor('report'), allow: { to: floor('geometry') } },
  { from: floor('webview'), allow: { to: floor('report') } },
  // The referee shares the types of the result file and nothing that computes.
  { from: floor('referee'), allow: { to: { ...border, ...floor('solver') } } },
  {
    from: floor(...solverFloors),
    disallow: { to: packages('vscode', 'langium', 'vscode-languageserver*', 'vscode-languageclient') },
  },
  { from: floor('solver', 'highs', 'geometry'), disallow: { to: nodeApis } },
  { from: anyFloorBut('extension'), disallow: { to: packages('vscode', 'vscode-languageclient') } },
  { from: anyFloorBut('highs'), disallow: { to: packages('highs') } },
  { from: anyFloorBut('geometry'), disallow: { to: packages('quickhull3d') } },
  { allow: { to: { file: { categories: 'manifest' } } } },
  // Specs read fixtures, from modules and from disk.
  { from: { file: { categories: 'spec' } }, allow: { to: { file: { categories: 'fixture' } } } },
  { from: { file: { categories: 'spec' } }, allow: { to: nodeApis } },
];

/**
 * Import boundaries as an ESLint configuration; `test/house/boundaries.spec.ts` shows that each one bites.
 * @type {import('eslint').Linter.Config[]}
 */
export default [
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': floors,
      'boundaries/elements-single-match': true,
      'boundaries/files': [
        { category: 'border', pattern: borders },
        { category: 'fixture', pattern: 'test/fixtures/**' },
        { category: 'manifest', pattern: 'package.json' },
        { category: 'spec', pattern: '**/*.spec.ts' },
        { category: 'fixture', pattern: 'test/fixtures/**' },
      ],
      'import/resolver': { typescript: { alwaysTryTypes: true } },
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        { default: 'disallow', checkAllOrigins: true, checkUnknownLocals: true, policies },
      ],
    },
  },
];

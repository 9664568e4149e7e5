import { expect, test } from '@jest/globals'
import { type DrawnBarrel, exported, found, letters, upper } from './letters.js'
import { dear } from './loaded.js'

test.each<[string, DrawnBarrel]>([
  ['`export { … } from`', { line: exported }],
  ['`export * from`', { line: letter => `export * from './${letter}'` }],
  [
    'imports that are exported',
    {
      head: letters.map(letter => `import { ${upper(letter)} } from './${letter}'\n`).join(''),
      line: letter => `export { ${upper(letter)} }`,
    },
  ],
  [
    'renamed defaults',
    {
      line: letter => `export { default as ${upper(letter)} } from './${letter}'`,
      part: () => 'export default 1',
    },
  ],
  ['namespaces', { line: letter => `export * as ${upper(letter)} from './${letter}'` }],
  [
    'the names of compiled files',
    { line: letter => `export * from './${letter}.js'`, importer: "import { B } from './lib/index.js'\nB()" },
  ],
  [
    "TypeScript's CommonJS",
    {
      head: `"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {}) : 0);
var __exportStar = (this && this.__exportStar) || function(m, exports) { for (var p in m) {} };
Object.defineProperty(exports, "__esModule", { value: true });
exports.A = void 0;
var a_1 = require("./a");
Object.defineProperty(exports, "A", { enumerable: true, get: function () { return a_1.A; } });
`,
      line: letter => (letter === 'a' ? '' : `__exportStar(require("./${letter}"), exports);`),
      part: letter => `exports.${upper(letter)} = void 0; const x = exports.${upper(letter)} = 1`,
      extension: 'js',
    },
  ],
  [
    "Babel's CommonJS",
    {
      head: '"use strict";\nvar _exportNames = { A: true };\n',
      line: letter => `Object.defineProperty(exports, "${upper(letter)}", {
  enumerable: true, get: function () { return _${letter}.default; } });
var _${letter} = _interopRequireDefault(require("./${letter}"));
Object.keys(_${letter}).forEach(function (key) { if (key in exports) return; exports[key] = _${letter}[key]; });`,
      extension: 'js',
    },
  ],
  [
    "SWC's CommonJS",
    {
      head: `_export(exports, { ${letters.map(letter => `${upper(letter)}: function() { return _${letter}.${upper(letter)}; }`)} });\n`,
      line: letter => `const _${letter} = require("./${letter}");`,
      extension: 'js',
    },
  ],
  [
    'an object of exports',
    {
      head: `module.exports = { ${letters.map(letter => `get ${upper(letter)}() { return require('./${letter}') }`)} }`,
      line: () => '',
      extension: 'js',
    },
  ],
])('barrels understands a barrel of %s', (_kind, barrel) => {
  expect(found(barrel)).toMatchObject([{ id: expect.stringContaining('barrel:src/lib/index'), costMs: 400 }])
})

test('barrels counts re-exported types neither as loaded nor as needed modules', () => {
  const [finding] = found({
    line: exported,
    head: "export type { T } from './types'\nexport type * from './more-types'\n",
    importer: "import { B, T } from './lib'\nconst t: T = B()",
  })
  expect(finding).toMatchObject({ title: expect.stringContaining('loads 5 modules'), costMs: 400 })
})

test('barrels follows a name through nested barrels', () => {
  const inner = ['p', 'q', 'r', 's'].map(name => `src/lib/b/${name}.ts`)
  const [finding] = found({
    line: letter => `export * from './${letter}'`,
    importer: "import { Q } from './lib'\nQ()",
    more: {
      asks: { 'src/lib/b.ts': ['src/lib/b/index.ts'], 'src/lib/b/index.ts': inner },
      selfMs: { 'src/lib/b.ts': 1, ...dear(inner) },
      sources: {
        'src/lib/b.ts': inner.map(path => `export * from '${path.replace('src/lib', '.')}'`).join('\n'),
        ...Object.fromEntries(inner.map(path => [path, `export const ${path.at(-4)?.toUpperCase()} = 1`])),
      },
    },
  })
  expect(finding).toMatchObject({
    // Four modules of its own, three of those of `b`, `b` itself, and the index that no module imports any more.
    costMs: 702,
    remedy: expect.stringContaining("import { Q } from './lib/b/q'"),
  })
})

test('barrels assumes that an unknown name may come from any module with unknown exports', () => {
  const more = {
    asks: { 'src/lib/index.ts': [...letters.map(letter => `src/lib/${letter}.ts`), 'src/lib/view.vue'] },
    selfMs: { 'src/lib/view.vue': 100 },
    sources: { 'src/lib/view.vue': '<template />' },
  }
  const importer = "import { B, View } from './lib'\nB(View)"
  const head = "export * from './view.vue'\n"
  expect(found({ head, line: exported, importer, more })).toMatchObject([
    { title: expect.stringContaining('loads 6 modules, of which src/x.ts uses 2'), costMs: 400 },
  ])
})

test('barrels uses explicit names in a barrel of modules that cannot be parsed', () => {
  expect(found({ line: exported, part: () => 'export {' })).toMatchObject([{ costMs: 400 }])
})

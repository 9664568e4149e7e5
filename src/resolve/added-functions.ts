// Functions that a transformer added to a file: helpers of Babel, SWC, TypeScript and others, and Istanbul's counters.
// They have no source, and source maps lead from them to some line nearby.

import { at } from '../profile/columns.js'
import type { PlacedSite } from './resolve-sites.js'
import type { ReadSource } from './source-texts.js'

/** https://github.com/babel/babel/blob/v7.28.0/packages/babel-helpers/src/helpers-generated.ts */
const BABELS =
  `AwaitValue OverloadYield applyDecoratedDescriptor applyDecs arrayLikeToArray arrayWithHoles arrayWithoutHoles
  assertClassBrand assertThisInitialized asyncGeneratorDelegate asyncIterator asyncToGenerator awaitAsyncGenerator callSpread
  callSuper checkInRHS checkPrivateRedeclaration classApplyDescriptorDestructureSet classApplyDescriptorGet
  classApplyDescriptorSet classCallCheck classCheckPrivateStaticAccess classCheckPrivateStaticFieldDescriptor
  classExtractFieldDescriptor classNameTDZError classPrivateFieldGet classPrivateFieldInitSpec classPrivateFieldLooseBase
  classPrivateFieldLooseKey classPrivateFieldSet classPrivateGetter classPrivateMethodGet classPrivateMethodInitSpec
  classPrivateMethodSet classPrivateSetter classStaticPrivateFieldSpecGet classStaticPrivateFieldSpecSet
  classStaticPrivateMethodGet classStaticPrivateMethodSet construct createClass createForOfIteratorHelper
  createForOfIteratorHelperLoose createSuper decorate defaults defineAccessor defineEnumerableProperties defineProperties
  defineProperty dispose extends get getPrototypeOf identity importDeferProxy inherits inheritsLoose initializerDefineProperty
  initializerWarningHelper instanceof interopRequireDefault interopRequireWildcard isNativeFunction isNativeReflectConstruct
  iterableToArray iterableToArrayLimit jsx maybeArrayLike newArrowCheck nonIterableRest nonIterableSpread nullishReceiverError
  objectDestructuringEmpty objectSpread objectWithoutProperties objectWithoutPropertiesLoose possibleConstructorReturn
  readOnlyError regenerator regeneratorAsync regeneratorAsyncGen regeneratorAsyncIterator regeneratorDefine regeneratorKeys
  regeneratorRuntime regeneratorValues set setFunctionName setPrototypeOf skipFirstGeneratorNext slicedToArray superPropBase
  superPropGet superPropSet taggedTemplateLiteral taggedTemplateLiteralLoose tdz temporalRef temporalUndefined toArray
  toConsumableArray toPrimitive toPropertyKey toSetter typeof unsupportedIterableToArray using usingCtx wrapAsyncGenerator
  wrapNativeSuper wrapRegExp writeOnlyError`.split(/\s+/)

/** https://github.com/microsoft/TypeScript/blob/v5.9.3/src/compiler/factory/emitHelpers.ts */
const TYPESCRIPTS =
  `addDisposableResource assign asyncDelegator asyncGenerator asyncValues await awaiter classPrivateFieldGet
  classPrivateFieldIn classPrivateFieldSet createBinding decorate disposeResources esDecorate exportStar extends generator
  importDefault importStar makeTemplateObject metadata param propKey read rest rewriteRelativeImportExtension runInitializers
  setFunctionName setModuleDefault spreadArray values`.split(/\s+/)

/** https://github.com/evanw/esbuild/blob/v0.25.0/internal/runtime/runtime.go */
const ESBUILDS =
  `accessCheck async asyncDelegate asyncGenerator await callDispose commonJS commonJSMin copyProps decorateClass decorateElement
  decorateParam decoratorContext decoratorMetadata decoratorStart defNormalProp defProp earlyAccess esm expectFn export forAwait
  getDescriptor getOwnPropNames knownSymbol name objRest pow privateAdd privateGet privateIn privateMethod privateSet
  privateWrapper publicField reExport require runInitializers setFunctionName spreadProps spreadValues superGet superSet
  superWrapper template toBinary toCommonJS toESM typeError using yieldStar`.split(/\s+/)

/** https://github.com/alangpierce/sucrase/blob/main/src/HelperManager.ts */
const SUCRASES =
  `asyncNullishCoalesce asyncOptionalChain asyncOptionalChainDelete createNamedExportFrom createStarExport nullishCoalesce
  optionalChain optionalChainDelete`.split(/\s+/)

/** The packages of helpers by function name. Babel appends version numbers to some names. */
const PACKAGES: ReadonlyMap<string, string> = new Map([
  ...SUCRASES.map((name): [string, string] => [`_${name}`, 'sucrase']),
  ...BABELS.flatMap((name): [string, string][] => [
    [`_${name}`, '@babel/helpers'],
    [
      `_${name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`,
      /[A-Z]/.test(name) ? '@swc/helpers' : '@babel/helpers',
    ],
  ]),
  ['_type_of', '@swc/helpers'],
  ['asyncGeneratorStep', '@babel/helpers'],
  ...ESBUILDS.map((name): [string, string] => [`__${name}`, 'esbuild']),
  ...TYPESCRIPTS.map((name): [string, string] => [`__${name}`, 'tslib']),
])

/** SWC's helpers have the names of Babel's. */
const SWC = /(?:^|[/@-])swc/

/** Other files, such as single-file components, are mapped only in part. */
const SCRIPT = /\.[cm]?[jt]sx?$/

/** The original position of a function or call. */
export interface PlacedCode extends PlacedSite {
  readonly script: number
  readonly generatedLine: number
  /** Whether the script has a readable map without an original for this position. */
  readonly isUnmapped: boolean
}

interface ScriptSources {
  /** Package or path of the transformer of a script; undefined if it was not transformed. */
  readonly transformerOf: (script: number) => string | undefined
  readonly readSource: ReadSource
}

/** Finds code without a source: helpers, functions within them, and unmapped code. */
export class AddedCode {
  readonly #sources: ScriptSources
  /** Packages of helpers, by generated line and by original position. */
  readonly #byLine = new Map<string, string>()
  readonly #byPlace = new Map<string, string>()

  constructor(sources: ScriptSources) {
    this.#sources = sources
  }

  /**
   * The package of each function; undefined if it is the file's own, which it also is if its source contains its name.
   * Functions within a helper have its generated line or its original position.
   */
  packagesOf(functions: readonly PlacedCode[]): (string | undefined)[] {
    const packages = functions.map(entry => this.#packageOf(entry))
    packages.forEach((found, index) => {
      if (found === undefined) return
      this.#byLine.set(lineOf(at(functions, index)), found)
      this.#byPlace.set(placeOf(at(functions, index)), found)
    })
    return packages.map((found, index) => found ?? this.#packageAround(at(functions, index)))
  }

  /** Whether a call is in such code. Must be called after `packagesOf`. */
  isAdded(call: PlacedCode): boolean {
    return (this.#packageOf(call) ?? this.#byLine.get(lineOf(call))) !== undefined
  }

  #packageOf({ name, file, script, isUnmapped }: PlacedCode): string | undefined {
    const transformer = this.#sources.transformerOf(script)
    if (transformer === undefined || name === MODULE) return undefined
    const helpers = packageOfHelper(name, transformer)
    if (helpers !== undefined && !isWritten(name, this.#sources.readSource(file) ?? '')) return helpers
    return isUnmapped && SCRIPT.test(file) ? (helpers ?? transformer) : undefined
  }

  #packageAround(entry: PlacedCode): string | undefined {
    if (entry.name === MODULE || this.#sources.transformerOf(entry.script) === undefined) return undefined
    return this.#byLine.get(lineOf(entry)) ?? this.#byPlace.get(placeOf(entry))
  }
}

/** `name` must be a helper's: an identifier without special characters, which names of other functions may have. */
function isWritten(name: string, source: string): boolean {
  return new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(source)
}

/** The body of a file is never added, whatever its position. */
const MODULE = '(module)'

function packageOfHelper(name: string, transformer: string): string | undefined {
  if (/^cov_\w+$/.test(name)) return 'babel-plugin-istanbul'
  const found = PACKAGES.get(name) ?? PACKAGES.get(name.replace(/\d+$/, ''))
  return found === '@babel/helpers' && SWC.test(transformer) ? '@swc/helpers' : found
}

function lineOf({ script, generatedLine }: PlacedCode): string {
  return `${script}:${generatedLine}`
}

function placeOf({ file, line, column, script }: PlacedCode): string {
  return `${script}\0${file}:${line}:${column}`
}

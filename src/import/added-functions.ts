// Functions that stand in a file because a transformer has put them there: helpers of Babel, SWC and TypeScript, and Istanbul's
// counters. Nobody has written them, and their maps lead to whatever line comes next.

import { at } from '../profile/columns.js'

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

/** The package that each of them comes from, by the function's name. Babel counts up the versions of some. */
const PACKAGES: ReadonlyMap<string, string> = new Map([
  ...BABELS.flatMap((name): [string, string][] => [
    [`_${name}`, '@babel/helpers'],
    [`_${snakeCase(name)}`, /[A-Z]/.test(name) ? '@swc/helpers' : '@babel/helpers'],
  ]),
  ['asyncGeneratorStep', '@babel/helpers'],
  ...TYPESCRIPTS.map((name): [string, string] => [`__${name}`, 'tslib']),
])

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

interface Placed {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly column: number
}

interface Functions {
  readonly script: readonly number[]
  /** Of the code that ran. */
  readonly line: readonly number[]
}

interface Sources {
  readonly isTransformed: (script: number) => boolean
  /** Text of a source file; undefined where it cannot be read. */
  readonly readSource: (file: string) => string | undefined
}

/**
 * For each function of transformed scripts the package that it comes from; undefined: the file's own, as is one whose name stands
 * in its source. A helper's inner functions stand in its line of the code that ran, or lead to the same place as the helper.
 */
export function packagesOfAdded(
  { script, line }: Functions,
  placed: readonly Placed[],
  { isTransformed, readSource }: Sources,
): (string | undefined)[] {
  const packages = placed.map(({ name, file }, index) => {
    const found = isTransformed(at(script, index)) ? packageOfHelper(name) : undefined
    return found !== undefined && isWritten(name, readSource(file)) ? undefined : found
  })
  const byLine = new Map<string, string>()
  const byPlace = new Map<string, string>()
  packages.forEach((found, index) => {
    if (found === undefined) return
    byLine.set(`${at(script, index)}:${at(line, index)}`, found)
    byPlace.set(placeOf(at(placed, index), at(script, index)), found)
  })
  if (byLine.size === 0) return packages
  return packages.map((found, index) => {
    const { name } = at(placed, index)
    if (found !== undefined || !isTransformed(at(script, index)) || name === MODULE) return found
    const ofLine = byLine.get(`${at(script, index)}:${at(line, index)}`)
    return ofLine ?? byPlace.get(placeOf(at(placed, index), at(script, index)))
  })
}

/** A body of a whole file is the file's own, wherever it is said to stand. */
const MODULE = '(module)'

function isWritten(name: string, text = ''): boolean {
  return new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(text)
}

function packageOfHelper(name: string): string | undefined {
  if (/^cov_\w+$/.test(name)) return 'babel-plugin-istanbul'
  return PACKAGES.get(name) ?? PACKAGES.get(name.replace(/\d+$/, ''))
}

function placeOf({ file, line, column }: Placed, script: number): string {
  return `${script}\0${file}:${line}:${column}`
}

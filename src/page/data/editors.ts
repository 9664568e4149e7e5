// Links that open a place in an editor of the machine that shows the page, by the URL scheme that the editor registers.

interface EditedPlace {
  /** Absolute, with `/`. */
  readonly path: string
  /** 1-based; 0: the whole file. */
  readonly line: number
}

interface Editor {
  readonly name: string
  readonly urlOf: (place: EditedPlace) => string
}

/** `vscode://file/home/me/a.ts:3`, which editors made from VS Code and Zed understand as well. */
function fileScheme(scheme: string): Editor['urlOf'] {
  return ({ path, line }) => {
    const encoded = path.split('/').map(encodeURIComponent).join('/')
    // A drive letter stays readable: `C:`, which has no slash before it.
    const absolute = encoded.replace(/^([A-Za-z])%3A/, '/$1:')
    return `${scheme}://file${absolute}${line > 0 ? `:${line}` : ''}`
  }
}

/** https://code.visualstudio.com/docs/configure/command-line#_opening-vs-code-with-urls, https://zed.dev/docs/linux#url-scheme */
export const EDITORS: readonly Editor[] = [
  { name: 'VS Code', urlOf: fileScheme('vscode') },
  { name: 'Cursor', urlOf: fileScheme('cursor') },
  { name: 'Zed', urlOf: fileScheme('zed') },
  {
    name: 'WebStorm',
    urlOf: ({ path, line }) => {
      const place = line > 0 ? `&line=${line}` : ''
      return `webstorm://open?file=${encodeURIComponent(path)}${place}`
    },
  },
]

import type { Package } from '../package.ts'

/** Returns what is wrong with the package.json of a published package. */
export function manifestProblems(one: Package): string[] {
  const { folder, manifest } = one
  const name = `@fastkit/${folder.split('/')[1]}`
  return [
    ...expect('name', manifest.name, name),
    ...(/^\d+\.\d+\.\d+/.test(manifest.version ?? '') ? [] : ['has no version; start at "0.1.0"']),
    ...(manifest.description ? [] : ['has no description; say in one sentence what the package does']),
    ...expect('type', manifest.type, 'module'),
    ...expect('license', manifest.license, 'MIT'),
    ...expect('sideEffects', manifest.sideEffects, false),
    ...expect('engines.node', manifest.engines?.['node'], '>=20.19'),
    ...expect('files', manifest.files, ['dist', '!dist/.tsbuildinfo']),
    ...expect('publishConfig.access', manifest.publishConfig?.access, 'public'),
    ...(manifest.scripts?.['build'] ? [] : ['has no script "build"; every package is built the same way']),
    ...exportProblems(one),
  ]
}

/**
 * Compares the two lists of entries: `exports` leads to the sources while we work here, `publishConfig.exports` replaces
 * it in the tarball and leads to what the build makes of them.
 */
function exportProblems({ files, manifest }: Package): string[] {
  const sources = manifest.exports ?? {}
  const published = manifest.publishConfig?.exports ?? {}
  const keys = [...new Set(['.', './package.json', ...Object.keys(sources), ...Object.keys(published)])]
  return keys.flatMap((key) => {
    const source = sources[key]
    if (key === './package.json')
      return [
        ...expect(`exports["${key}"]`, source, key),
        ...expect(`publishConfig.exports["${key}"]`, published[key], key),
      ]
    if (source === undefined && published[key] !== undefined)
      return [`has publishConfig.exports["${key}"] without exports["${key}"]; add it there or remove it here`]
    const stem = typeof source === 'string' ? /^\.\/src\/(.+)\.ts$/.exec(source)?.[1] : undefined
    if (stem === undefined) return [`has exports["${key}"] ${show(source)}; make it a file "./src/….ts"`]
    if (stem !== 'index' && !files.includes(`src/${stem}.ts`))
      return [
        `has exports["${key}"] ${show(source)}, which does not exist; write the file or remove the entry`,
      ]
    return expect(`publishConfig.exports["${key}"]`, published[key], {
      types: `./dist/${stem}.d.ts`,
      default: `./dist/${stem}.js`,
    })
  })
}

/** Compares as JSON, so that the order of keys counts: `types` must come before `default`. */
function expect(field: string, actual: unknown, expected: unknown): string[] {
  return JSON.stringify(actual) === JSON.stringify(expected)
    ? []
    : [`has ${field} ${show(actual)}; make it ${show(expected)}`]
}

function show(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value)
}

import { migrate } from '../src/migrate/migrate.ts'
import { adapterFor, type Provider } from './adapters.ts'

// One process of several that start at once. Prints what it applied, as JSON.
const [provider, url, directory] = process.argv.slice(2) as [Provider, string, string]
process.stdout.write(JSON.stringify(await migrate(adapterFor(provider, url), directory)))

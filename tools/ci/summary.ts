import { readFileSync } from 'node:fs'
import { countTests, summaryLine } from './src/summary.ts'

// node summary.ts <report>: prints one line; exits with 1 when no test passed or failed.
const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('Usage: node tools/ci/summary.ts <vitest-report.json>')
const counts = countTests(JSON.parse(readFileSync(file, 'utf8')))
console.log(summaryLine(counts))
process.exitCode = counts.passed + counts.failed === 0 ? 1 : 0

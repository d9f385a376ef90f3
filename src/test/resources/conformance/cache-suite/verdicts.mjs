// node verdicts.mjs SUITE RESULT
//
// Grades what the public suite's command line client has printed, as the suite's own page does: a
// test whose prerequisite has not passed is blocked, one whose first steps went wrong is no verdict
// on what it is about. Prints "kind outcome id detail" for each test that is not for browsers only.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [suite, file] = process.argv.slice(2)
const groups = (await import(pathToFileURL(join(suite, 'tests', 'index.mjs')))).default
const tests = new Map(groups.flatMap(group => group.tests).map(test => [test.id, test]))
const results = JSON.parse(readFileSync(file, 'utf8'))
const outcomes = new Map()

function judge (test, result) {
  if (result === undefined) return 'missing'
  if ((test.depends_on ?? []).some(id => outcome(id) !== 'pass')) return 'blocked'
  if (result === true) return 'pass'
  if (result[0] === 'Setup') return result[1] === 'retry' ? 'retry' : 'setup'
  return result[0] === 'AbortError' ? 'aborted' : 'fail'
}

function outcome (id) {
  if (!outcomes.has(id)) {
    outcomes.set(id, 'blocked') // should tests depend on each other
    outcomes.set(id, tests.has(id) ? judge(tests.get(id), results[id]) : 'missing')
  }
  return outcomes.get(id)
}

for (const test of tests.values()) {
  if (test.browser_only) continue
  const detail = Array.isArray(results[test.id]) ? results[test.id].join(': ') : ''
  console.log([test.kind ?? 'required', outcome(test.id), test.id, detail].join(' ').replace(/\s+/g, ' '))
}

// Reads and stores XLIFF through the npm package `xliff`, as web front ends do.
//
//   npm.cjs show FOLDER       what it makes of every file, as JSON; the folder of packages is named by NODE_PATH
//   npm.cjs save FOLDER OUT   every file to its objects and back
//
// Without `captureSpacesBetweenElements` the package drops white space that stands alone between two codes.

const fs = require('node:fs')
const path = require('node:path')
const xliff = require('xliff')

const OPTIONS = { captureSpacesBetweenElements: true }
const BEGINS = ['GenericSpanStart', 'SpanStart']
const ENDS = ['GenericSpanEnd', 'SpanEnd']

/// The text of a value with its codes; undefined where there is none.
function coded (value) {
  if (value === undefined) return null
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(coded).join('')
  const [[kind, code]] = Object.entries(value)
  if (kind === 'Marker') return coded(code.contents)
  if (kind === 'Standalone') return `⟦${code.id}/⟧`
  if (BEGINS.includes(kind)) return `⟦${code.id}⟧`
  if (ENDS.includes(kind)) return `⟦/${code.rid ?? code.startRef ?? code.id}⟧`
  return `⟦${code.id}⟧${coded(code.contents)}⟦/${code.id}⟧`
}

function units (object) {
  return Object.entries(object).flatMap(([id, unit]) =>
    unit.groupUnits ? units(unit.groupUnits) : [{ id, source: coded(unit.source), target: coded(unit.target) }])
}

async function eachFile (folder, act) {
  for (const name of fs.readdirSync(folder).sort()) {
    const text = fs.readFileSync(path.join(folder, name), 'utf8')
    const old = text.includes('version="1.2"')
    const objects = await (old ? xliff.xliff12ToJs(text, OPTIONS) : xliff.xliff2js(text, OPTIONS))
    await act(name, objects, old)
  }
}

async function main ([command, folder, out]) {
  if (command === 'show') {
    const shown = {}
    await eachFile(folder, (name, { resources }) => { shown[name] = Object.values(resources).flatMap(units) })
    process.stdout.write(JSON.stringify(shown))
  } else {
    await eachFile(folder, async (name, objects, old) => {
      const text = await (old ? xliff.jsToXliff12(objects) : xliff.js2xliff(objects))
      fs.writeFileSync(path.join(out, name), text)
    })
  }
}

main(process.argv.slice(2)).catch((error) => { console.error(error); process.exit(1) })

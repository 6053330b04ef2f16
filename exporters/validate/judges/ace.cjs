// EPUBs -> Ace's reports as JSON, in the order of the books: node ace.cjs OUT BOOK... ; one browser for all of them.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const ace = require("@daisy/ace-core");
const runner = require("@daisy/ace-axe-runner-puppeteer");

const shared = { ...runner, launch: async () => {}, close: async () => {} };

async function report(book, folder) {
  const options = { cwd: process.cwd(), outdir: folder, lang: "en", initLogger: true, silent: true, fileName: `${folder}.log` };
  const [, found] = await ace(book, options, shared);
  return found;
}

async function main([out, ...books]) {
  await runner.launch();
  const reports = await Promise.all(books.map((book, number) => report(book, path.join(path.dirname(out), `ace-${number}`)).catch((error) => ({ error: String(error) }))));
  await runner.close();
  fs.writeFileSync(out, JSON.stringify(reports));
}

main(process.argv.slice(2)).then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});

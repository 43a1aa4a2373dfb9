// Maintainer-only: builds the vendored front end into static/nightdesk and thins the upstream fixtures for the tests.
// Run `npm ci --ignore-scripts && npm run build` here after raising a version; commit what changes.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";
import postcss from "postcss";
import postcssRTLCSS from "postcss-rtlcss";
import { Mode } from "postcss-rtlcss/options";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/nightdesk/desks/furniture/static/nightdesk");
const fixtures = join(here, "../tests/furniture/fixtures");
const components = [
  "button", "character-count", "checkboxes", "date-input", "details", "error-summary", "input", "inset-text",
  "notification-banner", "panel", "password-input", "radios", "select", "summary-list", "table", "tag", "task-list",
  "textarea", "warning-text",
];

const version = (name) => JSON.parse(readFileSync(join(here, "node_modules", name, "package.json"))).version;
const banner = `/*! govuk-frontend ${version("govuk-frontend")}, @ministryofjustice/frontend `
  + `${version("@ministryofjustice/frontend")}. MIT; see THIRD_PARTY.md. Built by frontend/build.mjs: do not edit. */\n`;

function css() {
  const result = sass.compile(join(here, "govuk.scss"), {
    style: "compressed",
    charset: false,
    loadPaths: [here, join(here, "node_modules")],
    silenceDeprecations: ["import"],
    quietDeps: true,
  });
  // A rule that names an image we do not ship makes collectstatic fail; there must be none left but data images.
  const root = postcss.parse(result.css);
  root.walkDecls((decl) => {
    if (/url\((?!["']?data:)/.test(decl.value)) decl.remove();
  });
  root.walkComments((comment) => comment.remove());
  root.walkRules((rule) => {
    if (rule.nodes.length === 0) rule.remove();
  });
  return root.toString();
}

function rtl(ltr) {
  return postcss([postcssRTLCSS({ mode: Mode.diff })]).process(ltr, { from: undefined }).css;
}

function refuse(name, text) {
  for (const word of ["GDS Transport", "@font-face", "crest", "sourceMappingURL"]) {
    if (text.includes(word)) throw new Error(`${name} still contains "${word}": strip it in build.mjs.`);
  }
  return text;
}

async function js() {
  const result = await build({
    entryPoints: [join(here, "govuk.mjs")],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2017",
    legalComments: "none",
    write: false,
  });
  return result.outputFiles[0].text;
}

// Kept: what goes in and what must come out. Dropped: screenshot flags, descriptions and other upstream notes.
function conformance() {
  const kept = {};
  for (const name of components) {
    const path = join(here, "node_modules/govuk-frontend/dist/govuk/components", name, "fixtures.json");
    kept[name] = JSON.parse(readFileSync(path)).fixtures.map(({ name, options, html }) => ({ name, options, html }));
  }
  return gzipSync(JSON.stringify({ version: version("govuk-frontend"), components: kept }), { level: 9 });
}

mkdirSync(out, { recursive: true });
mkdirSync(fixtures, { recursive: true });
const ltr = css();
writeFileSync(join(out, "govuk.css"), banner + refuse("govuk.css", ltr) + "\n");
writeFileSync(join(out, "rtl.css"), banner + refuse("rtl.css", rtl(ltr)) + "\n");
writeFileSync(join(out, "govuk.js"), banner + refuse("govuk.js", await js()));
writeFileSync(join(fixtures, "govuk.json.gz"), conformance());

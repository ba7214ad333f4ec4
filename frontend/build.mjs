// Bundles the front end into ../vigwidgets/static/, each file named by its content, with a manifest.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const STATIC = join(HERE, "..", "vigwidgets", "static");
const KILOBYTE = 1000;
/** Stands in a bundle where its own name by content belongs. */
const BUILD = "@build@";

/** Every entry: ours, and whatever pages there are. */
async function entries() {
  const pages = await readdir(join(HERE, "src", "pages")).catch(() => []);
  const own = ["src/widget.ts", "src/exercise.ts", "src/preview.ts", "src/widgets.css", "src/preview.css"];
  const theirs = pages.filter((name) => /^(?!.*\.(test|d)\.ts$)[^_].*\.(ts|css|svg)$/.test(name));
  return [...own, ...theirs.map((name) => `src/pages/${name}`)];
}

/** Bundles one entry by itself, so that each is one request and can be sent whole by anywidget. */
async function bundle(entry) {
  if (entry.endsWith(".svg")) return named(basename(entry), await readFile(join(HERE, entry)));
  const result = await build({
    absWorkingDir: HERE,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    // A frame without an origin may load scripts, but no modules.
    format: entry.endsWith("-frame.ts") ? "iife" : "esm",
    target: ["chrome110", "firefox115", "safari16"],
    jsx: "automatic",
    jsxImportSource: "preact",
    define: { __BUILD__: JSON.stringify(BUILD) },
    legalComments: "none",
    outdir: STATIC,
    write: false,
    loader: { ".svg": "dataurl", ".woff2": "dataurl" },
  });
  const [file] = result.outputFiles;
  const own = createHash("sha256").update(file.contents).digest("hex").slice(0, 10);
  return named(basename(file.path), Buffer.from(file.text.replaceAll(BUILD, own)));
}

/** Names a finished file by its content. */
function named(name, contents) {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 10);
  return { name, hashed: name.replace(/\.(\w+)$/, `.${hash}.$1`), contents };
}

const built = await Promise.all((await entries()).map(bundle));
await mkdir(STATIC, { recursive: true });
for (const file of built) {
  await writeFile(join(STATIC, file.hashed), file.contents);
  // The service sends this one to browsers that can read it.
  await writeFile(join(STATIC, `${file.hashed}.gz`), gzipSync(file.contents, { level: 9 }));
}
const manifest = Object.fromEntries(built.map((file) => [file.name, file.hashed]).sort());
// The manifest changes last and at once: a page never names a file that is not there.
await writeFile(join(STATIC, "manifest.json.new"), `${JSON.stringify(manifest, null, 1)}\n`);
await rename(join(STATIC, "manifest.json.new"), join(STATIC, "manifest.json"));
const names = Object.values(manifest);
const wanted = new Set([...names, ...names.map((name) => `${name}.gz`), "manifest.json"]);
for (const old of await readdir(STATIC))
  if (!wanted.has(old)) await rm(join(STATIC, old), { recursive: true });
for (const file of built) {
  const size = (file.contents.length / KILOBYTE).toFixed(1).padStart(7);
  const zipped = (gzipSync(file.contents).length / KILOBYTE).toFixed(1).padStart(6);
  console.log(`${size} kB ${zipped} kB gzipped  ${file.hashed}`);
}

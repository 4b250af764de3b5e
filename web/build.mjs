// Bundles css and js into dist/ under names that carry a hash of their content, with gzip copies and a manifest that the Go side embeds.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

mkdirSync("dist", { recursive: true });
for (const name of readdirSync("dist")) if (name !== ".keep") rmSync(`dist/${name}`, { recursive: true });

const manifest = {};
function emit(name, extension, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const file = `${name}.${hash}.${extension}`;
  writeFileSync(`dist/${file}`, bytes);
  writeFileSync(`dist/${file}.gz`, gzipSync(bytes, { level: 9 }));
  manifest[`${name}.${extension}`] = file;
  console.log(`${file}  ${(bytes.length / 1024).toFixed(1)} kB, ${(gzipSync(bytes).length / 1024).toFixed(1)} kB compressed`);
}

const css = await build({ entryPoints: ["src/app.css"], bundle: true, minify: true, write: false, logLevel: "error" });
emit("app", "css", css.outputFiles[0].contents);
const js = await build({ entryPoints: ["src/app.js"], bundle: true, minify: true, write: false, format: "esm", target: "es2022", logLevel: "error" });
emit("app", "js", js.outputFiles[0].contents);
const worker = await build({ entryPoints: ["src/live-worker.js"], bundle: true, minify: true, write: false, format: "iife", target: "es2022", logLevel: "error" });
emit("live-worker", "js", worker.outputFiles[0].contents);
const field = await build({ entryPoints: ["src/field/page.js"], bundle: true, minify: true, write: false, format: "esm", target: "es2022", logLevel: "error" });
emit("field", "js", field.outputFiles[0].contents);
const fieldWorker = await build({ entryPoints: ["src/field/worker.js"], bundle: true, minify: true, write: false, format: "iife", target: "es2022", logLevel: "error" });
emit("field-worker", "js", fieldWorker.outputFiles[0].contents);
emit("mark", "svg", readFileSync("assets/mark.svg"));
writeFileSync("dist/manifest.json", JSON.stringify(manifest, null, 1));

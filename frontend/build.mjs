// Bundles the style sheet and the fonts into the site's static folder. Nothing is fetched at run time.
import { build } from "esbuild";
import { rm } from "node:fs/promises";

const out = "../src/katalysator/site/static/vendor";

await rm(out, { recursive: true, force: true });
await build({
  entryPoints: ["css/katalysator.css"],
  outdir: out,
  bundle: true,
  minify: true,
  legalComments: "linked",
  loader: { ".svg": "file", ".woff2": "file" },
  assetNames: "assets/[name]",
  target: ["chrome111", "firefox113", "safari16.4"],
  logLevel: "info",
});

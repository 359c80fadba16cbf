// Which Chromium, and how it is started: the same for stories, pictures and measurements.

import { existsSync } from "node:fs";

/** Quiet, without a sandbox (tests run as root in containers), without calls home. */
export const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The distribution's browser, or the one that CHROMIUM names. */
export function chromium(): string {
  const named = process.env.CHROMIUM;
  const found = [named, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
    (path) => path && existsSync(path),
  );
  if (!found) throw new Error("no Chromium found; name one in CHROMIUM");
  return found;
}

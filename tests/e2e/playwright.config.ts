// How the stories run: real Chromium, a server of their own each, no retries.
//
// `cargo xtask test` sets CHROMIUM and PARLOUR_SERVER; run by hand, the usual places are tried.

import { defineConfig } from "@playwright/test";

import { browserArguments, chromium } from "./support/browser.ts";

export default defineConfig({
  testDir: "specs",
  outputDir: "results",
  fullyParallel: true,
  workers: 2,
  // A story that passes at the second attempt has found something.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: chromium(), args: browserArguments },
    locale: "en-US",
    timezoneId: "Europe/Madrid",
    viewport: { width: 1280, height: 800 },
    // A trace costs three times what a story does. Wanted for one that fails: --trace on.
    trace: "off",
  },
});

// Measurements run alone, one after the other, on a machine that does nothing else.

import { defineConfig } from "@playwright/test";

import { browserArguments, chromium } from "../support/browser.ts";

export default defineConfig({
  testDir: ".",
  testMatch: /.*\.bench\.ts/,
  outputDir: "../results/bench",
  workers: 1,
  retries: 0,
  timeout: 900_000,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: chromium(), args: browserArguments },
    locale: "en-US",
    viewport: { width: 1280, height: 800 },
  },
});

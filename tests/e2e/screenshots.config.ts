// Pictures of the real apps for the documentation, made by `cargo xtask screenshots`.

import stories from "./playwright.config.ts";

export default {
  ...stories,
  testDir: ".",
  // Apart from what the runner itself empties.
  outputDir: "results/pictures-run",
  testMatch: "screenshots.ts",
  workers: 1,
};

// Pictures of the real apps for the documentation, made by `cargo xtask screenshots`.

import stories from "./playwright.config.ts";

export default {
  ...stories,
  testDir: ".",
  testMatch: "screenshots.ts",
  workers: 1,
};

// What axe-core has to say about a page.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { Page } from "@playwright/test";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds on the page, shadow roots included, in words. */
export async function violations(page: Page, within?: string): Promise<string[]> {
  // The debugger's own evaluation: the page's policy forbids adding scripts, rightly.
  const debugging = await page.context().newCDPSession(page);
  await debugging.send("Runtime.evaluate", { expression: axe });
  await debugging.detach();
  return page.evaluate(async (root) => {
    const found = await window.axe.run(root ?? document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return found.violations.flatMap((violation) =>
      violation.nodes.map((node) => `${violation.id}: ${violation.help}: ${JSON.stringify(node.target)} ${node.failureSummary}`),
    );
  }, within);
}

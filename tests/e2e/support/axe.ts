// What axe-core has to say about a page.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { Page } from "@playwright/test";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds on the page, shadow roots included, in words. */
export async function violations(page: Page, within?: string): Promise<string[]> {
  await page.evaluate(rested);
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

/** Waits for what is fading in: half seen, nothing has the contrast it will have. */
async function rested(): Promise<void> {
  const roots: (Document | ShadowRoot)[] = [document];
  for (const host of document.querySelectorAll("*")) if (host.shadowRoot) roots.push(host.shadowRoot);
  const moving = roots.flatMap((root) => root.getAnimations());
  const ending = moving.filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
  // One that is taken away has rested, too.
  await Promise.allSettled(ending.map((one) => one.finished));
}

// Messages on a screen: what they say, in which order, how far they got.

import { type Locator, expect } from "@playwright/test";

/** The messages of people and machines in a log; system lines apart. */
export function messagesIn(log: Locator): Locator {
  return log.locator('[data-kind]:not([data-kind="system"])');
}

/** The message whose text is exactly this. */
export function messageWith(log: Locator, text: string): Locator {
  return messagesIn(log).filter({
    has: log.page().locator("[part~=message-text]").filter({ hasText: exactly(text) }),
  });
}

/** The system lines in a log. */
export function systemLinesIn(log: Locator): Locator {
  return log.locator('[data-kind="system"]');
}

/** Every message's text, character for character, in the order of the screen. */
export async function textsIn(log: Locator): Promise<string[]> {
  return messagesIn(log)
    .locator("[part~=message-text]")
    .evaluateAll((elements) => elements.map((element) => element.textContent ?? ""));
}

/** Waits until the log holds exactly these texts in this order, each once. */
export async function expectTexts(log: Locator, texts: string[]): Promise<void> {
  await expect.poll(() => textsIn(log), { timeout: 30_000 }).toEqual(texts);
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`);
}

// What can be done about a message, and what is shown of what was done.

import { type Locator, type Page, expect } from "@playwright/test";

import { messageWith } from "./messages.ts";

type Action = "Reply" | "Edit" | "Delete" | "Copy link";

/** The button of a message, which is there when one points at it. */
export async function action(message: Locator, name: Action): Promise<Locator> {
  await message.locator("[part~=message-bubble]").hover();
  return message.getByRole("toolbar").getByRole("button", { name, exact: true });
}

/** Does something about the message with this text. */
export async function act(log: Locator, text: string, name: Action): Promise<void> {
  await (await action(messageWith(log, text), name)).click();
}

/** Deletes a message, and says yes when asked. */
export async function deleteMessage(log: Locator, text: string): Promise<void> {
  const message = messageWith(log, text);
  await (await action(message, "Delete")).click();
  const asks = message.getByRole("group", { name: "Delete this message for everybody?" });
  await asks.getByRole("button", { name: "Delete", exact: true }).click();
}

/** What the text in the composer is for. */
export function editingBar(page: Page): Locator {
  return page.locator("[part~=editing-bar]");
}

/** Waits until a message is on the screen and marked. */
export async function expectLedTo(message: Locator): Promise<void> {
  await expect(message).toBeInViewport();
  await expect(message).toBeFocused();
}

// The viewer of files, by what people and screen readers know it by.

import { type Locator, type Page, expect } from "@playwright/test";

/** The viewer on a page, if it is open. */
export function viewerOn(page: Page): Locator {
  return page.locator("[part~=viewer]");
}

/** Waits until a picture of this name has come, with what is said of its place. */
export async function expectShown(page: Page, name: string, position: string): Promise<void> {
  const viewer = page.getByRole("dialog", { name, exact: true });
  await expect(viewer).toBeVisible();
  await expect(viewer.locator("[part~=viewer-file]")).toHaveAttribute("data-state", "ready");
  await expect(viewer.getByRole("img", { name })).toBeVisible();
  await expect(viewer.locator("[part~=viewer-position]")).toHaveText(position);
}

/** How wide a picture is on the screen. */
export async function widthOf(image: Locator): Promise<number> {
  return (await image.boundingBox())!.width;
}

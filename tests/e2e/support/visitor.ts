// A visitor at a shop's page, by the names that people and screen readers know.

import { type Locator, type Page, expect } from "@playwright/test";

import { type Language, text } from "./texts.ts";

export class Visitor {
  constructor(
    readonly page: Page,
    readonly address: string,
    readonly language: Language = "en",
  ) {}

  async visit(path = "/demo/"): Promise<void> {
    await this.page.goto(this.address + path);
    await expect(this.launcher).toBeVisible();
  }

  /** Opens the panel and waits until the app is there. */
  async open(): Promise<void> {
    await this.launcher.click();
    await this.ready();
  }

  /** The app, not the loader's frame, shows the panel. */
  async ready(): Promise<void> {
    await expect(this.log).toBeVisible({ timeout: 20_000 });
  }

  get host(): Locator {
    return this.page.locator("parlour-chat");
  }

  get launcher(): Locator {
    return this.host.locator("[part~=launcher]");
  }

  get panel(): Locator {
    return this.page.getByRole("dialog");
  }

  get log(): Locator {
    return this.page.getByRole("log", { name: text(this.language, "widget.log.label") });
  }

  get composer(): Locator {
    return this.panel.getByRole("textbox", { name: text(this.language, "common.composer.label") });
  }

  get sendButton(): Locator {
    return this.panel.getByRole("button", {
      name: text(this.language, "common.composer.send"),
      exact: true,
    });
  }

  get attachButton(): Locator {
    return this.panel.getByRole("button", { name: text(this.language, "common.composer.attach"), exact: true });
  }

  /** The files that will go with what is being written. */
  get chips(): Locator {
    return this.panel.getByRole("list", { name: text(this.language, "common.composer.files") }).getByRole("listitem");
  }

  /** Why something could not be sent. */
  get problem(): Locator {
    return this.host.locator("[part~=composer-problem]");
  }

  get languagePicker(): Locator {
    return this.panel.getByRole("combobox", { name: text(this.language, "common.language.label") });
  }

  async send(message: string): Promise<void> {
    await this.composer.fill(message);
    await this.sendButton.click();
  }

  /** A button under one of the chatbot's questions. */
  answer(name: string): Locator {
    return this.log.getByRole("button", { name, exact: true });
  }

  async press(name: string): Promise<void> {
    await this.answer(name).click();
  }

  /** All buttons with which something can be answered. */
  get answers(): Locator {
    return this.log.locator("[data-answers=open] button");
  }

  /** Lets the chatbot begin again. */
  async restart(): Promise<void> {
    await this.panel.getByRole("button", { name: text(this.language, "common.action.start_again") }).click();
  }

  /** What is said of the waiting line. */
  get line(): Locator {
    return this.host.locator("[part~=waiting]");
  }

  /** Another tab of the same browser, its panel open. */
  async secondTab(prepare = async (_page: Page): Promise<void> => {}): Promise<Visitor> {
    const page = await this.page.context().newPage();
    await prepare(page);
    const tab = new Visitor(page, this.address, this.language);
    await tab.visit();
    if (!(await tab.panel.isVisible())) await tab.launcher.click();
    await tab.ready();
    return tab;
  }
}

// An agent at the agents' app, by the names that people and screen readers know.

import { type Locator, type Page, expect } from "@playwright/test";

import { type Language, text } from "./texts.ts";

export const password = "parlour-demo";

export class Agent {
  constructor(
    readonly page: Page,
    readonly address: string,
    readonly email: string,
    readonly language: Language = "en",
  ) {}

  async visit(path = "/agent/"): Promise<void> {
    await this.page.goto(this.address + path);
  }

  async fillSignIn(email: string, secret: string): Promise<void> {
    await this.page.getByRole("textbox", { name: this.say("agent.sign_in.email") }).fill(email);
    await this.page.getByLabel(this.say("agent.sign_in.password"), { exact: true }).fill(secret);
    await this.signInButton.click();
  }

  async signIn(): Promise<void> {
    await this.visit();
    await this.fillSignIn(this.email, password);
    await expect(this.list).toBeVisible();
  }

  get signInButton(): Locator {
    return this.page.getByRole("button", { name: this.say("agent.sign_in.submit") });
  }

  get list(): Locator {
    return this.page.getByRole("region", { name: this.say("agent.list.label"), exact: true });
  }

  get rows(): Locator {
    return this.list.locator("[data-conversation]");
  }

  tab(name: "mine" | "unassigned" | "all"): Locator {
    return this.page.getByRole("tab", { name: this.say(`agent.list.tab_${name}`) });
  }

  get chat(): Locator {
    return this.page.getByRole("region", { name: this.say("agent.chat.label"), exact: true });
  }

  get log(): Locator {
    return this.page.getByRole("log", { name: this.say("agent.chat.log") });
  }

  get composer(): Locator {
    return this.chat.getByRole("textbox", { name: this.say("common.composer.label") });
  }

  get sendButton(): Locator {
    return this.chat.getByRole("button", { name: this.say("common.composer.send"), exact: true });
  }

  get attachButton(): Locator {
    return this.chat.getByRole("button", { name: this.say("common.composer.attach"), exact: true });
  }

  /** The files that will go with what is being written. */
  get chips(): Locator {
    return this.chat.getByRole("list", { name: this.say("common.composer.files") }).getByRole("listitem");
  }

  get takeButton(): Locator {
    return this.chat.getByRole("button", { name: this.say("agent.chat.take"), exact: true });
  }

  get joinButton(): Locator {
    return this.chat.getByRole("button", { name: this.say("agent.chat.join"), exact: true });
  }

  /** The rows under a heading of the list. */
  under(heading: string): Locator {
    return this.list.getByRole("group", { name: heading, exact: true }).locator("[data-conversation]");
  }

  /** The rows of conversations in which help is wanted. */
  get calls(): Locator {
    return this.under(this.say("agent.live.looking_for_help"));
  }

  /** The buttons that say where the session stands. */
  status(name: "in_progress" | "waiting_for_customer" | "ask_for_help"): Locator {
    const group = this.chat.getByRole("group", { name: this.say("agent.info.status"), exact: true });
    return group.getByRole("button", { name: this.say(`agent.live.${name}`), exact: true });
  }

  /** Lets the session stand there. */
  async setStatus(name: "in_progress" | "waiting_for_customer" | "ask_for_help"): Promise<void> {
    await this.status(name).click();
    await expect(this.status(name)).toHaveAttribute("aria-pressed", "true");
  }

  /** The agent's own state. */
  get state(): Locator {
    return this.page.getByRole("combobox", { name: this.say("agent.state.label") });
  }

  get incoming(): Locator {
    return this.page.getByRole("region", { name: this.say("agent.offers.label"), exact: true });
  }

  /** The offers, or those whose card holds a text. */
  offers(hint?: string): Locator {
    const cards = this.incoming.getByRole("article");
    return hint === undefined ? cards : cards.filter({ hasText: hint });
  }

  async accept(hint: string): Promise<void> {
    await this.offers(hint).getByRole("button", { name: this.say("agent.offers.accept"), exact: true }).click();
  }

  async decline(hint: string): Promise<void> {
    await this.offers(hint).getByRole("button", { name: this.say("agent.offers.decline"), exact: true }).click();
  }

  /** Opens the menu with appearance, language and sign-out. */
  async openAccount(): Promise<void> {
    const name = this.email.charAt(0).toUpperCase() + this.email.slice(1, this.email.indexOf("@"));
    await this.page.getByRole("button", { name: text(this.language, "agent.account.label", { name }) }).click();
  }

  /** Opens the only conversation, or the one whose row holds a text. */
  async openConversation(hint?: string): Promise<void> {
    await this.tab("all").click();
    const row = hint === undefined ? this.rows : this.rows.filter({ hasText: hint });
    await row.first().click();
    await expect(this.log).toBeVisible();
  }

  async take(): Promise<void> {
    await this.takeButton.click();
    await expect(this.takeButton).toBeHidden();
  }

  /** Ends the session, for whoever owns it. */
  get endButton(): Locator {
    return this.chat.getByRole("button", { name: this.say("agent.end.button"), exact: true });
  }

  async end(): Promise<void> {
    await this.endButton.click();
    await this.page.getByRole("button", { name: this.say("agent.end.confirm"), exact: true }).click();
    await expect(this.endButton).toBeHidden();
  }

  async send(message: string): Promise<void> {
    await this.composer.fill(message);
    await this.sendButton.click();
  }

  /** The choice between what the visitor sees and what agents alone see. */
  mode(name: "reply" | "note"): Locator {
    return this.chat.getByRole("radio", { name: this.say(`agent.compose.${name}`) });
  }

  /** The button that leaves a private note. */
  get addNoteButton(): Locator {
    return this.chat.getByRole("button", { name: this.say("agent.compose.note_add"), exact: true });
  }

  async leaveNote(text: string): Promise<void> {
    await this.mode("note").click();
    await this.composer.fill(text);
    await this.addNoteButton.click();
  }

  /** The private notes in the log. */
  get notes(): Locator {
    return this.log.locator('[data-kind="note"]');
  }

  /** The link of the navigation that leads to the notes that mention the agent. */
  get mentionsLink(): Locator {
    const views = this.page.getByRole("navigation", { name: this.say("agent.views.label") });
    return views.getByRole("link", { name: this.say("agent.views.mentions") });
  }

  /** The notes that mention the agent. */
  get mentions(): Locator {
    const name = this.say("agent.views.mentions");
    return this.page.getByRole("region", { name, exact: true }).locator("[data-note]");
  }

  get information(): Locator {
    return this.page.getByRole("complementary", { name: this.say("agent.info.label") });
  }

  async openInformation(): Promise<void> {
    await this.chat.getByRole("button", { name: this.say("agent.info.label") }).click();
    await expect(this.information).toBeVisible();
  }

  /** What stands under a heading of the information panel: names and values. */
  section(heading: string): Locator {
    const name = this.say(heading);
    return this.information.locator("section").filter({ has: this.page.getByRole("heading", { name, exact: true }) });
  }

  /** The shared notes of the conversation; `notes` are the private ones in the log. */
  get sharedNotes(): Locator {
    return this.information.getByRole("textbox", { name: this.say("agent.info.notes"), exact: true });
  }

  /** How far the shared notes are saved. */
  get sharedNotesState(): Locator {
    return this.section("agent.info.notes").locator("[data-state]");
  }

  async expectSharedNotesSaved(): Promise<void> {
    await expect(this.sharedNotesState).toHaveAttribute("data-state", "saved");
  }

  get historyButton(): Locator {
    return this.section("agent.info.notes").getByRole("button", { name: this.say("agent.info.notes_history") });
  }

  /** The versions of the shared notes, the newest first. */
  get versions(): Locator {
    return this.section("agent.info.notes").getByRole("listitem");
  }

  expertise(name: string): Locator {
    return this.section("agent.info.expertise").getByRole("checkbox", { name });
  }

  /** The files in the information panel, the newest first. */
  get files(): Locator {
    return this.section("agent.info.files").getByRole("listitem");
  }

  /** Waits until the panel shows these questions with these answers. */
  async expectAnswers(latest: [question: string, answer: string][], earlier: typeof latest = []): Promise<void> {
    const section = this.section("agent.info.answers");
    await expect.poll(() => pairsIn(section.locator(":scope > dl"))).toEqual(latest);
    expect(await pairsIn(section.locator("details dl"))).toEqual(earlier);
  }

  private say(key: string): string {
    return text(this.language, key);
  }
}

/** Names and values, in the order of the screen. */
function pairsIn(list: Locator): Promise<string[][]> {
  return list.locator(":scope > div").evaluateAll((lines) =>
    lines.map((line) => ["dt", "dd"].map((part) => line.querySelector(part)?.textContent ?? "")),
  );
}

// Step 2 of the story: both apps in four languages, a picker that is remembered (V2).

import { tag } from "../support/shop.ts";
import { expect, test } from "../support/test.ts";
import { type Language, text } from "../support/texts.ts";
import { Visitor } from "../support/visitor.ts";

const browsers: [locale: string, language: Language][] = [
  ["en-GB", "en"],
  ["es-MX", "es"],
  ["zh-CN", "zh-CN"],
  ["zh-SG", "zh-CN"],
  ["ar-EG", "ar"],
  ["fi-FI", "en"],
];

for (const [locale, language] of browsers) {
  test(`a browser in ${locale} sees both apps in ${language}`, async ({ newVisitor, newAgent }) => {
    const visitor = await newVisitor({ locale, language });
    await visitor.visit();
    await expect(visitor.launcher).toHaveAccessibleName(text(language, "widget.launcher.open"));
    await visitor.open();
    await expect(visitor.panel).toHaveAccessibleName(text(language, "widget.panel.title"));
    await expect(visitor.composer).toBeVisible();
    const direction = language === "ar" ? "rtl" : "ltr";
    await expect(visitor.panel).toHaveCSS("direction", direction);

    const agent = await newAgent("ana", { locale, language });
    await agent.visit();
    await expect(agent.page.getByRole("heading", { level: 1 })).toHaveText(text(language, "agent.sign_in.title"));
    await expect(agent.page.locator("html")).toHaveAttribute("lang", language);
    await expect(agent.page.locator("html")).toHaveAttribute("dir", direction);
  });
}

test("the page may say the language", async ({ newVisitor, newShop, server }) => {
  const shop = await newShop({
    "/": `<!doctype html><title>Tienda</title><body>${tag(server.address, 'data-language="es"')}`,
  });
  const visitor = await newVisitor({ shop, locale: "en-US", language: "es" });
  await visitor.visit("/");
  await visitor.open();
  await expect(visitor.panel).toHaveAccessibleName(text("es", "widget.panel.title"));
});

test("the visitor's choice changes everything at once and is remembered", async ({ newVisitor }) => {
  const visitor = await newVisitor();
  await visitor.visit();
  await visitor.open();
  await visitor.send("Before");
  await expect(visitor.log).toContainText("Before");

  await visitor.languagePicker.selectOption("ar");
  const arabic = new Visitor(visitor.page, visitor.address, "ar");
  await expect(arabic.panel).toHaveAccessibleName(text("ar", "widget.panel.title"));
  await expect(arabic.panel).toHaveCSS("direction", "rtl");
  await expect(arabic.log).toContainText("Before");
  await expect(arabic.log).toContainText(text("ar", "common.system.conversation_started"));

  await visitor.page.reload();
  await expect(arabic.launcher).toBeVisible();
  await arabic.ready();
  await expect(arabic.panel).toHaveAccessibleName(text("ar", "widget.panel.title"));
});

test("a language chosen while the app waits unseen wins over an earlier choice", async ({ newVisitor, newShop, server }) => {
  const shop = await newShop({ "/": `<!doctype html><title>Tienda</title><body>${tag(server.address)}` });
  const visitor = await newVisitor({ shop });
  await visitor.visit("/");
  await visitor.page.evaluate(() => localStorage.setItem("parlour/demo-support/language", "zh-CN"));
  await visitor.page.reload();
  await visitor.launcher.hover();
  await visitor.host.locator("[role=log]").waitFor({ state: "attached" });
  await visitor.page.evaluate(() => window.Parlour.push(["setLanguage", "es"]));
  const spanish = new Visitor(visitor.page, visitor.address, "es");
  await spanish.open();
  await expect(spanish.panel).toHaveAccessibleName(text("es", "widget.panel.title"));
  await expect(spanish.languagePicker).toHaveValue("es");
  const kept = () => visitor.page.evaluate(() => localStorage.getItem("parlour/demo-support/language"));
  await expect.poll(kept).toBe("es");
});

test("the agent's choice changes everything at once and is remembered", async ({ newAgent }) => {
  const agent = await newAgent();
  await agent.signIn();
  await agent.openAccount();
  await agent.page.getByRole("combobox", { name: "Language" }).selectOption("es");
  await expect(agent.page.getByRole("navigation", { name: text("es", "agent.views.label") })).toBeVisible();
  await agent.page.reload();
  await expect(agent.page.getByRole("navigation", { name: text("es", "agent.views.label") })).toBeVisible();
});

test("what happens is told to each side in its own language", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor({ locale: "es-ES", language: "es" });
  const agent = await newAgent("ana", { locale: "zh-CN", language: "zh-CN" });
  await visitor.visit();
  await visitor.open();
  await visitor.send("Hola");
  await agent.signIn();
  await agent.openConversation("Hola");
  await agent.take();
  await expect(visitor.log).toContainText(text("es", "common.system.agent_joined", { name: "Ana" }));
  await expect(agent.log).toContainText(text("zh-CN", "agent.system.conversation_taken", { name: "Ana" }));
});

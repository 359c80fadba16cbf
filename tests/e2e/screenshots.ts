// Takes pictures of both apps in light and dark, on a phone, in Spanish and Arabic, with a
// conversation as people have it, with the demo's chatbot, and with a form. The two that the README shows go to docs/images; the rest, for
// looking at, to results/pictures.

import { resolve } from "node:path";

import type { Page } from "@playwright/test";

import { browserArguments, chromium } from "./support/browser.ts";
import { choose, expectDrawn, film, picture, sound } from "./support/files.ts";
import { expectTexts, messageWith } from "./support/messages.ts";
import { button, demoScript, said } from "./support/script.ts";
import { expect, test } from "./support/test.ts";
import { type Language, text } from "./support/texts.ts";
import { viewerOn, widthOf } from "./support/viewer.ts";
import { microphoneArguments } from "./support/voice.ts";

test.use({
  launchOptions: { executablePath: chromium(), args: [...browserArguments, ...microphoneArguments] },
});

function place(name: string): string {
  const shown = name === "widget" || name === "agent";
  return resolve(import.meta.dirname, shown ? "../../docs/images" : "results/pictures", `${name}.png`);
}

interface Look {
  /** Behind `widget` and `agent` in the file's name. */
  suffix: string;
  language: Language;
  locale: string;
  colorScheme: "light" | "dark";
  phone: boolean;
}

const usual: Look = { suffix: "", language: "en", locale: "en-GB", colorScheme: "light", phone: false };
const looks: Look[] = [
  usual,
  { ...usual, suffix: "-dark", colorScheme: "dark" },
  { ...usual, suffix: "-phone", phone: true },
  { ...usual, suffix: "-phone-dark", phone: true, colorScheme: "dark" },
  { ...usual, suffix: "-es", language: "es", locale: "es-ES" },
  { ...usual, suffix: "-ar", language: "ar", locale: "ar-EG" },
];

const talks: Record<Language, [question: string, answer: string, thanks: string, others: string[]]> = {
  en: [
    "Hello! My teapot came with a chip in the spout. Here is your page on returns: https://example.com/returns — is that the right one?",
    "Oh no, I am sorry about that!\nA new one leaves today. Keep the other as a flower pot. 🌱",
    "That is kind, thank you!",
    ["Do you deliver to Iceland?", "Which tea goes with scones?"],
  ],
  es: [
    "¡Hola! La tetera ha llegado con el pico roto. ¿Es esta la página de devoluciones? https://example.com/devoluciones",
    "¡Vaya, lo siento mucho!\nHoy mismo sale otra. Quédese con la rota como maceta. 🌱",
    "¡Qué amables, gracias!",
    ["¿Hacen envíos a Canarias?", "¿Tienen té de hierbabuena?"],
  ],
  "zh-CN": ["你好！茶壶的壶嘴碎了。", "非常抱歉！今天就给您寄一个新的。🌱", "谢谢！", ["可以寄到冰岛吗？"]],
  ar: [
    "مرحبًا! وصل إبريق الشاي مكسورًا. هل هذه صفحة الإرجاع؟ https://example.com/returns",
    "نأسف لذلك كثيرًا!\nسنرسل لك إبريقًا جديدًا اليوم. 🌱",
    "شكرًا جزيلًا!",
    ["هل توصلون إلى القاهرة؟", "أي شاي يناسب التمر؟"],
  ],
};

/** A browser that looks so. */
function browser({ language, locale, colorScheme, phone }: Look) {
  const viewport = phone ? { width: 390, height: 780 } : { width: 1280, height: 800 };
  return { language, locale, colorScheme, viewport, hasTouch: phone, deviceScaleFactor: 2 };
}

for (const look of looks) {
  test(`pictures${look.suffix}`, async ({ newVisitor, newAgent }) => {
    const { language, locale } = look;
    const options = browser(look);
    const [question, answer, thanks, others] = talks[language];
    for (const text of others) {
      const other = await newVisitor({ language, locale });
      await other.visit();
      await other.open();
      await other.send(text);
      await expectTexts(other.log, [text]);
    }
    const visitor = await newVisitor(options);
    await visitor.visit();
    await visitor.page.screenshot({ path: place(`launcher${look.suffix}`) });
    await visitor.open();
    await visitor.page.screenshot({ path: place(`welcome${look.suffix}`) });
    await visitor.send(question);

    const agent = await newAgent("ana", options);
    await agent.visit();
    await agent.signInButton.waitFor();
    await agent.page.screenshot({ path: place(`sign-in${look.suffix}`) });
    await agent.signIn();
    await agent.openConversation(question.slice(0, 12));
    await agent.take();
    await agent.send(answer);
    await expectTexts(visitor.log, [question, answer]);
    await visitor.send(thanks);
    await expectTexts(agent.log, [question, answer, thanks]);
    await agent.composer.pressSequentially("…");
    await agent.composer.fill("");
    await visitor.page.screenshot({ path: place(`widget${look.suffix}`) });
    await agent.page.screenshot({ path: place(`agent${look.suffix}`) });
  });
}

for (const look of looks) {
  test(`spoken${look.suffix}`, async ({ newVisitor, newAgent }) => {
    const options = { ...browser(look), permissions: ["microphone"] };
    const [question, answer, thanks] = talks[look.language];
    const visitor = await newVisitor(options);
    await visitor.visit();
    await visitor.open();
    await visitor.send(question);
    const agent = await newAgent("ana", options);
    await agent.signIn();
    await agent.openConversation(question.slice(0, 12));
    await agent.take();
    const bar = async (log: typeof agent.log, text: string) => {
      const row = messageWith(log, text);
      if (look.phone) await row.locator("[part~=message-more]").tap();
      else await row.hover();
      return row.locator("[part~=message-actions]");
    };
    // The agent quotes, the visitor speaks and edits.
    await (await bar(agent.log, question)).locator("[part~=message-reply]").click();
    await agent.composer.fill(answer);
    await agent.page.screenshot({ path: place(`quoting${look.suffix}`) });
    await agent.sendButton.click();
    await expectTexts(visitor.log, [question, answer]);
    const recorder = visitor.panel.locator("[part~=voice-recorder]");
    await visitor.panel.locator("[part~=record]").click();
    await expect
      .poll(async () => (await recorder.locator("[part~=voice-level] path").getAttribute("d"))?.length)
      .toBeGreaterThan(60);
    await visitor.page.screenshot({ path: place(`recording${look.suffix}`) });
    await recorder.locator("[part~=voice-stop]").click();
    await recorder.locator("[part~=voice-send]").waitFor();
    await visitor.page.screenshot({ path: place(`recorded${look.suffix}`) });
    await recorder.locator("[part~=voice-send]").click();
    await expect(agent.log.locator("[part~=voice]").first()).toBeVisible();
    await visitor.send(thanks);
    await expect(messageWith(agent.log, thanks)).toBeVisible();
    await (await bar(visitor.log, thanks)).waitFor();
    await visitor.page.screenshot({ path: place(`actions${look.suffix}`) });
    await (await bar(visitor.log, thanks)).locator("[part~=message-edit]").click();
    await expect(visitor.panel.locator("[part~=editing-bar]")).toBeVisible();
    await visitor.page.screenshot({ path: place(`editing${look.suffix}`) });
    await agent.openInformation();
    await agent.page.screenshot({ path: place(`spoken${look.suffix}`) });
  });
}

for (const look of looks) {
  test(`viewer${look.suffix}`, async ({ newVisitor, newAgent }) => {
    const [question] = talks[look.language];
    const visitor = await newVisitor(browser(look));
    await visitor.visit();
    await visitor.open();
    const files = [picture("teapot-with-a-chip-in-the-spout.png", 2400, 1500), picture("lid.png", 300, 200)];
    await choose(visitor.attachButton, [...files, sound("hello.wav")]);
    await visitor.send(question);
    const agent = await newAgent("ana", browser(look));
    // In place long before it is wanted: a route that is new does not stop what is asked for at once.
    let isDown = false;
    await agent.page.route(/\/v1\/files\//, (route) => (isDown ? route.abort() : route.continue()));
    await agent.signIn();
    await agent.openConversation(question.slice(0, 12));
    await agent.take();
    await agent.mode("note").click();
    await choose(agent.attachButton, [picture("invoice.png", 800, 1200), await film(agent.page, "pour.webm")]);
    await agent.addNoteButton.click();
    await expectDrawn(agent.log, "invoice.png");
    await agent.page.screenshot({ path: place(`tiles${look.suffix}`) });
    await expectDrawn(visitor.log, "lid.png");
    await visitor.log.locator("[data-view]").first().click();
    const { page } = visitor;
    const shown = (at: typeof page) => expect(at.locator("[part~=viewer-file]")).toHaveAttribute("data-state", "ready");
    await shown(page);
    await page.screenshot({ path: place(`viewer${look.suffix}`) });
    await viewerOn(page).locator("[part~=viewer-fit]").click();
    // When the picture has come to rest.
    await expect.poll(() => widthOf(viewerOn(page).getByRole("img"))).toBeCloseTo(2400, 0);
    await page.screenshot({ path: place(`viewer-zoomed${look.suffix}`) });
    await page.keyboard.press("PageDown");
    await shown(page);
    await page.screenshot({ path: place(`viewer-small${look.suffix}`) });
    await page.keyboard.press("End");
    await shown(page);
    await page.screenshot({ path: place(`viewer-sound${look.suffix}`) });
    await agent.log.locator("[data-view]").nth(3).press("Enter");
    await shown(agent.page);
    await agent.page.screenshot({ path: place(`viewer-note${look.suffix}`) });
    await agent.page.keyboard.press("PageDown");
    await shown(agent.page);
    await agent.page.screenshot({ path: place(`viewer-film${look.suffix}`) });
    isDown = true;
    await agent.page.keyboard.press("Home");
    await expect(agent.page.locator("[part~=viewer-again]")).toBeVisible();
    await agent.page.screenshot({ path: place(`viewer-failed${look.suffix}`) });
  });
}

test.describe("with the chatbot", () => {
  test.use({ scripts: {} });

  for (const look of looks) {
    test(`chatbot${look.suffix}`, async ({ newVisitor, newAgent }) => {
      const agent = await newAgent("ben", browser(look));
      await agent.signIn();
      const visitor = await newVisitor(browser(look));
      await visitor.visit();
      await visitor.open();
      const asked = button(demoScript, "topic", "technical", look.language);
      await expect(visitor.answer(asked)).toBeVisible();
      await visitor.page.screenshot({ path: place(`greeting${look.suffix}`) });
      await visitor.press(asked);
      const connecting = said(demoScript, "forward-technical", look.language);
      await expect(visitor.log).toContainText(connecting);
      await expect(agent.offers(connecting)).toBeVisible();
      await visitor.page.screenshot({ path: place(`connecting${look.suffix}`) });
      await agent.page.screenshot({ path: place(`offer${look.suffix}`) });
      await agent.accept(connecting);
      await expect(agent.log).toContainText(connecting);
      await agent.openInformation();
      await agent.page.screenshot({ path: place(`answers${look.suffix}`) });
      // On a phone the panel covers the conversation.
      if (look.phone) return;
      // Every kind on one screen, and again without colours and in the system's own.
      const [question, answer] = talks[look.language];
      await visitor.send(question);
      await expect(messageWith(agent.log, question)).toBeVisible();
      await agent.send(answer);
      await agent.leaveNote(`${answer} (!)`);
      await expect(agent.notes).toHaveCount(1);
      await expect(messageWith(visitor.log, answer)).toBeVisible();
      await agent.page.mouse.move(0, 0);
      for (const [name, page] of [["agent", agent.page], ["visitor", visitor.page]] as const) {
        await page.screenshot({ path: place(`kinds-${name}${look.suffix}`) });
        await page.emulateMedia({ forcedColors: "active" });
        await page.screenshot({ path: place(`kinds-${name}${look.suffix}-forced`) });
        await page.emulateMedia({ forcedColors: "none" });
        await withoutColours(page, () => page.screenshot({ path: place(`kinds-${name}${look.suffix}-grey`) }));
      }
    });
  }
});

/** Shows the page as eyes that see no colours do. */
async function withoutColours(page: Page, look: () => Promise<unknown>): Promise<void> {
  const debugging = await page.context().newCDPSession(page);
  await debugging.send("Emulation.setEmulatedVisionDeficiency", { type: "achromatopsia" });
  await look();
  await debugging.send("Emulation.setEmulatedVisionDeficiency", { type: "none" });
  await debugging.detach();
}

test.describe("with a question that only a button answers", () => {
  const words = (en: string, es: string, ar: string) => ({ en, es, ar });
  const steps = [
    {
      id: "which",
      type: "question",
      text: words("Which one is it?", "¿Cuál es?", "أيهما؟"),
      answers: [
        { id: "pot", text: words("The teapot", "La tetera", "الإبريق") },
        { id: "cup", text: words("The cups", "Las tazas", "الأكواب") },
      ],
    },
    { id: "why", type: "lines", text: words("What is wrong with it?", "¿Qué le pasa?", "ما المشكلة؟") },
  ];
  test.use({ scripts: { "demo-support": { name: "Demo shop", languages: ["en", "es", "ar"], typing: "none", steps } } });

  for (const look of looks) {
    test(`locked${look.suffix}`, async ({ newVisitor }) => {
      const visitor = await newVisitor(browser(look));
      await visitor.visit();
      await visitor.open();
      await expect(visitor.composer).not.toBeEditable();
      await visitor.page.screenshot({ path: place(`locked${look.suffix}`) });
    });
  }
});

for (const look of looks) {
  test(`nobody${look.suffix}`, async ({ newVisitor }) => {
    const visitor = await newVisitor(browser(look));
    await visitor.visit();
    await visitor.open();
    await visitor.send(talks[look.language][0]);
    await expect(visitor.line).toContainText(text(look.language, "widget.waiting.nobody_title"));
    await visitor.page.screenshot({ path: place(`nobody${look.suffix}`) });
  });

  test(`help${look.suffix}`, async ({ newVisitor, newAgent }) => {
    const [question, , thanks, others] = talks[look.language];
    const agent = await newAgent("ana", browser(look));
    await agent.signIn();
    for (const [words, status] of [
      [others[0]!, "in_progress"],
      [thanks, "waiting_for_customer"],
      [question, "ask_for_help"],
    ] as const) {
      const visitor = await newVisitor({ language: look.language, locale: look.locale });
      await visitor.visit();
      await visitor.open();
      await visitor.send(words);
      await expectTexts(visitor.log, [words]);
      // On a phone the open conversation hides the list.
      await agent.visit();
      await agent.openConversation(words.slice(0, 12));
      await agent.take();
      // There the panel covers the conversation, too.
      if (status === "ask_for_help" && !look.phone) {
        await agent.openInformation();
        await agent.expertise("Technical").check();
      }
      if (status !== "in_progress") await agent.setStatus(status);
    }
    await agent.page.screenshot({ path: place(`status${look.suffix}`) });
    const helper = await newAgent("ben", browser(look));
    await helper.signIn();
    await expect(helper.calls).toHaveCount(1);
    await helper.page.screenshot({ path: place(`calls${look.suffix}`) });
    await helper.calls.click();
    await expectTexts(helper.log, [question]);
    await helper.page.screenshot({ path: place(`help${look.suffix}`) });
    await helper.page.emulateMedia({ forcedColors: "active" });
    await helper.page.screenshot({ path: place(`help${look.suffix}-forced`) });
  });

  test(`ending${look.suffix}`, async ({ newVisitor, newAgent }) => {
    const [question, answer] = talks[look.language];
    const visitor = await newVisitor(browser(look));
    await visitor.visit();
    await visitor.open();
    await visitor.send(question);
    const agent = await newAgent("ana", browser(look));
    await agent.signIn();
    await agent.openConversation(question);
    await agent.take();
    await agent.send(answer);
    await expectTexts(visitor.log, [question, answer]);
    await agent.endButton.click();
    await agent.page.screenshot({ path: place(`ending${look.suffix}`) });
    await agent.page.keyboard.press("Escape");
    await agent.end();
    await agent.openInformation();
    await expect(agent.section("agent.info.conversation")).toContainText(text(look.language, "agent.info.outcome"));
    await agent.section("agent.info.conversation").scrollIntoViewIfNeeded();
    await agent.page.screenshot({ path: place(`ended${look.suffix}`) });
    await visitor.page.screenshot({ path: place(`ended-widget${look.suffix}`) });
  });

  test(`team${look.suffix}`, async ({ newVisitor, newAgent }) => {
    const [question] = talks[look.language];
    const visitor = await newVisitor(browser(look));
    await visitor.visit();
    await visitor.open();
    await visitor.send(question);
    const agent = await newAgent("ana", browser(look));
    await agent.signIn();
    await agent.openConversation(question);
    await agent.mode("note").click();
    await agent.composer.pressSequentially("@");
    await expect(agent.chat.getByRole("option")).toHaveCount(4);
    await agent.page.screenshot({ path: place(`team${look.suffix}`) });
  });
}

test.describe("with a form", () => {
  const label = (en: string, es: string, ar: string) => ({ en, es, ar });
  const fields = [
    { name: "name", kind: "text", required: true, label: label("Your name", "Tu nombre", "اسمك") },
    { name: "email", kind: "email", label: label("E-mail", "Correo electrónico", "البريد الإلكتروني") },
  ];
  test.use({ channels: { "demo-support": { pre_chat: { fields }, expected_reply_minutes: 5 } } });

  for (const look of looks) {
    test(`form${look.suffix}`, async ({ newVisitor }) => {
      const visitor = await newVisitor(browser(look));
      await visitor.visit();
      await visitor.launcher.click();
      await expect(visitor.panel.getByRole("textbox")).toHaveCount(3, { timeout: 20_000 });
      await visitor.page.screenshot({ path: place(`form${look.suffix}`) });
    });
  }
});

// The first minute: the chatbot greets, asks, looks for a person; what was answered is with the
// agent (V3, V4, P9).

import { violations } from "../support/axe.ts";
import { Deafness } from "../support/deafness.ts";
import { expectTexts, messagesIn, textsIn } from "../support/messages.ts";
import { bicycles, button, buttons, demoScript, putScript, said, saidAgain } from "../support/script.ts";
import { expect, test } from "../support/test.ts";
import { type Language, text } from "../support/texts.ts";
import type { Visitor } from "../support/visitor.ts";

const site = "demo-support";

// The demo's script speaks, unless a story brings its own.
test.use({ scripts: {} });

/** The demo's greeting. */
function greeting(language: Language = "en"): string[] {
  return [said(demoScript, "welcome", language), said(demoScript, "topic", language)];
}

const order = button(demoScript, "topic", "order");
const askedNumber = said(demoScript, "order-number");
const askedAddress = said(demoScript, "order-email", "en", { order: "A-42" });

for (const [language, locale] of [["en", "en-GB"], ["es", "es-MX"], ["ar", "ar-EG"]] as [Language, string][]) {
  test(`the chatbot greets, asks and hears in ${language} (V3, V2)`, async ({ newVisitor }) => {
    const visitor = await newVisitor({ language, locale });
    await visitor.visit();
    await visitor.open();
    await expectTexts(visitor.log, greeting(language));
    for (const name of buttons(demoScript, "topic", language)) await expect(visitor.answer(name)).toBeVisible();

    const pressed = button(demoScript, "topic", "order", language);
    await visitor.press(pressed);
    const shown = [...greeting(language), pressed, said(demoScript, "order-number", language)];
    await expectTexts(visitor.log, shown);
    await expect(messagesIn(visitor.log).nth(2)).toHaveAttribute("data-kind", "visitor");

    await visitor.send("A-42");
    shown.push("A-42", said(demoScript, "order-email", language, { order: "A-42" }));
    await expectTexts(visitor.log, shown);
    await visitor.send("vera at example");
    shown.push("vera at example", saidAgain(demoScript, "order-email", language));
    await expectTexts(visitor.log, shown);
    // Nobody is there: the script goes on without people.
    await visitor.send("vera@example.com");
    const farewell = said(demoScript, "thanks-order", language, { email: "vera@example.com", order: "A-42" });
    shown.push("vera@example.com", said(demoScript, "nobody-order", language), farewell);
    await expectTexts(visitor.log, shown);
  });
}

test("a reload and a second tab show the same and go on where the first was (V3)", async ({ newVisitor }) => {
  const visitor = await newVisitor();
  await visitor.visit();
  await visitor.open();
  await visitor.press(order);
  const shown = [...greeting(), order, askedNumber];
  await expectTexts(visitor.log, shown);
  await visitor.page.reload();
  await visitor.ready();
  await expectTexts(visitor.log, shown);

  const tab = await visitor.secondTab();
  await expectTexts(tab.log, shown);
  await expect(tab.answers).toHaveCount(0);
  await tab.send("A-42");
  shown.push("A-42", askedAddress);
  await expectTexts(tab.log, shown);
  await expectTexts(visitor.log, shown);
  for (const one of [visitor, tab]) await expect(one.answers).toHaveText([button(demoScript, "order-email", "skip")]);
});

test("a server that is killed in the middle of the script goes on with it (V3)", async ({ newVisitor, server }) => {
  const visitor = await newVisitor();
  await visitor.visit();
  await visitor.open();
  await visitor.press(order);
  const shown = [...greeting(), order, askedNumber];
  await expectTexts(visitor.log, shown);
  await server.kill();
  await visitor.send("A-42");
  await server.run();
  shown.push("A-42", askedAddress);
  await expectTexts(visitor.log, shown);
  await server.kill();
  await server.run();
  await visitor.send("no address");
  shown.push("no address", saidAgain(demoScript, "order-email"));
  await expectTexts(visitor.log, shown);
});

test("who begins again is asked anew, and the agent sees what was answered before (V3, P9)", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  await visitor.visit();
  await visitor.open();
  await visitor.press(order);
  await expect(visitor.log).toContainText(askedNumber);
  await visitor.send("A-41");
  await expectTexts(visitor.log, [...greeting(), order, askedNumber, "A-41", said(demoScript, "order-email", "en", { order: "A-41" })]);
  await visitor.restart();
  await expect.poll(async () => (await textsIn(visitor.log)).slice(6)).toEqual(greeting());
  await visitor.press(order);
  await expect.poll(async () => (await textsIn(visitor.log)).slice(8)).toEqual([order, askedNumber]);

  const ana = await newAgent();
  await ana.signIn();
  await ana.openConversation();
  await ana.openInformation();
  const before: [string, string][] = [[greeting()[1]!, order], [askedNumber, "A-41"]];
  await ana.expectAnswers([[greeting()[1]!, order]], before);
  // It grows while the agent looks on.
  await visitor.send("A-42");
  await ana.expectAnswers([[greeting()[1]!, order], [askedNumber, "A-42"]], before);
});

test("looking at the greeting and leaving stores nothing (V3, V9)", async ({ newVisitor, newAgent }) => {
  const looker = await newVisitor();
  await looker.visit();
  await looker.open();
  await expectTexts(looker.log, greeting());
  await looker.page.close();

  const writer = await newVisitor();
  await writer.visit();
  await writer.open();
  await writer.press(order);
  await expectTexts(writer.log, [...greeting(), order, askedNumber]);
  const ana = await newAgent();
  await ana.signIn();
  await ana.tab("all").click();
  await expect(ana.rows).toHaveCount(1);
});

test("of two answers to one question the first counts (V3)", async ({ newVisitor, newAgent }) => {
  const visitor = await newVisitor();
  await visitor.visit();
  await visitor.open();
  await visitor.press(order);
  const shown = [...greeting(), order, askedNumber];
  await expectTexts(visitor.log, shown);
  const [tab, deafness] = await deafTab(visitor);
  await expectTexts(tab.log, shown);
  await visitor.send("A-42");
  shown.push("A-42", askedAddress);
  await expectTexts(visitor.log, shown);
  await expectTexts(tab.log, shown);
  deafness.begin();
  await visitor.send("vera@example.com");
  await expect(visitor.log).toContainText(said(demoScript, "nobody-order"));
  // The other tab knows nothing of that yet.
  await tab.press(button(demoScript, "order-email", "skip"));
  deafness.end();
  const farewell = said(demoScript, "thanks-order", "en", { email: "vera@example.com", order: "A-42" });
  shown.push("vera@example.com", said(demoScript, "nobody-order"), farewell);
  await expectTexts(tab.log, shown);
  await expectTexts(visitor.log, shown);

  const ana = await newAgent();
  await ana.signIn();
  await ana.openConversation();
  await expectTexts(ana.log, shown);
  await ana.openInformation();
  await ana.expectAnswers([[greeting()[1]!, order], [askedNumber, "A-42"], [askedAddress, "vera@example.com"]]);
});

test("an answer that comes after an agent did changes nothing (V3, V4)", async ({ newVisitor, newAgent }) => {
  const ana = await newAgent();
  await ana.signIn();
  const visitor = await newVisitor();
  await visitor.visit();
  await visitor.open();
  await visitor.press(button(demoScript, "topic", "hours"));
  await expect(visitor.answer(button(demoScript, "more", "yes"))).toBeVisible();
  const [tab, deafness] = await deafTab(visitor);
  await expect(tab.answer(button(demoScript, "more", "yes"))).toBeVisible();
  deafness.begin();
  await visitor.send("Is the blue one back?");
  await ana.accept("Is the blue one back?");
  await expect(visitor.log).toContainText("Ana joined the conversation");
  await tab.press(button(demoScript, "more", "yes"));
  deafness.end();
  await expect(tab.log).toContainText("Ana joined the conversation");
  await ana.send("Tomorrow");
  const shown = [
    ...greeting(),
    button(demoScript, "topic", "hours"),
    said(demoScript, "hours-open"),
    said(demoScript, "more"),
    "Is the blue one back?",
    said(demoScript, "forward"),
    "Tomorrow",
  ];
  for (const log of [visitor.log, tab.log, ana.log]) await expectTexts(log, shown);
  await expect(tab.answers).toHaveCount(0);
});

test("forwarded: the line, the offer that says why, who joins, and nothing is lost (V4, W1, P9, P14)", async ({ newVisitor, newAgent }) => {
  const [ana, ben] = [await newAgent("ana"), await newAgent("ben")];
  await ana.signIn();
  await ben.signIn();
  const visitor = await newVisitor({ locale: "en-GB" });
  await visitor.visit();
  await visitor.open();
  const technical = button(demoScript, "topic", "technical");
  await visitor.press(technical);
  const connecting = said(demoScript, "forward-technical");
  await expect(visitor.log).toContainText(connecting);
  await expect(visitor.line).toContainText(text("en", "widget.waiting.title"));

  const card = ben.offers(connecting);
  await expect(card).toBeVisible();
  await expect(card).toContainText("Your expertiseTechnical");
  await expect(card).toContainText("you know what is wanted");
  await expect(card).toContainText("Spain (a guess) · British English");
  await expect(card.locator("[data-kind=automated]")).toHaveCount(3);
  await expect(ana.incoming).toBeHidden();

  await visitor.send("It is my kettle");
  await expect(card).toContainText("It is my kettle");
  await ben.accept(connecting);
  await expect(visitor.log).toContainText("Ben joined the conversation");
  await expect(visitor.line).not.toContainText(text("en", "widget.waiting.title"));
  const shown = [...greeting(), technical, connecting, "It is my kettle"];
  await expectTexts(ben.log, shown);
  await expectTexts(visitor.log, shown);
  const bot = messagesIn(ben.log).first();
  await expect(bot).toHaveAttribute("data-kind", "automated");
  await expect(bot).toHaveAttribute("data-side", "end");
  await expect(bot).toHaveAccessibleName("Automated message from Demo shop");
  await ben.openInformation();
  await ben.expectAnswers([[greeting()[1]!, technical]]);
  const origin = ben.section("agent.info.origin");
  await expect(origin).toContainText("Spain (a guess)");
  await expect(origin).toContainText("British English");
});

test("while everybody is busy with others, visitors see their places in line (V4, V7)", async ({ newVisitor, newAgent }) => {
  test.slow();
  const ana = await newAgent();
  await ana.signIn();
  const say = async (words: string) => {
    const visitor = await newVisitor();
    await visitor.visit();
    await visitor.open();
    await visitor.send(words);
    await expect(visitor.log).toContainText(said(demoScript, "forward"));
    return visitor;
  };
  for (const words of ["question one", "question two", "question three", "question four"]) {
    const visitor = await say(words);
    await ana.accept(words);
    await expect(visitor.log).toContainText("Ana joined the conversation");
    await visitor.page.close();
  }
  const next = await say("question five");
  const last = await say("question six");
  const place = (number: string) => text("en", "widget.waiting.place", { place: number });
  await expect(next.line).toContainText(place("1"));
  await expect(last.line).toContainText(place("2"));
  await last.page.reload();
  await last.ready();
  await expect(last.line).toContainText(place("2"));
  await expect(ana.incoming).toBeHidden();
});

test("whoever just writes is heard by people, and what they wrote is kept (V3, V4)", async ({ newVisitor, newAgent }) => {
  const ana = await newAgent();
  await ana.signIn();
  const visitor = await newVisitor();
  await visitor.visit();
  await visitor.open();
  await visitor.send("Do you have <b>green</b> tea?");
  await expect(visitor.log).toContainText(said(demoScript, "forward"));
  await ana.accept("green");
  await expectTexts(ana.log, [...greeting(), "Do you have <b>green</b> tea?", said(demoScript, "forward")]);
  await ana.openInformation();
  await ana.expectAnswers([[greeting()[1]!, "Do you have <b>green</b> tea?"]]);
});

test("a new script speaks to whoever comes next, a bad one to nobody (V3)", async ({ newVisitor, server }) => {
  const early = await newVisitor();
  await early.visit();
  await early.open();
  await early.press(order);
  await expectTexts(early.log, [...greeting(), order, askedNumber]);

  await putScript(server.data, site, short("Welcome to the new shop."));
  const late = await newVisitor();
  await late.visit();
  await late.open();
  await expect(async () => {
    await late.page.reload();
    await late.ready();
    await expect(late.log).toContainText("Welcome to the new shop.", { timeout: 1_000 });
  }).toPass();
  // The old one goes on with whom it spoke to.
  await early.send("A-42");
  await expectTexts(early.log, [...greeting(), order, askedNumber, "A-42", askedAddress]);

  await putScript(server.data, site, '{ "name": "Broken", "steps": [');
  await putScript(server.data, "demo-sales", short("Sales speaking."));
  await expect.poll(() => server.stderr).toContain("scripts/demo-support.json:1:");
  await late.page.reload();
  await late.ready();
  await expect(late.log).toContainText("Welcome to the new shop.");
});

test.describe("a required question", () => {
  test.use({ scripts: { [site]: short("Hello.") } });

  test("locks the composer until a button is pressed, and no longer (V3)", async ({ newVisitor }) => {
    const visitor = await newVisitor();
    await visitor.visit();
    await visitor.open();
    await expectTexts(visitor.log, ["Hello.", "Which one?"]);
    await expect(visitor.composer).not.toBeEditable();
    await visitor.page.reload();
    await visitor.ready();
    await expect(visitor.composer).not.toBeEditable();
    await visitor.press("This one");
    await expectTexts(visitor.log, ["Hello.", "Which one?", "This one", "Why?"]);
    await expect(visitor.composer).toBeEditable();
    await visitor.send("Because");
    await expectTexts(visitor.log, ["Hello.", "Which one?", "This one", "Why?", "Because", "I see."]);
  });
});

test.describe("a script written from its documentation", () => {
  test.use({ scripts: { [site]: bicycles } });

  test("works: what is broken, where to call, and a mechanic comes", async ({ newVisitor, newAgent }) => {
    const ben = await newAgent("ben");
    await ben.signIn();
    const visitor = await newVisitor();
    await visitor.visit();
    await visitor.open();
    await visitor.press(button(bicycles, "topic", "repair"));
    await expect(visitor.log).toContainText(said(bicycles, "bicycle"));
    await visitor.send("racing bike");
    await expect(visitor.log).toContainText("What is wrong with your racing bike?");
    await visitor.send("The chain\nand the bell");
    await expect(visitor.log).toContainText(said(bicycles, "telephone"));
    await visitor.send("12");
    await expect(visitor.log).toContainText(saidAgain(bicycles, "telephone"));
    await visitor.send("+49 (30) 901820");
    const shown = [
      "Hello there, this is the workshop.",
      said(bicycles, "topic"),
      button(bicycles, "topic", "repair"),
      said(bicycles, "bicycle"),
      "racing bike",
      "What is wrong with your racing bike?",
      "The chain\nand the bell",
      said(bicycles, "telephone"),
      "12",
      saidAgain(bicycles, "telephone"),
      "+49 (30) 901820",
      said(bicycles, "person"),
    ];
    await expectTexts(visitor.log, shown);
    await ben.accept("racing bike");
    await expectTexts(ben.log, shown);
    await ben.openInformation();
    await ben.expectAnswers([
      [said(bicycles, "topic"), button(bicycles, "topic", "repair")],
      [said(bicycles, "bicycle"), "racing bike"],
      ["What is wrong with your racing bike?", "The chain\nand the bell"],
      [said(bicycles, "telephone"), "+49 (30) 901820"],
    ]);
  });

  test("works in Spanish: there and back, nobody there, and the right farewell", async ({ newVisitor }) => {
    const visitor = await newVisitor({ language: "es", locale: "es-AR" });
    await visitor.visit();
    await visitor.open();
    const es = (step: string, answer?: string) =>
      answer === undefined ? said(bicycles, step, "es", { bicycle: "tándem", email: "vera@example.com" }) : button(bicycles, step, answer, "es");
    await visitor.press(es("topic", "price"));
    await visitor.press(es("prices", "more"));
    await visitor.press(es("topic", "repair"));
    await expect(visitor.log).toContainText(es("bicycle"));
    await visitor.send("tándem");
    await expect(visitor.log).toContainText(es("trouble"));
    await visitor.send("Chirría");
    await visitor.press(es("telephone", "skip"));
    await expect(visitor.log).toContainText(es("address"));
    await visitor.send("vera@example.com");
    await expectTexts(visitor.log, [
      es("hello"),
      es("topic"),
      es("topic", "price"),
      es("prices"),
      es("prices", "more"),
      es("topic"),
      es("topic", "repair"),
      es("bicycle"),
      "tándem",
      es("trouble"),
      "Chirría",
      es("telephone"),
      es("telephone", "skip"),
      es("address"),
      "vera@example.com",
      es("spoken"),
    ]);
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in what the chatbot shows to either side, ${colorScheme}`, async ({ newVisitor, newAgent }) => {
    const visitor = await newVisitor({ colorScheme, reducedMotion: "reduce" });
    await visitor.visit();
    await visitor.open();
    await expectTexts(visitor.log, greeting());
    expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
    await visitor.press(order);
    await expectTexts(visitor.log, [...greeting(), order, askedNumber]);
    expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
    const ana = await newAgent("ana", { colorScheme, reducedMotion: "reduce" });
    await ana.signIn();
    await ana.openConversation();
    await ana.openInformation();
    await ana.expectAnswers([[greeting()[1]!, order]]);
    expect(await violations(ana.page)).toEqual([]);
  });
}

/** A question that only a button answers, and one that words do. */
function short(hello: string): object {
  return {
    name: "Short",
    languages: ["en"],
    typing: "none",
    steps: [
      { id: "hello", type: "text", text: hello },
      { id: "which", type: "question", text: "Which one?", answers: [{ id: "this", text: "This one" }, { id: "that", text: "That one" }] },
      { id: "why", type: "lines", text: "Why?" },
      { id: "end", type: "end", text: "I see." },
    ],
  };
}

/** A second tab that can be made deaf. */
async function deafTab(visitor: Visitor): Promise<[Visitor, Deafness]> {
  let deafness: Deafness | undefined;
  const tab = await visitor.secondTab(async (page) => {
    deafness = await Deafness.of(page);
  });
  if (!deafness) throw new Error("the tab was not prepared");
  return [tab, deafness];
}

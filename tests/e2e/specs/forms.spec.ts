// Forms before a conversation, and hours (V7): what is filled in reaches the agent.

import { violations } from "../support/axe.ts";
import { expectTexts } from "../support/messages.ts";
import { expect, test } from "../support/test.ts";
import { text } from "../support/texts.ts";

const site = "demo-support";

const form = {
  pre_chat: {
    fields: [
      { name: "name", kind: "text", required: true, label: { en: "Your name", es: "Tu nombre" } },
      {
        name: "topic",
        kind: "choice",
        label: { en: "Topic", es: "Tema" },
        options: [
          { value: "order", label: { en: "An order", es: "Un pedido" } },
          { value: "other", label: { en: "Something else", es: "Otra cosa" } },
        ],
      },
    ],
  },
};

const closed = {
  hours: { time_zone: "Europe/Madrid", week: {} },
  offline: {
    fields: [
      { name: "email", kind: "email", required: true, label: { en: "E-mail", es: "Correo electrónico" } },
      { name: "where", kind: "lines", label: { en: "Where did you see us?", es: "¿Dónde nos has visto?" } },
    ],
  },
};

test.describe("a form before the chat", () => {
  test.use({ channels: { [site]: form } });

  test("asks first, says what lacks, and the agent has it with the first message (V7, P9)", async ({ newVisitor, newAgent }) => {
    const ana = await newAgent();
    await ana.signIn();
    const visitor = await newVisitor({ language: "es", locale: "es-ES" });
    await visitor.visit();
    await visitor.launcher.click();
    const name = visitor.panel.getByRole("textbox", { name: "Tu nombre" });
    await expect(name).toBeVisible({ timeout: 20_000 });
    await visitor.composer.fill("¿Tenéis azul?");
    const start = visitor.panel.getByRole("button", { name: text("es", "widget.form.start") });
    await start.click();
    await expect(name).toHaveAccessibleDescription(text("es", "widget.fault.required"));
    await expect(name).toBeFocused();
    await name.fill("Marta <b>Ruiz</b>");
    await visitor.panel.getByRole("combobox", { name: "Tema" }).selectOption("Un pedido");
    await start.click();
    await expectTexts(visitor.log, ["¿Tenéis azul?"]);

    await expect(ana.offers("¿Tenéis azul?").getByRole("heading")).toHaveText("Marta <b>Ruiz</b>");
    await ana.accept("¿Tenéis azul?");
    await ana.openInformation();
    await ana.expectAnswers([["Tu nombre", "Marta <b>Ruiz</b>"], ["Tema", "Un pedido"]]);
    await expect(ana.section("agent.info.contact")).toContainText("Marta <b>Ruiz</b>");
    await visitor.page.reload();
    await visitor.ready();
    await expectTexts(visitor.log, ["¿Tenéis azul?"]);
  });

  test("axe finds nothing in the form", async ({ newVisitor }) => {
    const visitor = await newVisitor();
    await visitor.visit();
    await visitor.launcher.click();
    await expect(visitor.panel.getByRole("textbox", { name: "Your name" })).toBeVisible({ timeout: 20_000 });
    expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
    await visitor.panel.getByRole("button", { name: text("en", "widget.form.start") }).click();
    expect(await violations(visitor.page, "parlour-chat")).toEqual([]);
  });
});

test.describe("while it is closed", () => {
  test.use({ channels: { [site]: closed } });

  test("the offline form makes a conversation that waits for whoever comes (V7)", async ({ newVisitor, newAgent }) => {
    const visitor = await newVisitor();
    await visitor.visit();
    await visitor.launcher.click();
    await expect(visitor.panel).toContainText(text("en", "widget.form.away"), { timeout: 20_000 });
    const address = visitor.panel.getByRole("textbox", { name: "E-mail" });
    const leave = visitor.panel.getByRole("button", { name: text("en", "widget.form.leave") });
    await visitor.composer.fill("My kettle leaks");
    await address.fill("vera@example");
    await leave.click();
    await expect(address).toHaveAccessibleDescription(text("en", "widget.fault.email"));
    await expect(visitor.composer).toHaveValue("My kettle leaks");
    await address.fill("vera@example.com");
    await leave.click();
    await expectTexts(visitor.log, ["My kettle leaks"]);

    const ana = await newAgent();
    await ana.signIn();
    await ana.accept("My kettle leaks");
    await expectTexts(ana.log, ["My kettle leaks"]);
    await ana.openInformation();
    await ana.expectAnswers([["E-mail", "vera@example.com"]]);
  });
});

// Chatbot scripts as the stories need them: read from files, put where the server looks, and
// asked for what they say.

import { mkdir, rename, symlink, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import type { Language } from "./texts.ts";

type Words = string | Record<string, string>;

interface Answer {
  id: string;
  text: Words;
}

interface Step {
  id: string;
  text?: Words;
  again?: Words;
  skip?: Words;
  answers?: Answer[];
}

export interface Script {
  name: string;
  languages: string[];
  steps: Step[];
}

const root = resolve(import.meta.dirname, "../../..");

/** A script from a file below the project's root. */
export function scriptIn(path: string): Script {
  return JSON.parse(readFileSync(join(root, path), "utf8")) as Script;
}

/** The script that greets at the demo's Support. */
export const demoScript = scriptIn("crates/server/scripts/demo.json");

/** Written by hand from docs/chatbot.md alone. */
export const bicycles = scriptIn("tests/e2e/scripts/bicycles.json");

/** What a step says in a language, its variables filled. */
export function said(script: Script, step: string, language: Language = "en", values: Record<string, string> = {}): string {
  return filled(found(script, step).text, language, values);
}

/** What a step says when an answer did not do. */
export function saidAgain(script: Script, step: string, language: Language = "en"): string {
  return filled(found(script, step).again, language, {});
}

/** What stands on a button; `skip` is the button of whoever would rather not say. */
export function button(script: Script, step: string, answer: string, language: Language = "en"): string {
  const { answers = [], skip } = found(script, step);
  const text = answer === "skip" ? skip : answers.find(({ id }) => id === answer)?.text;
  return filled(text, language, {});
}

/** What stands on all buttons of a step. */
export function buttons(script: Script, step: string, language: Language = "en"): string[] {
  return (found(script, step).answers ?? []).map(({ text }) => filled(text, language, {}));
}

/** Sees to it that nobody greets a site's visitors: the demo's script is not put where something is. */
export async function putNoScript(data: string, site: string): Promise<void> {
  await mkdir(join(data, "scripts"), { recursive: true });
  await symlink("nothing", join(data, "scripts", `${site}.json`));
}

/** Puts a script where the server reads a site's. */
export function putScript(data: string, site: string, script: object | string): Promise<void> {
  return put(join(data, "scripts"), site, script);
}

/** The same for hours and forms. */
export function putChannel(data: string, site: string, channel: object | string): Promise<void> {
  return put(join(data, "channels"), site, channel);
}

/** In one movement. Text is written as it is. */
async function put(folder: string, site: string, content: object | string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
  await writeFile(join(folder, `.${site}`), text);
  await rename(join(folder, `.${site}`), join(folder, `${site}.json`));
}

function found(script: Script, id: string): Step {
  const step = script.steps.find((step) => step.id === id);
  if (!step) throw new Error(`${script.name} has no step ${id}`);
  return step;
}

function filled(words: Words | undefined, language: Language, values: Record<string, string>): string {
  const text = typeof words === "string" ? words : words?.[language];
  if (text === undefined) throw new Error(`nothing is said in ${language}`);
  return text.replace(/\{\{(\w+)(?::([^}]*))?\}\}/g, (_, name, otherwise) => values[name] ?? otherwise ?? "");
}

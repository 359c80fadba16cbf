// The sentences of the apps, read from the same catalogues the apps are built with.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export type Language = "en" | "es" | "zh-CN" | "ar";

const catalogues = new Map<Language, Record<string, string>>();

/** A sentence in a language, its places filled. */
export function text(language: Language, key: string, values: Record<string, string> = {}): string {
  let catalogue = catalogues.get(language);
  if (!catalogue) {
    const path = resolve(import.meta.dirname, `../../../public/locales/${language}.json`);
    catalogue = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
    catalogues.set(language, catalogue);
  }
  const sentence = catalogue[key];
  if (sentence === undefined) throw new Error(`${language} has no ${key}`);
  return sentence.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

// How measurements are taken: a slow phone on a slow network, a fresh browser profile per run,
// medians of several runs.

import type { Browser, Page } from "@playwright/test";

export const runs = Number(process.env.PARLOUR_BENCH_RUNS ?? 7);

/** 1.6 Mbit/s, 150 ms until the first byte, a processor slowed four times. */
export async function slowDown(page: Page): Promise<void> {
  const debugging = await page.context().newCDPSession(page);
  await debugging.send("Network.enable");
  await debugging.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 150,
    downloadThroughput: 1_600_000 / 8,
    uploadThroughput: 750_000 / 8,
  });
  await debugging.send("Emulation.setCPUThrottlingRate", { rate: 4 });
}

/** Runs something in a browser that has never been here, slowed down. */
export async function fresh<T>(browser: Browser, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await slowDown(page);
    return await work(page);
  } finally {
    await context.close();
  }
}

export function median(values: number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export interface Line {
  name: string;
  values: number[];
  /** The figure the project holds itself to, in milliseconds. */
  atMost?: number;
}

/** Prints the medians and returns the names of those above their figure. */
export function report(title: string, lines: Line[]): string[] {
  const above: string[] = [];
  console.log(`\n${title} (medians of ${runs} runs, milliseconds)`);
  for (const { name, values, atMost } of lines) {
    const middle = Math.round(median(values));
    const spread = `${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))}`;
    const verdict = atMost === undefined ? "" : middle <= atMost ? `within ${atMost}` : `ABOVE ${atMost}`;
    console.log(`  ${name.padEnd(56)} ${String(middle).padStart(6)}  ${spread.padStart(12)}  ${verdict}`);
    if (atMost !== undefined && middle > atMost) above.push(name);
  }
  return above;
}

// A page that hears nothing for a while and can still speak: what it knows is old by then, as
// with two people, or two tabs, who act at the same moment.

import type { Page } from "@playwright/test";

export class Deafness {
  private deaf = false;
  private readonly kept: (() => void)[] = [];

  private constructor() {}

  /** Stands between a page and its server. Before the page opens its socket. */
  static async of(page: Page): Promise<Deafness> {
    const deafness = new Deafness();
    await page.routeWebSocket(/\/v1\/socket/, (near) => {
      const far = near.connectToServer();
      near.onMessage((frame) => far.send(frame));
      far.onMessage((frame) => deafness.pass(() => near.send(frame)));
    });
    return deafness;
  }

  begin(): void {
    this.deaf = true;
  }

  /** What was said meanwhile is heard now, in its order. */
  end(): void {
    this.deaf = false;
    for (const hear of this.kept.splice(0)) hear();
  }

  private pass(hear: () => void): void {
    if (this.deaf) this.kept.push(hear);
    else hear();
  }
}

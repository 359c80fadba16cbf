// What the pages under test and the tests' own scripts put on `window`.

interface Window {
  /** The chat's script interface. */
  Parlour: { push(call: unknown[]): unknown; open(): Promise<void>; close(): Promise<void> };
  /** Set by an attack that succeeded. */
  hacked?: boolean;
  /** What a scripted page heard from the chat. */
  heard: string[];
  /** When things first appeared, and the click, in a measurement. */
  times: Record<"text" | "launcher" | "click" | "input" | "app", number>;
  /** Tells the times as soon as one is known. */
  seen(name: keyof Window["times"]): Promise<Window["times"]>;
  clickAtOnce?: boolean;
  /** How long each frame took while a page was scrolled, in milliseconds. */
  frameTimes: number[];
  axe: {
    run(root: Node | string, options: object): Promise<{
      violations: {
        id: string;
        help: string;
        nodes: { target: unknown; failureSummary: string }[];
      }[];
    }>;
  };
}

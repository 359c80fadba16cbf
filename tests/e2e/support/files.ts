// Files to send, and what a screen shows of them.

import { crc32, deflateSync } from "node:zlib";

import { type Locator, type Page, expect } from "@playwright/test";

export interface Chosen {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A real picture, in one colour that differs from left to right. */
export function picture(name: string, width = 640, height = 400): Chosen {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * (width * 3 + 1) + 1 + x * 3;
      rows[at] = (x * 255) / width;
      rows[at + 1] = (y * 255) / height;
      rows[at + 2] = 160;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const chunk = (kind: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(kind), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const buffer = Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
  return { name, mimeType: "image/png", buffer };
}

/** A file of so many bytes that are nothing in particular. */
export function bytes(name: string, size: number): Chosen {
  return { name, mimeType: "application/octet-stream", buffer: Buffer.alloc(size, "parlour ") };
}

/** A short sound: WAV, half a second. */
export function sound(name: string): Chosen {
  const samples = 4000;
  const buffer = Buffer.alloc(44 + samples, 128);
  buffer.write("RIFF", 0);
  buffer.writeUInt32LE(36 + samples, 4);
  buffer.write("WAVEfmt ", 8);
  buffer.writeUInt32LE(16, 16);
  buffer.writeUInt16LE(1, 20);
  buffer.writeUInt16LE(1, 22);
  buffer.writeUInt32LE(8000, 24);
  buffer.writeUInt32LE(8000, 28);
  buffer.writeUInt16LE(1, 32);
  buffer.writeUInt16LE(8, 34);
  buffer.write("data", 36);
  buffer.writeUInt32LE(samples, 40);
  return { name, mimeType: "audio/wav", buffer };
}

/** A short film: a square that grows, recorded by a browser. */
export async function film(page: Page, name: string): Promise<Chosen> {
  const text = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
    const paint = canvas.getContext("2d")!;
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm;codecs=vp8" });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = new Promise((done) => (recorder.onstop = done));
    recorder.start();
    for (let step = 0; step < 30; step += 1) {
      paint.fillStyle = `hsl(${200 + step} 60% 40%)`;
      paint.fillRect(0, 0, 320, 180);
      paint.fillStyle = "#fff";
      paint.fillRect(160 - step * 3, 90 - step * 2, step * 6, step * 4);
      await new Promise(requestAnimationFrame);
    }
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  });
  return { name, mimeType: "video/webm", buffer: Buffer.from(text, "base64") };
}

/** Chooses files as a person does, by a button and the system's window. */
export async function choose(button: Locator, files: Chosen[] | string[]): Promise<void> {
  const asked = button.page().waitForEvent("filechooser");
  await button.click();
  await (await asked).setFiles(files as Chosen[]);
}

/** Drags files over a place and lets go of them, or pastes them there. */
export async function bring(place: Locator, kind: "drag" | "drop" | "paste", files: Chosen[]): Promise<void> {
  const told = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, text: buffer.toString("base64") }));
  await place.evaluate(
    (element, { kind, told }) => {
      const load = new DataTransfer();
      for (const { name, mimeType, text } of told) {
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        load.items.add(new File([bytes], name, { type: mimeType }));
      }
      const usual = { bubbles: true, cancelable: true, composed: true };
      if (kind === "paste") {
        element.dispatchEvent(new ClipboardEvent("paste", { ...usual, clipboardData: load }));
        return;
      }
      const names = kind === "drop" ? ["dragenter", "dragover", "drop"] : ["dragenter", "dragover"];
      for (const name of names) element.dispatchEvent(new DragEvent(name, { ...usual, dataTransfer: load }));
    },
    { kind, told },
  );
}

/** The tiles of files in a log. */
export function tilesIn(log: Locator): Locator {
  return log.locator("[part~=attachment]");
}

/** Waits until a picture of this name is drawn. */
export async function expectDrawn(log: Locator, name: string): Promise<void> {
  const image = log.getByRole("img", { name });
  await expect(image).toBeVisible();
  await expect.poll(() => image.evaluate((drawn) => (drawn as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
}

/** Lets only so many bytes a second leave the browser, until what it gives back is called. */
export async function throttle(page: Page, bytesASecond: number): Promise<() => Promise<void>> {
  const debugging = await page.context().newCDPSession(page);
  await debugging.send("Network.enable");
  await debugging.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesASecond,
  });
  return () => debugging.detach();
}

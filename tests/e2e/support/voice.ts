// A voice for the microphone, and what a screen shows of recordings.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Locator, expect } from "@playwright/test";

/** A WAV file with somebody speaking; where no voice is installed, something as uneven as speech. */
function speech(): string {
  const path = join(mkdtempSync(join(tmpdir(), "parlour-voice-")), "speech.wav");
  const said = "The kettle arrived with a dent in its lid. Could you send me another one, please?";
  spawnSync("espeak-ng", ["-w", path, said]);
  if (!existsSync(path)) writeFileSync(path, syllables());
  return path;
}

/** Four seconds of tones that swell and fade, with pauses. */
function syllables(): Buffer {
  const [rate, seconds] = [16_000, 4];
  const sound = Buffer.alloc(44 + rate * seconds * 2);
  sound.write("RIFF", 0);
  sound.writeUInt32LE(sound.length - 8, 4);
  sound.write("WAVEfmt ", 8);
  sound.writeUInt32LE(16, 16);
  sound.writeUInt16LE(1, 20);
  sound.writeUInt16LE(1, 22);
  sound.writeUInt32LE(rate, 24);
  sound.writeUInt32LE(rate * 2, 28);
  sound.writeUInt16LE(2, 32);
  sound.writeUInt16LE(16, 34);
  sound.write("data", 36);
  sound.writeUInt32LE(sound.length - 44, 40);
  for (let at = 0; at < rate * seconds; at += 1) {
    const time = at / rate;
    const loud = Math.max(0, Math.sin(time * 9)) * Math.max(0, Math.sin(time * 2.3));
    const tone = Math.sin(time * 2 * Math.PI * (180 + 60 * Math.sin(time * 3)));
    sound.writeInt16LE(Math.round(26_000 * loud * tone), 44 + at * 2);
  }
  return sound;
}

/** How Chromium is started so that the microphone hears that. */
export const microphoneArguments = [
  "--use-fake-device-for-media-stream",
  `--use-file-for-fake-audio-capture=${speech()}`,
  "--autoplay-policy=user-gesture-required",
];

/** Somebody's recorder and players, in the panel or the chat. */
export class Voice {
  constructor(readonly place: Locator, readonly log: Locator) {}

  button(name: string): Locator {
    return this.place.getByRole("button", { name, exact: true });
  }

  get recordButton(): Locator {
    return this.button("Record voice note");
  }

  get stopButton(): Locator {
    return this.button("Stop recording");
  }

  get recorder(): Locator {
    return this.place.getByRole("group", { name: "Voice note", exact: true });
  }

  get timer(): Locator {
    return this.recorder.getByRole("timer");
  }

  /** Voice messages in the log. */
  get notes(): Locator {
    return this.log.getByRole("group", { name: "Voice message", exact: true });
  }

  /** Records until so many seconds are on the clock. */
  async record(seconds: number): Promise<void> {
    await this.recordButton.click();
    await expect(this.stopButton).toBeVisible();
    await this.reaches(seconds);
  }

  /** It has listened for so long at least: a busy machine may pass a second unseen. */
  async reaches(seconds: number): Promise<void> {
    await expect.poll(async () => Number((await this.timer.textContent())?.split(":")[1])).toBeGreaterThanOrEqual(seconds);
  }

  /** Records, and sends without listening. */
  async say(seconds: number): Promise<void> {
    await this.record(seconds);
    await this.stopButton.click();
    await this.button("Send voice note").click();
    await expect(this.recorder).toBeHidden();
  }
}

/** How loud the bars of a waveform are, from the first to the last. */
export async function bars(note: Locator): Promise<number[]> {
  const paths = await note.locator("path[class~=voice-heard], path[class~=voice-rest]").all();
  const drawn = (await Promise.all(paths.map((path) => path.getAttribute("d")))).join("");
  return [...drawn.matchAll(/v(\d+)/g)].map(([, high]) => Number(high));
}

/** Where a player is, in whole seconds. */
export async function place(note: Locator): Promise<number> {
  return Number(await note.getByRole("slider").getAttribute("aria-valuenow"));
}

/** Notes every place a player comes to from now on; what it gives back tells them. */
export async function placesPassed(note: Locator): Promise<() => Promise<number[]>> {
  const noted = await note.getByRole("slider").evaluateHandle((slider) => {
    const places: number[] = [];
    const note = () => places.push(Number(slider.getAttribute("aria-valuenow")));
    new MutationObserver(note).observe(slider, { attributeFilter: ["aria-valuenow"] });
    return places;
  });
  return () => noted.jsonValue();
}

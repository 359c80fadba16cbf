// What an operator sees when something is wrong: one clear sentence and a non-zero exit.

import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { serverBinary } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

function start(listen: string, data: string) {
  const ended = spawnSync(serverBinary(), ["serve", "--listen", listen, "--data", data, "--demo"], {
    encoding: "utf8",
    timeout: 20_000,
  });
  return { code: ended.status, stderr: ended.stderr.trim() };
}

const empty = () => mkdtempSync(join(tmpdir(), "parlour-"));

test("a port that is taken is named", async ({ server }) => {
  const { code, stderr } = start(server.host, empty());
  expect(code).toBeGreaterThan(0);
  expect(stderr).toContain(server.host);
  expect(stderr).not.toContain("panicked");
});

test("a data folder that cannot be used is named", () => {
  const file = join(empty(), "file");
  writeFileSync(file, "no folder");
  const { code, stderr } = start("127.0.0.1:0", join(file, "data"));
  expect(code).toBeGreaterThan(0);
  expect(stderr).toContain(file);
  expect(stderr).not.toContain("panicked");
});

test("pages, loader and assets are compressed, typed and kept as documented", async ({ server }) => {
  const get = (path: string, encoding = "br") =>
    fetch(server.address + path, { headers: { "accept-encoding": encoding } });
  const page = await (await get("/agent/")).text();
  const module = page.match(/src="(\/assets\/[^"]+\.js)"/)![1]!;
  const wasm = page.match(/href="(\/assets\/[^"]+\.wasm)"/)![1]!;
  for (const [path, type] of [[module, /javascript/], [wasm, /^application\/wasm$/]] as const) {
    for (const encoding of ["br", "gzip"]) {
      const answer = await get(path, encoding);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-encoding")).toBe(encoding);
      expect(answer.headers.get("content-type")).toMatch(type);
      expect(answer.headers.get("cache-control")).toContain("immutable");
    }
  }
  const loader = await get("/parlour.js");
  expect(loader.headers.get("cache-control")).toContain("no-cache");
  const again = await fetch(`${server.address}/parlour.js`, {
    headers: { "accept-encoding": "br", "if-none-match": loader.headers.get("etag")! },
  });
  expect(again.status).toBe(304);
  expect((await get("/healthz")).status).toBe(200);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { listen } from "./stream.js";

// browser has pages that can be hidden, and counts the streams that are open.
function browser() {
  const b = { open: [] };
  b.source = class extends EventTarget {
    constructor(url) { super(); this.url = url; b.open.push(this); }
    close() { b.open = b.open.filter((one) => one !== this); }
  };
  b.page = () => Object.assign(new EventTarget(), { visibilityState: "visible", turn(state) { this.visibilityState = state; this.dispatchEvent(new Event("visibilitychange")); } });
  return b;
}

test("pages of a browser with shared workers hold one stream, and the worker is of one person", () => {
  const b = browser(), workers = new Map(), heard = [];
  class Shared {
    constructor(url, { name }) {
      if (!workers.has(name)) workers.set(name, []);
      this.port = { start() {}, postMessage() {} };
      workers.get(name).push(this.port);
    }
  }
  for (let i = 0; i < 7; i++) listen({ worker: "/w.js", whose: "a", hear: (change) => heard.push([i, change]), shared: Shared, source: b.source, page: b.page(), view: new EventTarget() });
  listen({ worker: "/w.js", whose: "b", hear() {}, shared: Shared, source: b.source, page: b.page(), view: new EventTarget() });
  assert.equal(b.open.length, 0, "no page holds a stream itself");
  assert.deepEqual([...workers.keys()], ["parkway-live-a", "parkway-live-b"]);
  for (const port of workers.get("parkway-live-a")) port.onmessage({ data: { cases: ["x"] } });
  assert.equal(heard.length, 7);
});

test("without shared workers only a page that is looked at holds a stream, and catches up", () => {
  const b = browser(), view = new EventTarget(), page = b.page(), heard = [];
  listen({ one: "c1", hear: (change) => heard.push(change), shared: undefined, source: b.source, page, view });
  assert.equal(b.open[0].url, "/live?case=c1");
  page.turn("hidden");
  assert.equal(b.open.length, 0);
  page.turn("visible");
  assert.equal(b.open.length, 1);
  assert.deepEqual(heard, [{ many: true }], "what was missed may be anything");
  view.dispatchEvent(new Event("pagehide"));
  assert.equal(b.open.length, 0);
});

test("where a shared worker is forbidden, pages help themselves", () => {
  const b = browser();
  class Forbidden { constructor() { throw new Error("SecurityError"); } }
  listen({ worker: "/w.js", whose: "a", hear() {}, shared: Forbidden, source: b.source, page: b.page(), view: new EventTarget() });
  assert.equal(b.open.length, 1);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Watch, longest, shortest, soon } from "./live.js";

// page is a page on a clock of its own.
function page(shown, list) {
  const p = { at: 0, looks: [], timers: new Map(), next: 1 };
  p.watch = new Watch({
    shows: (id) => shown.includes(id), list, look: () => p.looks.push(p.at), now: () => p.at,
    later: (do_, after) => { p.timers.set(p.next, { do_, at: p.at + after }); return p.next++; }, sooner: (id) => p.timers.delete(id),
  });
  p.until = (end) => {
    for (;;) {
      const [id, timer] = [...p.timers].sort((a, b) => a[1].at - b[1].at)[0] ?? [];
      if (!timer || timer.at > end) break;
      p.timers.delete(id);
      p.at = timer.at;
      timer.do_();
    }
    p.at = end;
  };
  return p;
}

test("a page looks again a moment after a case it shows has changed", () => {
  const p = page(["a"], false);
  p.watch.hear({ cases: ["b", "a"] });
  p.until(soon);
  assert.deepEqual(p.looks, [soon]);
});

test("a page that does not show the case does nothing", () => {
  const p = page(["a"], false);
  for (let i = 0; i < 1000; i++) { p.watch.hear({ cases: [`other ${i}`] }); p.until(p.at + 100); }
  assert.deepEqual(p.looks, []);
});

test("a list looks for a case that it does not show yet, but seldom", () => {
  const p = page(["a"], true);
  for (let i = 0; i < 6000; i++) { p.watch.hear({ cases: [`other ${i}`] }); p.until(p.at + 100); }
  assert.ok(p.looks.length >= 10 && p.looks.length <= 11, `${p.looks.length} looks in ten minutes`);
});

test("in a storm that changes what it shows a page looks less and less often, and does see the end of it", () => {
  const p = page(["a"], true);
  for (let i = 0; i < 6000; i++) { p.watch.hear({ cases: ["a"] }); p.until(p.at + 100); }
  const gaps = p.looks.slice(1).map((at, i) => at - p.looks[i]);
  assert.ok(Math.min(...gaps) >= shortest, `${gaps}`);
  assert.ok(p.looks.length < 16, `${p.looks.length} looks in ten minutes`);
  const last = p.at;
  p.until(p.at + longest);
  assert.ok(p.looks.at(-1) >= last - longest);
  assert.ok(p.looks.at(-1) > last - 200 || p.timers.size === 0);
});

test("after a quiet while it is quick again", () => {
  const p = page(["a"], true);
  for (let i = 0; i < 600; i++) { p.watch.hear({ cases: ["a"] }); p.until(p.at + 100); }
  p.until(p.at + 4 * longest);
  const before = p.at;
  p.watch.hear({ cases: ["a"] });
  p.until(p.at + soon);
  assert.equal(p.looks.at(-1), before + soon);
});

test("a browser's timers are called as it wants them", (t) => {
  const called = [];
  const strict = (name) => function () { assert.ok(this === undefined || this === globalThis, "Illegal invocation"); called.push(name); return 1; };
  t.mock.method(globalThis, "setTimeout", strict("setTimeout"));
  t.mock.method(globalThis, "clearTimeout", strict("clearTimeout"));
  new Watch({ shows: () => true, list: true, look: () => {} }).hear({ cases: ["a"] });
  assert.deepEqual(called, ["clearTimeout", "setTimeout"]);
});

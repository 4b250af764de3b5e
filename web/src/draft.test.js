import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts, keyOf, life, resume } from "./draft.js";

// storage is one of a browser: its entries are its own properties.
function storage(full = false) {
  const s = {};
  const hidden = { getItem: (k) => s[k] ?? null, setItem(k, v) { if (full) throw new Error("QuotaExceededError"); s[k] = v; }, removeItem: (k) => { delete s[k]; } };
  for (const [name, value] of Object.entries(hidden)) Object.defineProperty(s, name, { value });
  return s;
}

test("what was typed comes back, what was not touched stands as it is now", () => {
  assert.deepEqual(resume({ begun: { a: [""], b: ["1"] }, typed: { a: ["x"], b: ["1"] } }, { a: [""], b: ["2"] }), { back: { a: ["x"] }, moved: {} });
});

test("what was changed on both sides is never overwritten", () => {
  assert.deepEqual(resume({ begun: { a: ["1"] }, typed: { a: ["mine"] } }, { a: ["theirs"] }), { back: {}, moved: { a: ["mine"] } });
});

test("both changed it to the same: nothing to say", () => {
  assert.deepEqual(resume({ begun: { a: ["1"] }, typed: { a: ["2"] } }, { a: ["2"] }), { back: {}, moved: {} });
});

test("a field that was emptied comes back empty, one that is gone does not come back", () => {
  assert.deepEqual(resume({ begun: { a: ["1"], b: [""] }, typed: { a: [""], b: ["x"] } }, { a: ["1"] }), { back: { a: [""] }, moved: {} });
});

test("a record lives for fourteen days and no longer", () => {
  let at = 0;
  const s = storage(), drafts = new Drafts(s, () => at);
  drafts.write("parkway-draft me /a", { typed: {} });
  at = life - 1;
  assert.ok(drafts.read("parkway-draft me /a"));
  at = life;
  assert.equal(drafts.read("parkway-draft me /a"), null);
  drafts.expire();
  assert.deepEqual(Object.keys(s), []);
});

test("signing out forgets one's own, acceptance one form with all its refused tries", () => {
  const s = storage(), drafts = new Drafts(s);
  s.other = "not ours";
  for (const key of [keyOf("me", "/a"), keyOf("me", "/a", "7"), keyOf("me", "/ab"), keyOf("you", "/a")]) drafts.write(key, { typed: {} });
  drafts.accepted("me", "/a");
  assert.deepEqual(Object.keys(s).sort(), ["other", keyOf("me", "/ab"), keyOf("you", "/a")].sort());
  drafts.signedOut("me");
  assert.deepEqual(Object.keys(s).sort(), ["other", keyOf("you", "/a")].sort());
});

test("a full storage and a record that is none do no harm", () => {
  const drafts = new Drafts(storage(true));
  drafts.write("parkway-draft me /a", { typed: {} });
  assert.equal(drafts.read("parkway-draft me /a"), null);
  const s = storage();
  s["parkway-draft me /b"] = "{";
  assert.equal(new Drafts(s).read("parkway-draft me /b"), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { follow } from "./far.js";

test("how far a sheet is is shown until it is over, and nothing where none is under way", async () => {
  const answers = [{ status: 204 }, { status: 200, text: async () => "3 of 9" }, { status: 204 }, { status: 503, text: async () => "away" }], shown = [];
  const place = { set innerHTML(text) { shown.push(text); } };
  let asked = 0;
  const one = follow("/far", place, { wait: async () => {}, ask: async (url) => {
    assert.equal(url, "/far");
    const answer = answers[asked++];
    if (asked === answers.length) one.over = true;
    return answer;
  } });
  await one.ended;
  assert.equal(asked, 4);
  assert.deepEqual(shown, ["3 of 9"]);
});

test("a page that is being left asks no more", async () => {
  let asked = 0;
  await follow("/far", {}, { wait: async () => {}, ask: async () => { asked++; throw new TypeError("aborted"); } }).ended;
  assert.equal(asked, 1);
});

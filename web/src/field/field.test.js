import assert from "node:assert/strict";
import { test } from "node:test";
import { beside, blank, claims, coded, dayAt, faults, later, moves, newId, occurred, record, take, then, touched, write } from "./draft.js";
import { find } from "./find.js";
import { sift } from "./shots.js";
import { Sender } from "./send.js";

const today = "2024-11-18", firm = { id: "f", name: "丰禾" }, other = { id: "o", name: "丁文笙" };
const written = (change = {}) => ({ ...blank({ today }), id: "key-1", owner: "me", state: "waiting", enterprise: firm, place: "仓库", what: "堆垛过高", second: other, ...change });
const photo = (id, phase = "before") => ({ id, name: `${id}.jpg`, size: 3, phase });

test("a draft says what it lacks, and asks for five things at most", () => {
  const fields = (d, levels = []) => faults(d, levels).map((f) => f.field);
  assert.deepEqual(fields({ ...blank({}), due_on: "" }), ["enterprise", "place", "what", "due_on", "second"]);
  assert.deepEqual(fields(written()), []);
  assert.deepEqual(fields(written({ level: "major" })), ["clause"]);
  assert.deepEqual(fields(written({ level: "A" }), [{ code: "A", statutory: "major" }]), ["clause"], "the office's own level is the statutory one behind it");
  assert.deepEqual(fields(written({ handling: "at_once" })), ["after", "note"]);
  assert.deepEqual(fields(written({ handling: "at_once", level: "major", clause: "第三条", note: "x", photos: [photo("p", "after")] })), ["handling"]);
});

test("a code means the enterprise that it was printed for, or the one that it became", () => {
  const kit = { enterprises: [{ id: "a", merged: [] }, { id: "b", merged: ["gone", "before"] }, { id: "of an older kit" }] };
  assert.deepEqual(["a", "gone", "of an older kit", "nobody", null].map((id) => coded(kit, id)?.id), ["a", "b", "of an older kit", undefined, undefined]);
});

test("what is found next is in the same place", () => {
  const next = blank({ today, before: written({ inspection: "v" }) });
  assert.deepEqual([next.enterprise, next.place, next.second, next.inspection, next.what, next.photos], [firm, "仓库", other, "v", "", []]);
  assert.equal(touched(next), false, "nothing was written yet");
});

test("a draft is of the time at which it is first written into, not of the one at which the draft before it was sent", () => {
  const monday = new Date("2024-11-18T09:00:00Z"), tuesday = new Date("2024-11-19T01:30:00Z"), sent = blank({ today, now: monday, before: written() });
  for (const change of [{ what: "堆垛过高" }, { photos: [photo("p")] }, (d) => take(d, { wording: "灭火器超过有效期。", days: 7 }, "2024-11-19")]) {
    const d = write(sent, change, { today: "2024-11-19", now: tuesday });
    assert.deepEqual([d.found_on, d.due_on, d.at, Date.parse(d.claimed)], ["2024-11-19", "2024-11-26", tuesday.getTime(), tuesday.getTime()]);
    const on = write(d, { what: "" , photos: [] }, { today: "2024-11-20", now: new Date("2024-11-20T01:00:00Z") });
    assert.deepEqual([write(on, { what: "x" }, { today: "2024-11-20" }).found_on, on.at], ["2024-11-19", tuesday.getTime()], "what was begun stays of its day");
  }
  const chosen = write(write(sent, { found_on: "2024-11-15", by_hand: true }, { today, now: monday }), { due_on: "2024-12-01", due_by_hand: true }, { today, now: monday });
  const d = write(write(chosen, { place: "东门" }, { today: "2024-11-19", now: tuesday }), { what: "x" }, { today: "2024-11-19", now: tuesday });
  assert.deepEqual([d.found_on, d.due_on, d.at], ["2024-11-15", "2024-12-01", tuesday.getTime()], "what somebody chose stays");
  assert.equal(write(sent, { what: "x" }, { today: "", now: tuesday }).found_on, today, "no kit, no day");
});

test("at another enterprise the place and the inspection of the one before are not", () => {
  const visits = [{ id: "v", enterprise_id: "f" }, { id: "all", enterprise_id: "" }], next = (change) => ({ ...blank({ today, before: written({ inspection: "v" }) }), ...change });
  const there = (d, firm) => { const m = moves(moves(d, null, visits), firm, visits); return [m.enterprise?.id, m.place, m.inspection]; };
  const another = { id: "g", name: "三虎" };
  assert.deepEqual(there(next({}), another), ["g", "", ""]);
  assert.deepEqual(there(next({}), firm), ["f", "仓库", "v"], "typed over and chosen again");
  assert.deepEqual(there(next({ inspection: "all" }), another), ["g", "", "all"]);
  assert.deepEqual(there(next({ place: "东门", of: "", inspection: "" }), another), ["g", "东门", ""], "what was typed stays");
  assert.equal(there(blank({ today, before: next({ enterprise: null }) }), another)[1], "", "taken over twice");
});

test("a device's clock that is a year off says nothing about the day", () => {
  for (const [found_on, by_hand, sent] of [
    [today, false, ""], ["2024-11-17", false, "2024-11-17T12:00:00+08:00"], ["2024-11-12", false, "2024-11-12T12:00:00+08:00"],
    ["2023-11-18", false, ""], ["2025-11-18", false, ""], ["2024-11-01", false, ""], ["2024-11-01", true, "2024-11-01T12:00:00+08:00"], ["", false, ""],
  ]) assert.equal(occurred({ found_on, by_hand }, today), sent, `${found_on} ${by_hand}`);
});

test("days are the zone's, whatever the device's are", () => {
  assert.equal(dayAt(Date.parse("2024-11-17T16:00:00Z")), "2024-11-18");
  assert.equal(later("2024-12-31", 1), "2025-01-01");
  assert.match(claims(new Date("2024-11-18T01:00:00Z")), /^2024-11-1[78]T\d\d:00:00[+-]\d\d:\d\d$/);
  assert.equal(Date.parse(claims(new Date("2024-11-18T01:00:00Z"))), Date.parse("2024-11-18T01:00:00Z"), "the same instant, by the device's own zone");
});

test("a key is one where the page is not https too", () => {
  const random = { getRandomValues: (b) => crypto.getRandomValues(b) };
  assert.match(newId(random), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(newId(random), newId(random));
});

test("the library fills in wording, clause, level and day", () => {
  const d = take(written(), { name: "灭火器过期", wording: "灭火器超过有效期。", clause: "消防法第十六条", category: "消防", requirement: "更换。", level: "general", handling: "deadline", days: 10 }, today);
  assert.deepEqual([d.what, d.clause, d.requirement, d.due_on, d.enterprise], ["灭火器超过有效期。", "消防法第十六条", "更换。", "2024-11-28", firm]);
  assert.equal(then(d).body.requirement, "更换。");
});

test("what is sent names who wrote it when, and leaves out what nobody said", () => {
  const body = record(written({ photos: [{ ...photo("p"), upload_id: "u" }, { ...photo("q", "after"), upload_id: "w" }] }), []);
  assert.deepEqual(body, { attachments: [{ upload_id: "u", phase: "before" }], enterprise_id: "f", location: "仓库", description: "堆垛过高", level: "general", inspector_ids: ["o"], noted: { at: body.noted.at } });
  assert.equal(record(written({ level: "B" }), [{ code: "B", statutory: "general" }]).own_level, "B");
});

test("typing finds by parts and by initials, the closest first", () => {
  const items = ["灭火器数量不足 mhqslbz", "灭火器过期或压力不足 mhqgqhylbz 消防安全 xfaq", "疏散通道堵塞 sstdds 消防安全 xfaq"].map((search) => ({ search, name: search.split(" ")[0] }));
  const names = (typed) => find(items, typed).map((i) => i.name);
  assert.deepEqual(names("mhqg"), ["灭火器过期或压力不足"]);
  assert.deepEqual(names("ＭＨＱ"), ["灭火器数量不足", "灭火器过期或压力不足"]);
  assert.deepEqual(names("灭火器 压力"), ["灭火器过期或压力不足"]);
  assert.deepEqual(names("xfaq"), ["灭火器过期或压力不足", "疏散通道堵塞"]);
  assert.deepEqual(names("没有"), []);
  assert.equal(names("").length, 3);
});

test("of 200 pictures fifty are taken, and the rest is said", () => {
  const files = Array.from({ length: 200 }, (_, i) => ({ name: `${i}.jpg`, type: "image/jpeg", size: 10 }));
  const { take: taken, said } = sift(files, 3, { most: 50, largest: 100 });
  assert.equal(taken.length, 47);
  assert.deepEqual(said, [["too_many", { most: 50, over: 153 }]]);
  const odd = [{ name: "a.svg", type: "image/svg+xml", size: 1 }, { name: "b.txt", type: "text/plain", size: 1 }, { name: "c.jpg", type: "image/jpeg", size: 0 }, { name: "d.jpg", type: "image/jpeg", size: 101 }, { name: "e.HEIC", type: "", size: 5 }];
  const sifted = sift(odd, 0, { most: 50, largest: 100 });
  assert.deepEqual(sifted.take.map((f) => f.name), ["e.HEIC"]);
  assert.deepEqual(sifted.said.map(([word]) => word), ["not_picture", "not_picture", "empty_file", "too_large"]);
});

/** Drafts in memory, and a program that records by key, as the real one does. */
function field(draft, { me = "me", newer = [] } = {}) {
  const drafts = new Map([...newer, draft].map((d) => [d.id, d])), photos = new Map([...drafts.values()].flatMap((d) => d.photos.map((p) => [p.id, { draft: d.id, blob: new Blob([p.id]) }])));
  const shelf = {
    drafts: async () => [...drafts.values()], photo: async (id) => photos.get(id)?.blob, dropPhotos: async (of) => { for (const [id, p] of photos) if (p.draft === of) photos.delete(id); },
    change: async (id, how) => { const next = how(drafts.get(id)); if (next) drafts.set(id, next); return next ?? drafts.get(id); },
  };
  const program = { me, cases: new Map(), done: new Map(), deeds: [], uploads: 0, calls: [], before: () => null, after: () => null };
  const answer = (status, body, type = "application/json") => ({ ok: status < 400, status, headers: new Headers({ "Content-Type": type }), json: async () => (type === "text/html" ? JSON.parse("<html>") : body) });
  program.fetch = async (url, init = {}) => {
    const path = url.replace("/api/v1", ""), key = init.headers["Idempotency-Key"];
    program.calls.push(path);
    const first = program.before(path, init);
    if (first) return first === "lost" ? Promise.reject(new TypeError("network")) : first === "late" ? Promise.reject(new DOMException("late", "TimeoutError")) : answer(...first);
    if (path === "/me") return answer(200, { id: program.me });
    if (init.headers["Written-By"] !== program.me) return answer(403, { title: "别人写的", code: "not_allowed" });
    let got;
    if (path === "/uploads") got = { id: `u${++program.uploads}`, sha256: "x" };
    else if (program.done.has(key)) {
      const was = program.done.get(key);
      if (was.body !== path + init.body) return answer(409, { title: "key", code: "key_reused" });
      got = was.got;
    } else {
      const body = JSON.parse(init.body), number = path === "/hazards" ? `YH-${program.cases.size + 1}` : path.split("/")[2].slice(3), is = program.cases.get(number);
      if (is?.then && !path.endsWith("/attach")) return answer(409, { title: "已下达", code: "wrong_state" }); // one paper, or closed on the spot
      if (path === "/hazards") program.cases.set(number, { ...body, files: [...(body.attachments ?? [])] });
      else is.files.push(...(body.attachments ?? []));
      if (is && !path.endsWith("/attach")) is.then = path.split("/")[3];
      program.deeds.push([path, body]);
      got = { standing: { case_id: `id-${number}`, number, due_on: "2024-11-25" }, event: { recorded_at: "2024-11-18T01:00:00Z" } };
      program.done.set(key, { body: path + init.body, got });
    }
    return program.after(path, init) === "lost" ? Promise.reject(new TypeError("network")) : answer(200, got);
  };
  const sender = () => new Sender({ shelf, kit: () => ({ levels: [], today }), fetch: program.fetch });
  /** edit changes the draft as the form does, with pictures that are new. */
  const edit = async (change, ...added) => {
    for (const p of added) photos.set(p.id, { draft: draft.id, blob: new Blob([p.id]) });
    await shelf.change(draft.id, (d) => ({ ...d, ...change, photos: [...d.photos, ...added], state: "waiting", wrong: null }));
  };
  const filed = () => [...program.cases.values()][0].files.map((a) => drafts.get(draft.id).photos.find((p) => p.upload_id === a.upload_id)?.id);
  return { shelf, program, sender, edit, filed, now: (id = draft.id) => drafts.get(id), photos };
}

/** once loses the answer to the first call whose path ends so. */
const once = (end) => { let lost = false; return (path) => (!lost && path.endsWith(end) ? ((lost = true), "lost") : null); };

test("pictures, the hazard and its paper are sent in this order, and the pictures leave the device", async () => {
  const f = field(written({ photos: [photo("a"), photo("b")] }));
  assert.equal(await f.sender().all(), "");
  assert.deepEqual(f.program.calls, ["/uploads", "/uploads", "/hazards", "/hazards/id-YH-1/issue-notice"]);
  assert.deepEqual([f.now().state, f.now().case.number, f.photos.size], ["sent", "YH-1", 0]);
});

test("wherever it breaks off, before or after the program had it, the next try makes one hazard", async () => {
  for (const side of ["before", "after"]) {
    for (let cut = 0; cut < 4; cut++) {
      const f = field(written({ photos: [photo("a"), photo("b")] }));
      let n = 0;
      f.program[side] = () => (n++ === cut ? "lost" : null);
      assert.equal(await f.sender().all(), "offline");
      assert.deepEqual([f.now().state, f.now().why], ["waiting", "offline"]);
      assert.equal(f.photos.size, 2, "nothing is thrown away before it is sure");
      assert.equal(await f.sender().all(), "");
      assert.equal(f.program.cases.size, 1, `${side} call ${cut}`);
      assert.equal([...f.program.cases.values()][0].attachments.length, 2);
      assert.equal(f.now().state, "sent");
    }
  }
});

test("two pages and two phones that send the same draft make one hazard", async () => {
  const f = field(written());
  await Promise.all([f.sender().one("key-1"), f.sender().one("key-1")]);
  assert.equal(f.program.cases.size, 1);
  const phone = field(written());
  phone.program.done = f.program.done;
  await phone.sender().all();
  assert.equal(phone.program.cases.size, 0, "the program had it by its key");
  assert.equal(phone.now().case.number, "YH-1");
});

test("what was changed after an answer was lost is not a second hazard, and is said", async () => {
  const f = field(written());
  f.program.after = (path) => (path === "/hazards" ? "lost" : null);
  await f.sender().all();
  f.program.after = () => null;
  await f.shelf.change("key-1", (d) => ({ ...d, what: "堆垛过高，已倾斜" }));
  await f.sender().all();
  assert.equal(f.program.cases.size, 1);
  assert.deepEqual([f.now().state, f.now().earlier, f.now().case.number], ["sent", true, "YH-1"]);
});

test("a step changed after its answer was lost is taken once, whatever it was changed into", async () => {
  for (const [kind, change, added] of [["due", { due_on: "2024-12-02" }, []], ["step", { handling: "at_once", note: "已清理" }, [photo("z", "after")]]]) {
    const f = field(written());
    f.program.after = once("/issue-notice");
    assert.equal(await f.sender().all(), "offline");
    assert.equal(f.now().case.number, "YH-1");
    await f.edit(change, ...added);
    assert.equal(await f.sender().all(), "");
    assert.deepEqual([f.program.cases.size, f.program.deeds.filter(([path]) => path.endsWith("issue-notice")).length], [1, 1], kind);
    assert.deepEqual([f.now().state, f.now().followed.name, f.now().earlier], ["sent", "issue-notice", true], kind);
    assert.deepEqual(f.filed(), added.map((p) => p.id), "the pictures that were added are on record");
  }
  for (const step of ["/hazards", "/issue-notice"]) { // where what was sent before had not arrived, what was changed counts
    const f = field(written());
    f.program.before = once(step);
    await f.sender().all();
    await f.edit({ due_on: "2024-12-02", ...(step === "/hazards" && { place: "东门" }) });
    await f.sender().all();
    assert.deepEqual([f.now().state, f.now().earlier, f.program.deeds.at(-1)[1].due_on], ["sent", false, "2024-12-02"], step);
  }
});

test("pictures added after the hazard had arrived come onto its record, each once, wherever it breaks off", async () => {
  for (const side of ["before", "after"]) {
    for (let cut = 0; cut < 6; cut++) {
      const f = field(written({ photos: [photo("a")] }));
      f.program.after = once("/hazards");
      await f.sender().all();
      await f.edit({}, photo("b"), photo("c"));
      let n = 0;
      f.program.after = () => null;
      f.program[side] = () => (n++ === cut ? "lost" : null);
      await f.sender().all();
      assert.equal(f.photos.size, f.now().state === "sent" ? 0 : 3, "nothing is thrown away before it is on record");
      await f.sender().all();
      assert.deepEqual([f.filed().sort(), f.program.cases.size, f.now().state, f.now().earlier, f.photos.size], [["a", "b", "c"], 1, "sent", false, 0], `${side} call ${cut}`);
      assert.deepEqual(f.now().photos.map((p) => Boolean(p.filed)), [false, true, true], "which of them is told");
    }
  }
});

test("what is changed once the hazard is on file is said not to be there, and its pictures are", async () => {
  const refusing = (path) => (path.endsWith("issue-notice") ? [422, { title: "期限已过", code: "invalid_input", fields: [] }] : null);
  for (const [change, earlier] of [[{ place: "东门" }, true], [{ level: "major" }, true], [{ found_on: "2024-11-15" }, true], [{ due_on: "2024-12-02" }, false], [{ second: { id: "o2", name: "陈砚清" } }, false]]) {
    const f = field(written({ photos: [photo("a")] }));
    f.program.before = refusing;
    await f.sender().all();
    assert.deepEqual([f.now().state, f.now().case.number, f.now().paper], ["refused", "YH-1", undefined]);
    f.program.before = () => null;
    await f.edit(change, photo("b"));
    await f.sender().all();
    assert.deepEqual([f.now().state, f.now().earlier, f.filed(), f.program.cases.size], ["sent", earlier, ["a", "b"], 1], JSON.stringify(change));
  }
});

test("what is asked back stays with its pictures, says so, and goes with the reason once that is said", async () => {
  const f = field(written({ photos: [photo("a")] }));
  f.program.before = (path, init) => (path === "/hazards" && !JSON.parse(init.body).all_the_same
    ? [422, { title: "已经登记过：YH-7", code: "may_be_known", fields: [{ name: "description", message: "已经登记过：YH-7" }, { name: "all_the_same", message: "请写明" }] }] : null);
  assert.equal(await f.sender().all(), "");
  assert.deepEqual([f.now().state, f.now().wrong.fields[1].name, f.photos.size, f.program.cases.size], ["refused", "all_the_same", 1, 0]);
  assert.equal(await f.sender().all(), "", "it is not sent again by itself");
  assert.equal(f.now().state, "refused");
  await f.edit({ meant: " 另一台设备 " });
  assert.equal(await f.sender().all(), "");
  assert.deepEqual([f.now().state, [...f.program.cases.values()].map((one) => one.all_the_same)], ["sent", ["另一台设备"]]);
});

test("one that cannot get through holds up no other; without a line or a session none is tried", async () => {
  const upload = (first) => (path) => (path === "/uploads" ? first : null);
  for (const [first, state, why] of [[[500, {}], "waiting", "server"], [[504, {}, "text/html"], "waiting", "server"], ["late", "waiting", "server"], [[413, {}, "text/html"], "refused", ""]]) {
    const f = field(written({ photos: [photo("a")] }), { newer: [written({ id: "key-2" })] });
    f.program.before = upload(first);
    assert.equal(await f.sender().all(), why, String(first));
    assert.deepEqual([f.now().state, f.now("key-2").state, f.photos.size], [state, "sent", 1], String(first));
    if (state === "refused") assert.equal(f.now().wrong.code, "turned_away");
  }
  for (const [before, why] of [[() => "lost", "offline"], [() => "late", "offline"], [() => [401, {}], "signin"], [() => [503, {}], "server"]]) {
    const f = field(written(), { newer: [written({ id: "key-2" })] });
    f.program.before = before;
    assert.equal(await f.sender().all(), why);
    assert.deepEqual([f.now("key-2").state, f.now("key-2").why, f.program.calls.filter((path) => path === "/hazards").length], ["waiting", why, 1]);
  }
});

test("what was being sent when the page was closed waits again", async () => {
  const f = field(written({ state: "sending" }), { newer: [written({ id: "key-2", state: "open" })] });
  await f.sender().stop();
  assert.deepEqual([f.now().state, f.now().why, f.now("key-2").state], ["waiting", "offline", "open"]);
});

test("pictures of what was removed on the spot that the program forgot are sent anew", async () => {
  const f = field(written({ handling: "at_once", note: "已清理", photos: [photo("a"), photo("z", "after")] }));
  let forgot = 2;
  f.program.before = (path) => (path.endsWith("fix-on-spot") && forgot-- > 0 ? [422, { title: "没有上传成功", code: "unknown_upload" }] : null);
  assert.equal(await f.sender().all(), "server");
  assert.deepEqual(f.now().photos.map((p) => Boolean(p.upload_id)), [true, false]);
  assert.equal(await f.sender().all(), "");
  assert.equal(f.now().state, "refused", "once: then a person is asked");
  await f.edit({});
  await f.sender().all();
  assert.deepEqual([f.now().state, f.filed(), f.program.uploads], ["sent", ["a", "z"], 4]);
});

test("a session that has ended keeps the draft; another person sends nothing of it", async () => {
  const f = field(written({ photos: [photo("a")] }));
  f.program.before = () => [401, { title: "请先登录" }];
  assert.equal(await f.sender().all(), "signin");
  assert.deepEqual([f.now().state, f.now().why], ["waiting", "signin"]);
  f.program.before = () => null;
  f.program.me = "somebody";
  assert.equal(await f.sender().all(), "other");
  assert.equal(f.program.cases.size, 0);
  f.program.me = "me";
  assert.equal(await f.sender().all(), "");
  assert.equal(f.program.cases.size, 1);
});

test("what is refused says why and can be changed; a refused paper leaves the hazard on file", async () => {
  const f = field(written());
  f.program.before = (path) => (path === "/hazards" ? [422, { title: "请核对", code: "invalid_input", fields: [{ name: "location", message: "太长" }] }] : null);
  await f.sender().all();
  assert.deepEqual([f.now().state, f.now().wrong.fields[0].name, f.now().first], ["refused", "location", undefined]);
  f.program.before = (path) => (path.endsWith("issue-notice") ? [422, { title: "要两名检查人员", code: "same_person" }] : null);
  await f.shelf.change("key-1", (d) => ({ ...d, place: "东门", state: "waiting" }));
  await f.sender().all();
  assert.deepEqual([f.now().state, f.now().case.number, f.program.cases.size], ["refused", "YH-1", 1]);
  f.program.before = () => null;
  await f.shelf.change("key-1", (d) => ({ ...d, state: "waiting" }));
  await f.sender().all();
  assert.deepEqual([f.now().state, f.program.cases.size], ["sent", 1]);
});

test("a busy or broken server is waited for; pictures that it forgot are sent once more", async () => {
  for (const status of [429, 500, 503]) {
    const f = field(written());
    f.program.before = () => [status, { title: "x" }];
    assert.equal(await f.sender().all(), "server");
    assert.equal(f.now().state, "waiting");
  }
  const f = field(written({ photos: [photo("a")] }));
  f.program.before = (path) => (path === "/hazards" ? [422, { title: "没有上传成功", code: "unknown_upload" }] : null);
  assert.equal(await f.sender().all(), "server");
  assert.equal(f.now().photos[0].upload_id, undefined);
  assert.equal(await f.sender().all(), "");
  assert.equal(f.now().state, "refused", "once: then a person is asked");
});

test("who shares the site, landlord or tenant, can be addressed too, and goes with the hazard", () => {
  const kit = { enterprises: [{ id: "land" }, { id: "rent" }, { id: "else" }], tenancies: [{ enterprise_id: "land", tenant_id: "rent" }] };
  assert.deepEqual(beside({ id: "land" }, kit).map((e) => e.id), ["rent"]);
  assert.deepEqual(beside({ id: "rent" }, kit).map((e) => e.id), ["land"]);
  assert.deepEqual(beside({ id: "else" }, kit), []);
  assert.deepEqual(beside({ id: "land" }, { enterprises: [] }), [], "a kit of before knows of none");
  const draft = { ...blank({ today: "2026-11-23" }), enterprise: { id: "land", name: "松石" }, place: "2 号厂房", what: "电缆裸露" };
  assert.equal("also_ids" in record(draft, []), false, "a hazard of one enterprise is sent as it was before");
  assert.deepEqual(record({ ...draft, also: { id: "rent", name: "同光" } }, []).also_ids, ["rent"], "a draft that an older page kept");
  const both = { ...draft, also: [{ id: "rent", name: "同光" }, { id: "third", name: "盈川" }] };
  assert.deepEqual(record(both, []).also_ids, ["rent", "third"]);
  assert.equal(moves(both, { id: "else", name: "别家" }).also.length, 0, "at another enterprise it is said anew");
  assert.equal(blank({ today: "2026-11-23", before: both }).also.length, 0);
});

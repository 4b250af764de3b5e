import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const script = readFileSync(new URL("./worker.js", import.meta.url), "utf8");

/** A browser's side of a service worker: caches, a registration, and a network that answers as the test says. */
function browser(keeps = ["/assets/a.css", "/assets/f.js"]) {
  const heard = {}, stores = new Map(), b = { network: async () => { throw new TypeError("offline"); }, gone: false, asked: [] };
  const path = (request) => new URL(typeof request === "string" ? request : request.url, "http://zone").pathname;
  const caches = {
    open: async (name) => {
      if (!stores.has(name)) stores.set(name, new Map());
      const store = stores.get(name);
      return { addAll: async (all) => { for (const r of all) store.set(path(r), await b.network(r)); }, match: async (r) => store.get(path(r)) };
    },
    keys: async () => [...stores.keys()],
    delete: async (name) => stores.delete(name),
  };
  const self = { addEventListener: (name, hear) => { heard[name] = hear; }, location: { origin: "http://zone" }, skipWaiting: async () => {}, clients: { claim: async () => {} },
    registration: { unregister: async () => { b.gone = true; } }, parkwayKeeps: keeps };
  class Request { constructor(url, init) { Object.assign(this, { url: new URL(url, "http://zone").href, ...init }); } }
  runInNewContext(script, { self, caches, URL, Request, Response: { error: () => "error" }, setTimeout: (go) => { b.late = go; }, fetch: async (r) => { b.asked.push(path(r)); return b.network(r); }, Promise });
  const wait = async (name) => { let until; heard[name]({ waitUntil: (p) => { until = p; } }); await until; };
  /** open asks for an address; undefined says that the worker left it to the browser. */
  const open = (url, { mode = "navigate", method = "GET" } = {}) => {
    let answer;
    const rest = [];
    heard.fetch({ request: { url: `http://zone${url}`, mode, method }, respondWith: (p) => { answer = p; }, waitUntil: (p) => rest.push(p) });
    return answer && Promise.resolve(answer).then(async (a) => { await Promise.all(rest); return a; });
  };
  return Object.assign(b, { stores, install: () => wait("install"), activate: () => wait("activate"), open });
}
const says = (status, text = "") => ({ status, text });

test("it answers for the field page and its files alone: nothing else of the program can be stale", async () => {
  const b = browser();
  b.network = async () => says(200, "of the program");
  await b.install();
  for (const url of ["/", "/hazards", "/field-notes", "/fields", "/field/shell", "/field/worker.js", "/api/v1/field-kit", "/assets/app.js"]) assert.equal(b.open(url), undefined, url);
  assert.equal(b.open("/field", { method: "POST" }), undefined);
  assert.equal(b.open("/field", { mode: "cors" }), undefined);
  assert.notEqual(b.open("/field"), undefined);
  assert.notEqual(b.open("/field?enterprise=1"), undefined);
});

test("with a network the page is the program's, also when it leads to the sign-in; without one, or when the program is down, it is the device's", async () => {
  const b = browser();
  b.network = async () => says(200, "kept");
  await b.install();
  b.network = async () => says(200, "new");
  assert.equal((await b.open("/field")).text, "new");
  b.network = async () => says(0, "to the sign-in"); // an opaque redirect, which the browser follows
  assert.equal((await b.open("/field")).text, "to the sign-in");
  b.network = async () => says(503);
  assert.equal((await b.open("/field")).text, "kept");
  b.network = async () => { throw new TypeError("offline"); };
  assert.equal((await b.open("/field?place=2")).text, "kept");
  assert.equal((await b.open("/assets/a.css", { mode: "no-cors" })).text, "kept");
  assert.equal(b.gone, false);
});

test("a network that only seems to be there is not waited for", async () => {
  const b = browser();
  b.network = async () => says(200, "kept");
  await b.install();
  b.network = () => new Promise(() => {});
  const answer = b.open("/field");
  b.late("late");
  assert.equal((await answer).text, "kept");
});

test("a new program takes the place of what the one before kept; where not all of it can be had, the former stays", async () => {
  const b = browser();
  b.network = async () => says(200);
  b.stores.set("parkway-field /assets/old.css", new Map()).set("somebody else's", new Map());
  await b.install();
  await b.activate();
  assert.deepEqual([...b.stores.keys()], ["somebody else's", "parkway-field /assets/a.css /assets/f.js"]);
  b.network = async () => { throw new TypeError("offline"); };
  await assert.rejects(browser().install());
});

test("a program without a field page is rid of it at once", async () => {
  const b = browser();
  b.network = async () => says(200);
  await b.install();
  b.network = async () => says(404);
  assert.equal((await b.open("/field")).status, 404);
  assert.deepEqual([b.gone, [...b.stores.keys()]], [true, []]);
});

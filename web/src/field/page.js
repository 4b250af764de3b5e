// The field page (docs/decisions/0080): a hazard is recorded in a minute, with or without a network. What is written lies on the device until the program has said yes.
import { coded, newId } from "./draft.js";
import { FieldForm } from "./form.js";
import { DraftList } from "./list.js";
import { Sender } from "./send.js";
import { Shelf, open } from "./store.js";
import { say } from "./shots.js";
import { known, knownAs } from "./who.js";

const desk = document.querySelector("#field"), net = document.querySelector("#field-net"), words = JSON.parse(document.querySelector("#field-words").textContent);
const tries = [15, 30, 60, 120, 300]; // s until it is tried again

const longest = 14 * 86400_000; // ms for which what was sent is still shown

let shelf, kit, skew = 0, fetched = 0, form, list, failed = 0, timer;

/** ask reads what is chosen from, of the program or, where that does not answer, of the device. It says whether the program answered: "", or why it did not. */
async function ask(me) {
  try {
    const answer = await fetch("/api/v1/field-kit", { headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(8000) });
    if (answer.status === 401) return "signin";
    if (!answer.ok) return "server";
    const read = await answer.json();
    if (me && read.me.id !== me.id) { // somebody else has signed in meanwhile: what is shown here is not theirs
      knownAs(read.me);
      location.reload();
      await new Promise(() => {});
    }
    knownAs(read.me);
    [kit, skew, fetched] = [read, Date.parse(read.now) - Date.now(), Date.now()];
    shelf ??= new Shelf(await open(), read.me.id);
    await shelf.keepKit(kit, skew, fetched);
    return "";
  } catch {
    return "offline";
  }
}

function strip(why) {
  const lines = [];
  if (why === "offline") lines.push(words.offline, say(words.old_kit, { at: new Date(fetched).toLocaleString() }));
  else if (why) lines.push(words[`wait_${why}`]);
  if (!("serviceWorker" in navigator)) lines.push(words.no_worker);
  net.hidden = lines.length === 0;
  net.replaceChildren(lines.join(" "));
  if (why === "signin") net.append(" ", Object.assign(document.createElement("a"), { href: back(), textContent: words.sign_in }));
  document.querySelector("#field-send").textContent = why === "offline" ? words.send_later : words.send;
}

const back = () => `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
const show = () => list.show(form.id);
const others = new BroadcastChannel("parkway-field"); // the other pages of this browser look again when one has changed something
const changed = () => { show(); others.postMessage(""); };

/** send sends what waits, one page of the browser at a time. */
async function send() {
  clearTimeout(timer);
  const run = async () => {
    const sender = new Sender({ shelf, kit: () => kit, changed });
    const why = await sender.all();
    if (!why) failed = 0;
    return why;
  };
  const waits = (await shelf.drafts()).some((d) => d.state === "waiting" || d.state === "sending");
  if (!waits) {
    strip(navigator.onLine ? "" : "offline");
    return show();
  }
  const why = navigator.locks ? await navigator.locks.request("parkway-field", { ifAvailable: true }, async (lock) => (lock ? run() : "busy")) : await run();
  if (why === "other") return location.reload();
  if (why !== "busy") strip(why);
  if (why) timer = setTimeout(again, 1000 * (why === "busy" ? 2 : tries[Math.min(failed++, tries.length - 1)]));
  await show();
}

/** stop lets what was being sent when a page was closed wait again, so that it can be changed: where another page is at it, it is that one's. */
async function stop() {
  const sender = new Sender({ shelf, kit: () => kit, changed });
  if (navigator.locks) await navigator.locks.request("parkway-field", { ifAvailable: true }, (lock) => lock && sender.stop());
  else await sender.stop();
}

/** again looks whether there is a network by now, and sends what waits. */
async function again() {
  const why = await ask(known());
  strip(why);
  if (why === "offline" || why === "signin") {
    clearTimeout(timer);
    await stop();
    timer = setTimeout(again, 1000 * tries[Math.min(failed++, tries.length - 1)]);
    return show();
  }
  return send();
}

/** scanned takes what a code says: an enterprise, and one of its places. */
function scanned() {
  const asked = new URLSearchParams(location.search), firm = coded(kit, asked.get("enterprise")), place = kit.places.find((p) => p.id === asked.get("place") && p.enterprise_id === firm?.id);
  return firm && { enterprise: { id: firm.id, name: firm.short_name }, place: place?.name ?? "" };
}

async function begin() {
  const whose = document.body.dataset.whose;
  let me = known();
  if (whose && me?.id !== whose) knownAs(me = { id: whose, name: "" }); // the program has drawn the page for somebody: it is theirs
  const why = await ask(me);
  me = known();
  if (!kit && me) {
    shelf = new Shelf(await open(), me.id);
    const kept = await shelf.kit();
    if (kept) [kit, skew, fetched] = [kept.kit, kept.skew, kept.at];
  }
  if (!kit) {
    net.hidden = false;
    net.textContent = why === "signin" || !me || why === "offline" ? words.nobody : words[`wait_${why}`];
    net.append(" ", Object.assign(document.createElement("a"), { href: back(), textContent: words.sign_in }));
    return;
  }
  await start(why);
}

async function start(why) {
  form = new FieldForm(document.querySelector("#field-form"), { shelf, kit: () => kit, skew: () => skew, words, changed, submitted: () => { send(); } });
  list = new DraftList(document.querySelector("#field-drafts"), {
    shelf, words, signIn: back(),
    edit: async (d) => {
      const kept = await shelf.change(d.id, (now) => (now && now.state !== "sent" && now.state !== "sending" ? { ...now, state: now.state === "refused" ? "refused" : "open" } : undefined));
      if (kept && kept.state !== "sent" && kept.state !== "sending") await form.open(kept);
      await show();
      document.querySelector("#field-form").scrollIntoView({ block: "start" });
    },
    send: () => send(),
    anew: async (d) => {
      await copy(d);
      await send();
    },
  });
  list.gone = async (d) => {
    if (d.id === form.id) form.begin(), await form.draw();
    await show();
  };
  for (const d of await shelf.drafts()) if (d.state === "sent" && Date.now() - d.sent > longest) await shelf.drop(d.id);
  const drafts = await shelf.drafts(), scan = scanned(), unfinished = drafts.find((d) => d.state === "open" && d.editing !== false);
  if (unfinished && (!scan || scan.enterprise.id === unfinished.enterprise?.id)) await form.open(unfinished);
  else {
    form.begin({ ...drafts[0], place: "", inspection: "", ...(scan ?? { enterprise: null }) });
    await form.draw();
  }
  desk.hidden = false;
  desk.dataset.ready = "";
  await show();
  strip(why);
  if (why) await stop();
  if (!why) send();
  else timer = setTimeout(again, 1000 * tries[0]);
  others.addEventListener("message", show);
  addEventListener("online", again);
  addEventListener("offline", () => strip("offline"));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") again(); });
}

/** copy makes a draft of its own of one whose key stands for something else. */
async function copy(d) {
  const id = newId(), photos = [];
  for (const p of d.photos) {
    const blob = await shelf.photo(p.id), own = newId();
    if (blob) await shelf.keepPhoto(own, id, blob);
    photos.push({ ...p, id: own, upload_id: blob ? undefined : p.upload_id });
  }
  await shelf.change(id, () => ({ ...d, photos, state: "waiting", wrong: null, first: undefined, paper: undefined, case: undefined, followed: undefined, earlier: undefined, anew: undefined }));
  await shelf.drop(d.id);
}

if ("serviceWorker" in navigator) navigator.serviceWorker.register("/field/worker.js", { scope: "/field", updateViaCache: "none" }).catch(() => {}); // without one the page needs a network to be opened
begin();

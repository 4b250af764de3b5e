// Sends drafts: the pictures first, then the hazard, then what follows. Every step is repeated under the same key until an answer came, and each answer is kept before the
// next step, so that whatever breaks in between, nothing is lost and nothing happens twice.
import { occurred, record, then, unfiled, unsaid } from "./draft.js";

/** Wait says that it will be tried again, and why not now: offline, signin, server, other. What is alone says nothing about the next draft. */
class Wait extends Error {
  constructor(why, alone = false) { super(why); Object.assign(this, { why, alone }); }
}

/** Refused is what the program says no to. */
class Refused extends Error {
  constructor(problem) { super(problem.title); this.problem = problem; }
}

const api = "/api/v1";

/** within gives an answer so long; a browser that cannot waits as long as it likes. */
const within = (ms) => AbortSignal.timeout?.(ms);

export class Sender {
  /** shelf keeps the drafts; kit() is what was last read of the program; changed() is called after each step. */
  constructor({ shelf, kit, changed = () => {}, fetch: ask = (...args) => fetch(...args), patience = 60_000 }) {
    Object.assign(this, { shelf, kit, changed, patience, fetch: ask });
  }

  /**
   * all sends what waits, the oldest first, and says why something still waits, or "" when nothing does. Without a line or a session nothing gets through; one that the
   * server does not answer holds up no other.
   */
  async all() {
    const waiting = (await this.shelf.drafts()).filter((d) => d.state === "waiting" || d.state === "sending").reverse();
    let waits = "";
    for (const [at, { id }] of waiting.entries()) {
      const why = await this.one(id);
      if (!why) continue;
      waits ||= why;
      if (this.alone) continue;
      for (const rest of waiting.slice(at + 1)) await this.keep(rest.id, (d) => (d.state === "waiting" ? { ...d, why } : undefined));
      return why;
    }
    return waits;
  }

  /** stop lets drafts wait that were being sent when the page was closed: nobody sends them now. */
  async stop() {
    for (const { id, state } of await this.shelf.drafts()) if (state === "sending") await this.keep(id, (d) => (d.state === "sending" ? { ...d, state: "waiting", why: "offline" } : undefined));
  }

  /** one sends a draft. It returns why it waits, or "". */
  async one(id) {
    let draft = await this.keep(id, (d) => (d.state === "waiting" || d.state === "sending" ? { ...d, state: "sending", why: "", wrong: null } : undefined));
    if (draft?.state !== "sending") return ""; // another page had it
    try {
      draft = await this.photos(draft);
      draft = await this.put(draft);
      draft = await this.follow(draft);
      draft = await this.more(draft);
      await this.keep(id, (d) => ({ ...d, state: "sent", sent: Date.now(), earlier: unsaid(d, this.kit().levels) }));
      await this.shelf.dropPhotos(id);
      return "";
    } catch (fault) {
      if (fault instanceof Refused) {
        await this.keep(id, (d) => ({ ...d, state: "refused", wrong: { title: fault.problem.title, code: fault.problem.code, fields: fault.problem.fields ?? [] } }));
        return "";
      }
      if (!(fault instanceof Wait)) throw fault;
      await this.keep(id, (d) => ({ ...d, state: "waiting", why: fault.why }));
      this.alone = fault.alone;
      return fault.why;
    }
  }

  async keep(id, how) {
    const kept = await this.shelf.change(id, (now) => (now ? how(now) : undefined));
    this.changed();
    return kept;
  }

  /** photos sends the pictures that have not arrived: what came through is not sent again, what broke off is. */
  async photos(draft) {
    for (const { id, name, upload_id } of draft.photos) {
      if (upload_id) continue;
      const blob = await this.shelf.photo(id);
      if (!blob) throw new Refused({ title: name, code: "unknown_upload" });
      const form = new FormData();
      form.append("file", blob, name);
      const got = await this.ask("/uploads", draft, { body: form, signal: within(5 * this.patience) });
      draft = await this.keep(draft.id, (d) => ({ ...d, photos: d.photos.map((p) => (p.id === id ? { ...p, upload_id: got.id, sha256: got.sha256 } : p)) }));
    }
    return draft;
  }

  /** put puts the hazard on file. What was sent first stays: where an answer was lost and the draft changed since, the program has that, and says so. */
  async put(draft) {
    if (draft.case) return draft;
    const mine = { body: record(draft, this.kit().levels), at: occurred(draft, this.kit().today), found_on: draft.found_on };
    draft = await this.keep(draft.id, (d) => ({ ...d, first: d.first ?? mine }));
    const { sent, got } = await this.first(draft, "first", mine, (one) => this.command("/hazards", draft, draft.id, one.body, one.at));
    const { case_id, number } = got.standing;
    return this.keep(draft.id, (d) => ({ ...d, first: sent, case: { id: case_id, number }, occurred: sent.at, received: got.event.recorded_at }));
  }

  /** follow takes the step after it, under the key of the one that was sent first: whichever of both arrived, there is no other. */
  async follow(draft) {
    if (draft.followed) return draft;
    const mine = then(draft);
    draft = await this.keep(draft.id, (d) => ({ ...d, paper: d.paper ?? mine }));
    const key = `${draft.id}/${draft.paper.name}`;
    const { sent, got } = await this.first(draft, "paper", mine, ({ name, body }) => this.command(`/hazards/${draft.case.id}/${name}`, draft, key, body, name === "fix-on-spot" ? draft.occurred : ""));
    return this.keep(draft.id, (d) => ({ ...d, paper: sent, followed: { name: sent.name, due_on: got.standing.due_on } }));
  }

  /** first sends what the draft says now or, where the program has recorded what it said before, that again, for its answer. kept is where that lies. */
  async first(draft, kept, mine, send) {
    try {
      return { sent: mine, got: await send(mine) };
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      const { code } = fault.problem;
      if (code === "unknown_upload") throw await this.again(draft, fault, kept);
      if (code === "key_reused") return { sent: draft[kept], got: await send(draft[kept]) };
      // Nothing was recorded of what was refused: it may be changed. Of something else that was sent before nobody knows yet, and it stays.
      await this.keep(draft.id, (d) => ({ ...d, [kept]: JSON.stringify(d[kept]) === JSON.stringify(mine) ? undefined : d[kept] }));
      throw fault;
    }
  }

  /** again sends the pictures of a step anew where the program knows nothing of them any more: once by itself, then when a person says so. */
  async again(draft, fault, kept) {
    const was = draft.anew === true ? ["first"] : draft.anew ?? [], twice = was.includes(kept); // true: of a draft that an older page kept
    const all = kept === "first", anew = ({ upload_id: _, ...p }) => p;
    await this.keep(draft.id, (d) => ({
      ...d, anew: twice ? was.filter((one) => one !== kept) : [...was, kept], [kept]: undefined, photos: d.photos.map((p) => (all || p.phase === "after" ? anew(p) : p)),
    }));
    return twice ? fault : new Wait("server", true);
  }

  /** more puts the pictures on file that were taken after the hazard was: each under a key of its own, so that none comes twice. */
  async more(draft) {
    for (const { id, upload_id, phase, anew } of unfiled(draft)) {
      try {
        await this.command(`/hazards/${draft.case.id}/attach`, draft, `${draft.id}/more/${id}`, { attachments: [{ upload_id, phase }] });
      } catch (fault) {
        if (!(fault instanceof Refused) || fault.problem.code !== "unknown_upload") throw fault;
        await this.keep(draft.id, (d) => ({ ...d, photos: d.photos.map((p) => (p.id === id ? { ...p, upload_id: undefined, anew: !anew } : p)) }));
        throw anew ? fault : new Wait("server", true);
      }
      draft = await this.keep(draft.id, (d) => ({ ...d, photos: d.photos.map((p) => (p.id === id ? { ...p, filed: true } : p)) }));
    }
    return draft;
  }

  command(path, draft, key, body, at) {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": key };
    if (at) headers["Occurred-At"] = at;
    return this.ask(path, draft, { headers, body: JSON.stringify(body) });
  }

  async ask(path, draft, init) {
    let answer;
    try {
      answer = await this.fetch(api + path, { method: "POST", signal: within(this.patience), ...init, headers: { ...init.headers, Accept: "application/json", "Written-By": draft.owner }, credentials: "same-origin" });
    } catch (fault) {
      if (fault?.name === "TimeoutError" && (await this.reached())) throw new Wait("server", true); // a large picture over a thin line: the next one may get through
      throw new Wait("offline");
    }
    if (answer.status === 401) throw new Wait("signin");
    if (answer.status === 403 && !(await this.mine(draft))) throw new Wait("other");
    if (answer.status === 429 || answer.status === 503) throw new Wait("server"); // of every one
    if (answer.status === 408 || answer.status === 425 || answer.status >= 500) throw new Wait("server", true);
    let said;
    try {
      said = await answer.json();
    } catch { // a page of something in between that lets it not through; or an answer that was cut off: whether it was taken the next try says
      if (answer.status >= 400 && !/json/.test(answer.headers.get("Content-Type") ?? "")) throw new Refused({ title: "", code: "turned_away" });
      throw new Wait("server", true);
    }
    if (!answer.ok) throw new Refused(said);
    return said;
  }

  /** reached reports whether the program answers at all. */
  async reached() {
    try {
      return (await this.fetch(`${api}/me`, { headers: { Accept: "application/json" }, credentials: "same-origin", signal: within(8000) })).ok;
    } catch {
      return false;
    }
  }

  /** mine asks whether whoever is signed in wrote the draft. */
  async mine(draft) {
    try {
      const answer = await this.fetch(`${api}/me`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      return answer.ok && (await answer.json()).id === draft.owner;
    } catch {
      return false;
    }
  }
}

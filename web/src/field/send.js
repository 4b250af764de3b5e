// Sends drafts: the pictures first, then the hazard, then what follows. Every step is repeated under the same key until an answer came, and each answer is kept before the
// next step, so that whatever breaks in between, nothing is lost and nothing happens twice.
import { occurred, record, then } from "./draft.js";

/** Wait says that it will be tried again, and why not now: offline, signin, server, other. */
class Wait extends Error {
  constructor(why) { super(why); this.why = why; }
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

  /** all sends what waits, the oldest first, and says why it stopped, or "" when nothing waits any more. */
  async all() {
    const waiting = (await this.shelf.drafts()).filter((d) => d.state === "waiting" || d.state === "sending").reverse();
    for (const [at, { id }] of waiting.entries()) {
      const why = await this.one(id);
      if (!why) continue;
      for (const rest of waiting.slice(at + 1)) await this.keep(rest.id, (d) => (d.state === "waiting" ? { ...d, why } : undefined));
      return why;
    }
    return "";
  }

  /** one sends a draft. It returns why it waits, or "". */
  async one(id) {
    let draft = await this.keep(id, (d) => (d.state === "waiting" || d.state === "sending" ? { ...d, state: "sending", why: "", wrong: null } : undefined));
    if (draft?.state !== "sending") return ""; // another page had it
    try {
      draft = await this.photos(draft);
      draft = await this.put(draft);
      draft = await this.follow(draft);
      await this.keep(id, (d) => ({ ...d, state: "sent", sent: Date.now() }));
      await this.shelf.dropPhotos(id);
      return "";
    } catch (fault) {
      if (fault instanceof Refused) {
        await this.keep(id, (d) => ({ ...d, state: "refused", wrong: { title: fault.problem.title, code: fault.problem.code, fields: fault.problem.fields ?? [] } }));
        return "";
      }
      if (!(fault instanceof Wait)) throw fault;
      await this.keep(id, (d) => ({ ...d, state: "waiting", why: fault.why }));
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
    const body = record(draft, this.kit().levels), at = occurred(draft, this.kit().today);
    draft = await this.keep(draft.id, (d) => ({ ...d, first: d.first ?? { body, at } }));
    let got;
    try {
      got = await this.command("/hazards", draft, draft.id, body, at);
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      const { code } = fault.problem;
      if (code === "unknown_upload") throw await this.again(draft, fault);
      if (code !== "key_reused") {
        // Nothing was recorded of what was refused: it may be changed. Of something else that was sent before nobody knows yet, and it stays.
        await this.keep(draft.id, (d) => ({ ...d, first: JSON.stringify(d.first.body) === JSON.stringify(body) ? undefined : d.first }));
        throw fault;
      }
      got = await this.command("/hazards", draft, draft.id, draft.first.body, draft.first.at);
      draft = await this.keep(draft.id, (d) => ({ ...d, earlier: true }));
    }
    const { case_id, number } = got.standing;
    return this.keep(draft.id, (d) => ({ ...d, case: { id: case_id, number }, occurred: (d.earlier ? d.first.at : at), received: got.event.recorded_at }));
  }

  /** again sends the pictures anew, once, where the program knows nothing of them any more. */
  async again(draft, fault) {
    if (draft.anew) return fault;
    await this.keep(draft.id, (d) => ({ ...d, anew: true, first: undefined, photos: d.photos.map(({ upload_id: _, ...p }) => p) }));
    return new Wait("server");
  }

  async follow(draft) {
    if (draft.followed) return draft;
    const { name, body } = then(draft);
    const got = await this.command(`/hazards/${draft.case.id}/${name}`, draft, `${draft.id}/${name}`, body, name === "fix-on-spot" ? draft.occurred : "");
    return this.keep(draft.id, (d) => ({ ...d, followed: { name, due_on: got.standing.due_on } }));
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
    } catch {
      throw new Wait("offline");
    }
    if (answer.status === 401) throw new Wait("signin");
    if (answer.status === 403 && !(await this.mine(draft))) throw new Wait("other");
    if (answer.status === 408 || answer.status === 425 || answer.status === 429 || answer.status >= 500) throw new Wait("server");
    let said;
    try {
      said = await answer.json();
    } catch { // cut off, or a page of something in between: whether it was taken the next try says
      throw new Wait("server");
    }
    if (!answer.ok) throw new Refused(said);
    return said;
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

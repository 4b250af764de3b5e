// What the field page keeps on the device (IndexedDB): drafts, their pictures as they came from the camera, and what is chosen from. Everything belongs to whoever
// wrote it; nothing of anybody else's is read.
import { openDB } from "idb";

/** opens the database. A program that comes later raises the number and brings what lies there with it: drafts of an older page are sent like its own. */
export function open(name = "parkway-field") {
  return openDB(name, 1, {
    upgrade(db) {
      db.createObjectStore("drafts", { keyPath: "id" }).createIndex("owner", "owner");
      db.createObjectStore("photos", { keyPath: "id" }).createIndex("draft", "draft");
      db.createObjectStore("kits", { keyPath: "owner" });
    },
    blocking(_was, _wanted, event) { event.target.close(); }, // a newer page wants to bring the database on
  });
}

export class Shelf {
  constructor(db, owner) {
    this.db = db;
    this.owner = owner;
  }

  /** drafts are the person's own, the newest first. */
  async drafts() {
    const all = await this.db.getAllFromIndex("drafts", "owner", this.owner);
    return all.sort((a, b) => b.at - a.at);
  }

  async draft(id) {
    const found = await this.db.get("drafts", id);
    return found?.owner === this.owner ? found : undefined;
  }

  /** change puts what somebody changed onto the draft as it is now, in one go: two pages take nothing from each other. It returns what is kept. */
  async change(id, how) {
    const turn = this.db.transaction("drafts", "readwrite");
    const now = await turn.store.get(id);
    if (now && now.owner !== this.owner) return undefined;
    const next = how(now);
    if (next) await turn.store.put({ ...next, id, owner: this.owner });
    await turn.done;
    return next ?? now;
  }

  async drop(id) {
    const turn = this.db.transaction(["drafts", "photos"], "readwrite");
    await turn.objectStore("drafts").delete(id);
    await forget(turn.objectStore("photos"), id);
    await turn.done;
  }

  async keepPhoto(id, draft, blob) { await this.db.put("photos", { id, draft, blob }); }

  async photo(id) { return (await this.db.get("photos", id))?.blob; }

  async dropPhoto(id) { await this.db.delete("photos", id); }

  async dropPhotos(draft) {
    const turn = this.db.transaction("photos", "readwrite");
    await forget(turn.store, draft);
    await turn.done;
  }

  async kit() { return this.db.get("kits", this.owner); }

  async keepKit(kit, skew, at) { await this.db.put("kits", { owner: this.owner, kit, skew, at }); }
}

async function forget(photos, draft) {
  for (const key of await photos.index("draft").getAllKeys(draft)) await photos.delete(key);
}

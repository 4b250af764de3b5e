// What is typed stays on this device until it was sent and accepted. Here is what does not need a page: what is kept, for how long, and what comes of it
// when the form is opened again.

export const life = 14 * 24 * 3600 * 1000; // ms
export const prefix = "parkway-draft ";

// keyOf names a form of one person. A form that the server shows again with what was refused (?draft=) is another one than the form that begins.
export function keyOf(who, action, draft) {
  return prefix + who + " " + action + (draft ? " " + draft : "");
}

// Drafts keeps records in a storage that may be full, forbidden or written by something else.
export class Drafts {
  constructor(storage, now = Date.now) {
    this.storage = storage;
    this.now = now;
  }

  // read returns a record that has not expired, or null.
  read(key) {
    try {
      const record = JSON.parse(this.storage.getItem(key));
      return record && this.now() - record.at < life && record.at <= this.now() + life ? record : null;
    } catch {
      return null;
    }
  }

  write(key, record) {
    try {
      this.storage.setItem(key, JSON.stringify({ ...record, at: this.now() }));
    } catch { /* full or forbidden: then a form is kept only by its page */ }
  }

  // drop forgets the records whose key fits.
  drop(fits) {
    try {
      for (const key of Object.keys(this.storage)) if (key.startsWith(prefix) && fits(key)) this.storage.removeItem(key);
    } catch { /* forbidden */ }
  }

  expire() { this.drop((key) => !this.read(key)); }

  signedOut(who) { this.drop((key) => key.startsWith(prefix + who + " ")); }

  accepted(who, action) { this.drop((key) => key === keyOf(who, action) || key.startsWith(keyOf(who, action) + " ")); }
}

// resume compares what was typed with what the form shows now. What its writer did not touch is left as it stands now; what they changed comes back, unless
// the same was changed meanwhile: then it is said, and nothing is overwritten. The values of a field are a list of words.
export function resume({ begun, typed }, shown) {
  const back = {}, moved = {};
  for (const [name, values] of Object.entries(typed)) {
    if (!(name in shown) || same(values, begun[name]) || same(values, shown[name])) continue;
    if (same(shown[name], begun[name])) back[name] = values;
    else moved[name] = values;
  }
  return { back, moved };
}

function same(one, other) { return JSON.stringify(one ?? []) === JSON.stringify(other ?? []); }

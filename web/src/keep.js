// Keeps what is typed into a form on this device until the server has accepted it, so that a closed tab or a reload loses nothing.
// Never kept: passwords, secrets and files. Without this file a form is kept only by its page, and by the server once it was refused.
import { Drafts, keyOf, resume } from "./draft.js";

const words = document.querySelector("#draft-words")?.dataset;
const who = document.body.dataset.whose;
const draft = new URLSearchParams(location.search).get("draft");
let gone = false; // signed out: nothing is kept any more
const pause = 300; // ms without a key before it is kept

let drafts;
try {
  drafts = new Drafts(localStorage);
} catch { /* forbidden */ }

// kept are the fields of a form that may be kept, by their names.
function kept(form) {
  const fields = new Map();
  for (const f of form.elements) {
    if (!f.name || f.name.startsWith("_") || f.name.endsWith("_was") || f.name.endsWith("_kept") || f.closest("[hidden], pw-choose")) continue;
    if (!/^(text|textarea|select-one|select-multiple|radio|checkbox|time|number|search|email|tel|url)$/.test(f.type) || f.readOnly || "secret" in f.dataset) continue;
    if (!fields.has(f.name)) fields.set(f.name, []);
    fields.get(f.name).push(f);
  }
  for (const one of form.querySelectorAll("pw-choose")) if (one.value) fields.set(one.value.name, [one]);
  for (const f of form.querySelectorAll("pw-choose .pw-new :is(input, select)")) if (f.name) fields.set(f.name, [f]);
  return fields;
}

// stands returns what fields of one name say; as they were drawn, or by now.
function stands(fields, drawn) {
  return fields.flatMap((f) => {
    if (f.localName === "pw-choose") return drawn ? [f.drawn.value, f.drawn.words] : [f.value.value, f.words];
    switch (f.type) {
      case "radio":
      case "checkbox":
        return (drawn ? f.defaultChecked : f.checked) ? [f.value] : [];
      case "select-one":
      case "select-multiple": {
        const chosen = [...f.options].filter((o) => (drawn ? o.defaultSelected : o.selected)).map((o) => o.value);
        return drawn && !chosen.length && f.type === "select-one" ? [f.options[0]?.value ?? ""] : chosen;
      }
    }
    return [drawn ? f.defaultValue : f.value];
  });
}

function put(fields, values) {
  for (const f of fields) {
    if (f.localName === "pw-choose") f.take(values[0], values[1]);
    else if (f.type === "radio" || f.type === "checkbox") f.checked = values.includes(f.value);
    else if (f.type.startsWith("select")) for (const o of f.options) o.selected = values.includes(o.value);
    else f.value = values[0] ?? "";
    if (f.dispatchEvent) f.dispatchEvent(new Event("resumed", { bubbles: true }));
    f.closest?.(".pw-dated details")?.setAttribute("open", "");
  }
}

function all(fields, drawn) {
  return Object.fromEntries([...fields].map(([name, list]) => [name, stands(list, drawn)]));
}

// label is what the field is called on the page.
function label(fields) {
  const f = fields[0], own = f.closest(".pw-dated-row")?.querySelector("label")?.textContent.trim(); // one of many days in a field
  const text = own || f.closest(".pw-field")?.querySelector("label, legend")?.firstChild?.textContent.trim();
  return text || f.name || f.getAttribute("name");
}

// say is the answer in a sentence of the catalogue.
function say(sentence, values) { return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]); }

// shown is what a value is called on the page.
function shown(fields, values) {
  if (fields[0].localName === "pw-choose") return values[1];
  const names = values.map((value) => {
    const f = fields.find((one) => one.value === value && /radio|checkbox/.test(one.type));
    const option = fields[0].options && [...fields[0].options].find((o) => o.value === value);
    return (f ? f.closest("label")?.textContent : option?.textContent)?.trim() ?? value;
  });
  return names.join("、") || words.nothing;
}

class Keeping {
  constructor(form, nth) {
    this.form = form;
    this.key = keyOf(who, new URL(form.action).pathname, draft) + (nth ? ` #${nth}` : "");
    const record = drafts.read(this.key);
    this.begun = all(kept(form), true);
    if (record) this.resume(record);
    const later = () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.keep(), pause); };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.flush(); });
  }

  flush() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.keep();
  }

  keep() {
    this.timer = 0;
    if (gone) return;
    const typed = all(kept(this.form), false), rest = Object.keys(this.held ?? {}).length;
    if (!rest && JSON.stringify(typed) === JSON.stringify(all(kept(this.form), true))) drafts.drop((key) => key === this.key);
    else drafts.write(this.key, { begun: this.begun, typed, version: this.version(), held: this.held });
  }

  version() { return this.form.querySelector("[name=_version]")?.value ?? ""; }

  resume(record) {
    const fields = kept(this.form), { back, moved } = resume(record, this.begun);
    this.held = { ...record.held, ...moved };
    for (const [name, values] of Object.entries(back)) put(fields.get(name), values);
    for (const name of Object.keys(this.held)) if (!fields.has(name) || back[name]) delete this.held[name];
    if (Object.keys(back).length || Object.keys(this.held).length) this.tell(fields, record);
    else drafts.drop((key) => key === this.key);
  }

  // tell says that what was typed is back, what was changed meanwhile, and how to begin anew.
  tell(fields, record) {
    const notice = document.createElement("div"), text = document.createElement("div"), button = document.createElement("button");
    notice.className = "pw-resumed";
    notice.setAttribute("role", "status");
    const sentence = document.createElement("p");
    sentence.textContent = words.resumed + (this.form.querySelector("[type=file]") ? words.files : "");
    text.append(sentence);
    if (record.version !== this.version()) {
      const since = document.createElement("p");
      since.textContent = words.since;
      text.append(since);
    }
    const list = document.createElement("ul");
    for (const [name, values] of Object.entries(this.held)) list.append(this.conflict(fields.get(name), name, values));
    if (list.children.length) text.append(list);
    Object.assign(button, { type: "button", className: "btn btn-plain", textContent: words.drop });
    button.addEventListener("click", () => {
      clearTimeout(this.timer);
      this.timer = 0;
      this.keep = () => {};
      drafts.drop((key) => key === this.key);
      location.reload();
    });
    notice.append(text, button);
    this.form.prepend(notice);
  }

  // conflict shows what was typed beside what stands there now; only a press takes it.
  conflict(field, name, values) {
    const item = document.createElement("li"), button = document.createElement("button");
    item.textContent = say(words.moved, { label: label(field), mine: shown(field, values), now: shown(field, stands(field, true)) }) + " ";
    Object.assign(button, { type: "button", className: "btn btn-plain", textContent: words.mine });
    button.setAttribute("aria-label", `${words.mine} ${label(field)}`);
    button.addEventListener("click", () => {
      put(field, values);
      delete this.held[name];
      this.keep();
      item.remove();
      (field[0].input ?? field[0]).focus();
    });
    item.append(button);
    return item;
  }
}

// accepted are the addresses whose forms the server has accepted since the last page.
function accepted() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("parkway_accepted="));
  if (!cookie) return [];
  document.cookie = "parkway_accepted=; Path=/; Max-Age=0; SameSite=Lax";
  return decodeURIComponent(cookie.slice(cookie.indexOf("=") + 1)).split("|");
}

if (drafts && words && who) {
  drafts.expire();
  for (const action of accepted()) drafts.accepted(who, action);
  // A form that the server keeps wins over the one on the device that it was sent from.
  const met = {};
  for (const form of document.querySelectorAll("main form[method=post]")) {
    if (draft) drafts.drop((key) => key === keyOf(who, new URL(form.action).pathname));
    if (![...kept(form)].length) continue;
    met[form.action] = (met[form.action] ?? -1) + 1;
    new Keeping(form, met[form.action]);
  }
  document.addEventListener("submit", (event) => { 
    if (!event.target.action.endsWith("/sign-out")) return;
    gone = true;
    drafts.signedOut(who);
  });
}

// The form of the field page: it shows one draft, and keeps what is typed into it on the device while it is typed.
import { Combo } from "./combo.js";
import { alsoOf, beside, between, blank, dayAt, faults, levelOf, moves, newId, take, touched, write } from "./draft.js";
import { Shots, say } from "./shots.js";

const texts = ["what", "due_on", "series", "note", "requirement", "clause", "category", "inspection", "found_on", "meant"];
const onFile = ["enterprise", "also", "place", "what", "level", "clause", "category", "inspection", "found_on"]; // once the hazard is
const byHand = { found_on: { by_hand: true }, due_on: { due_by_hand: true } }; // what somebody said of the days stays
const pause = 250; // ms without a key before it is kept

export class FieldForm {
  constructor(form, { shelf, kit, skew, words, changed, submitted }) {
    Object.assign(this, { form, shelf, kit, skew, words, changed, submitted });
    this.begin();
    this.combos();
    this.shots = [...form.querySelectorAll("[data-shots]")].map((place) => new Shots(place, {
      words, photos: () => this.draft.photos, limits: () => ({ most: this.kit().most_files, largest: this.kit().largest_file }), blob: (id) => shelf.photo(id),
      add: (files, phase) => this.add(files, phase), remove: (id) => this.remove(id),
    }));
    form.addEventListener("input", (event) => this.read(event.target));
    form.addEventListener("change", (event) => this.read(event.target));
    form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    form.querySelector("#field-keep").addEventListener("click", () => this.put());
    form.querySelector("#field-locate").addEventListener("click", () => this.locate());
    addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.flush(); });
  }

  today() { return dayAt(Date.now() + this.skew()); }

  field(name) { return this.form.querySelector(`#field-${name}`); }

  combos() {
    const { words } = this, firm = this.field("enterprise"), place = this.field("place"), what = this.field("what"), second = this.field("second"), also = this.field("also");
    this.enterprises = new Combo(firm, { words, items: () => this.kit().enterprises, show: (e) => [e.short_name, e.name], pick: (e) => (this.set((d) => moves(d, e && { id: e.id, name: e.short_name }, this.kit().visits), e), this.together()) });
    this.others = new Combo(also, { words, items: () => beside(this.draft.enterprise, this.kit()).filter((e) => !alsoOf(this.draft).some((one) => one.id === e.id)), show: (e) => [e.short_name, e.name],
      pick: (e) => { if (e) this.others.input.value = "", this.addressed([...alsoOf(this.draft), { id: e.id, name: e.short_name }]); } });
    this.places = new Combo(place, { words, free: true, items: () => this.kit().places.filter((p) => p.enterprise_id === this.draft.enterprise?.id), show: (p) => [p.name],
      pick: (p) => this.set({ place: p ? p.name : place.value, of: p ? p.enterprise_id : "" }, p) });
    this.findings = new Combo(what, { words, short: 16, items: () => this.kit().library, show: (f) => [f.name, [f.category, words[`level_${f.level}`], f.clause].filter(Boolean).join(" · ")],
      pick: (f) => (f ? this.set((d) => take(d, { ...f, level: levelOf(f.level, this.kit().levels) }, this.today()), true) : this.set({ what: what.value })) });
    this.seconds = new Combo(second, { words, items: () => this.kit().people, show: (p) => [p.name], pick: (p) => this.set({ second: p && { id: p.id, name: p.name } }, p) });
  }

  /** begin is a new draft, in the place of the one before. */
  begin(before) {
    this.id = newId();
    this.draft = blank({ today: this.kit() ? this.today() : "", before });
  }

  async open(draft) {
    await this.flush();
    this.id = draft.id;
    this.draft = draft;
    this.field("said").hidden = true; // of the draft before
    await this.draw();
  }

  /** set changes the draft; drawn says that the form has to show it. */
  set(change, drawn) {
    this.write(change);
    if (drawn) this.draw();
    this.later();
  }

  /** write puts a change into the draft, and shows the days where it begins with it. */
  write(change) {
    const was = this.draft, is = (this.draft = write(was, change, { today: this.kit() ? this.today() : "" }));
    for (const name of ["found_on", "due_on"]) if (is[name] !== was[name] && this.field(name).value !== is[name]) this.field(name).value = is[name];
    if (is.due_on !== was.due_on) this.due();
  }

  read(field) {
    const { name, value } = field;
    if (texts.includes(name)) this.write({ [name]: value, ...byHand[name] });
    if (name === "level" || name === "handling") {
      this.write({ [name]: value });
      this.part();
    }
    if (name === "inspection") this.within(value);
    if (field.type !== "file") this.right(name);
    this.later();
  }

  /** within takes over what the inspection says. */
  within(id) {
    const visit = this.kit().visits.find((v) => v.id === id), firm = visit && this.kit().enterprises.find((e) => e.id === visit.enterprise_id);
    if (!visit) return;
    const other = this.kit().people.find((p) => visit.inspectors.includes(p.id));
    const there = firm ? moves(this.draft, { id: firm.id, name: firm.short_name }, this.kit().visits) : this.draft;
    this.set({ ...there, inspection: id, place: there.place || visit.place, of: there.place ? there.of : visit.enterprise_id, second: other ? { id: other.id, name: other.name } : this.draft.second }, true);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  /** flush keeps the draft as it stands; one that nobody has written into is none. */
  async flush() {
    clearTimeout(this.timer);
    if (!this.timer) return;
    this.timer = 0;
    if (touched(this.draft)) await this.keep({ state: "open" });
  }

  async keep(change) {
    this.draft = { ...this.draft, ...change };
    const kept = await this.shelf.change(this.id, (now) => (now?.state === "sent" || now?.state === "sending" ? undefined : { ...now, ...this.draft, first: now?.first, case: now?.case, paper: now?.paper, followed: now?.followed }));
    this.changed();
    return kept;
  }

  async add(files, phase) {
    try {
      for (const file of files) {
        const id = newId();
        await this.shelf.keepPhoto(id, this.id, file);
        this.write((d) => ({ photos: [...d.photos, { id, name: file.name, size: file.size, phase }] }));
      }
    } finally { // the device may be full in the middle: those before belong to the draft
      if (touched(this.draft)) await this.keep({ state: "open" });
    }
    navigator.storage?.persist?.(); // asked for once there is something to lose
  }

  async remove(id) {
    await this.shelf.dropPhoto(id);
    this.draft = { ...this.draft, photos: this.draft.photos.filter((p) => p.id !== id) };
    await this.keep({ state: "open" });
  }

  locate() {
    const said = this.field("position");
    said.textContent = this.words.locating;
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => {
        this.set({ position: { latitude: coords.latitude.toFixed(5), longitude: coords.longitude.toFixed(5), metres: Math.min(1e6, Math.round(coords.accuracy)) } });
        this.position();
      },
      () => { said.textContent = this.words.no_place; },
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  }

  position() {
    const p = this.draft.position;
    this.field("position").textContent = p ? say(this.words.located, { place: `${p.latitude}, ${p.longitude}`, metres: p.metres }) : "";
  }

  async draw() {
    const d = this.draft;
    this.field("enterprise").value = d.enterprise?.name ?? "";
    this.field("place").value = d.place;
    this.field("second").value = d.second?.name ?? "";
    this.enterprises.chosen = Boolean(d.enterprise);
    this.field("also").value = "";
    this.picked();
    this.together();
    this.seconds.chosen = Boolean(d.second);
    this.options();
    for (const name of texts) this.field(name).value = d[name] ?? "";
    const taken = this.form.querySelector("[data-taken]");
    taken.hidden = !d.finding;
    taken.textContent = d.finding ? say(this.words.from_library, { name: d.finding }) : "";
    this.part();
    this.fixed();
    this.due();
    this.position();
    this.form.querySelector("[data-meant]").hidden = !d.meant && !d.wrong?.fields.some((f) => f.name === "all_the_same"); // asked once it was doubted
    this.tell(this.draft.wrong ? this.told() : []);
    for (const shots of this.shots) await shots.show();
  }

  /** options are those that depend on the zone: its levels, its papers, the inspections under way. */
  options() {
    const kit = this.kit(), levels = kit.levels.length ? kit.levels : ["general", "major"].map((code) => ({ code, name: this.words[`level_${code}`] }));
    this.draft.level = levelOf(this.draft.level, kit.levels);
    this.form.querySelector("[data-part=level] div").replaceChildren(...levels.map(({ code, name }) => {
      const label = document.createElement("label"), input = document.createElement("input"), text = document.createElement("span");
      Object.assign(input, { type: "radio", name: "level", value: code, checked: code === this.draft.level });
      text.textContent = name;
      label.append(input, text);
      return label;
    }));
    for (const input of this.form.querySelectorAll("[name=handling]")) input.checked = input.value === this.draft.handling;
    this.form.querySelector("[name=series] [value=order]").hidden = !kit.enforces;
    const visits = this.field("inspection");
    visits.replaceChildren(visits.firstElementChild, ...kit.visits.map((v) => Object.assign(document.createElement("option"), { value: v.id, textContent: `${v.number} ${v.title}` })));
  }

  /** fixed closes what is on file already: it is put right on the hazard's own page, and what is typed here would go nowhere. The next step and more pictures are open. */
  fixed() {
    const on = this.draft.case, line = this.form.querySelector("[data-fixed]");
    for (const field of this.form.querySelectorAll(onFile.map((name) => `[name=${name}]`).join())) field.disabled = Boolean(on);
    line.hidden = !on;
    line.textContent = on ? say(this.words.on_file, { number: on.number }) : "";
  }

  /** together asks for a further addressee where others share the site, or one was said. */
  together() {
    this.form.querySelector("[data-also]").hidden = !alsoOf(this.draft).length && !beside(this.draft.enterprise, this.kit()).length;
  }

  /** addressed changes to whom it is addressed beside its enterprise. */
  addressed(also) {
    this.set({ also });
    this.picked();
    this.right("also");
  }

  /** picked shows them under the field, each with a button that takes it out. */
  picked() {
    const list = this.form.querySelector("[data-picked=also]"), also = alsoOf(this.draft);
    list.replaceChildren(...also.map((firm) => {
      const item = document.createElement("li"), drop = document.createElement("button");
      Object.assign(drop, { type: "button", className: "btn btn-plain", textContent: this.words.remove, disabled: Boolean(this.draft.case) });
      drop.setAttribute("aria-label", `${this.words.remove} ${firm.name}`);
      drop.addEventListener("click", () => {
        this.addressed(alsoOf(this.draft).filter((one) => one.id !== firm.id));
        this.field("also").focus();
      });
      item.append(firm.name, " ", drop);
      return item;
    }));
    list.hidden = also.length === 0;
  }

  /** part shows what the way of handling asks for. */
  part() {
    for (const part of this.form.querySelectorAll("[data-by]")) part.hidden = part.dataset.by !== this.draft.handling;
  }

  /** due says which day of the week it is and how many days there are: a phone shows a date as it likes. */
  due() {
    const day = this.draft.due_on, shown = (how) => new Date(`${day}T00:00:00`).toLocaleDateString(document.documentElement.lang, how);
    this.field("due").textContent = day ? say(this.words.due_in, { date: shown({ month: "long", day: "numeric" }), week: shown({ weekday: "short" }), n: between(this.today(), day) }) : "";
  }

  right(name) {
    const wrong = this.form.querySelector(`[data-wrong="${name}"]`);
    if (wrong) wrong.hidden = true;
    this.form.querySelector(`[name="${name}"]`)?.removeAttribute("aria-invalid");
  }

  /** tell says at each field what is wrong with it, and leads to the first. */
  tell(wrong) {
    for (const place of this.form.querySelectorAll("[data-wrong]")) this.right(place.dataset.wrong);
    let first;
    for (const { field, sentence } of wrong) {
      const place = this.form.querySelector(`[data-wrong="${field}"]`);
      if (!place) continue;
      place.hidden = false;
      place.querySelector("span").textContent = sentence;
      place.closest("details")?.setAttribute("open", "");
      const input = this.form.querySelector(`[name="${field}"]`) ?? place.closest("fieldset")?.querySelector("input");
      input?.setAttribute("aria-invalid", "true");
      input?.setAttribute("aria-describedby", place.id);
      first ??= input;
    }
    first?.focus();
  }

  /** told is what the program said of the draft, by the fields of this form. */
  told() {
    const names = { enterprise_id: "enterprise", also_ids: "also", location: "place", description: "what", inspector_ids: "second", own_level: "level", "Occurred-At": "found_on", attachments: this.draft.case ? "after" : "before", all_the_same: "meant" };
    return this.draft.wrong.fields.map((f) => ({ field: names[f.name.replace(/\[\d+\]$/, "")] ?? f.name, sentence: f.message }));
  }

  /** put keeps the draft as one that is not sent yet. */
  async put() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!touched(this.draft)) return;
    await this.keep({ state: "open", editing: false });
    await this.next(this.words.kept_open);
  }

  async send() {
    clearTimeout(this.timer);
    this.timer = 0;
    const wrong = faults(this.draft, this.kit().levels).map(({ field, words }) => ({ field, sentence: this.words[words] }));
    if (this.field("also").value.trim()) wrong.push({ field: "also", sentence: this.words.need_enterprise }); // typed, and nobody was chosen
    this.tell(wrong);
    if (wrong.length) return;
    const kept = await this.keep({ state: "waiting", why: "", wrong: null });
    await this.next(this.words.saved, kept);
    this.submitted();
  }

  /** next makes room for the next one: what is found next is in the same place. */
  async next(said) {
    this.begin(this.draft);
    await this.draw();
    const line = this.form.querySelector("#field-said");
    line.textContent = `${said} ${this.words.next_one}`;
    line.hidden = false;
    line.focus();
  }
}

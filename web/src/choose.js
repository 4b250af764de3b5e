// Choosing one among hundreds by typing a part of its name: a combobox with a list of suggestions (ARIA authoring practices, "list autocomplete").
// The form works without this file: what is chosen there by radio buttons is chosen here in the list.
import { activate, note, option } from "./suggestions.js";

const pause = 150; // ms without a key before the server is asked

class Choose extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    this.input = this.querySelector("input[type=text]");
    this.extra = this.querySelector(".pw-new");
    this.many = "many" in this.dataset;
    const chosen = this.many ? null : this.querySelector("input[type=radio]:checked");
    const several = this.many ? [...this.querySelectorAll("input[type=checkbox]:checked")].map((box) => [box.value, box.parentElement.querySelector("b").textContent]) : [];
    this.value = document.createElement("input");
    this.value.type = "hidden";
    this.value.name = this.getAttribute("name");
    this.value.value = chosen?.value ?? "";
    this.text = this.value.value === "new" ? this.extra.querySelector("input").value : this.value.value ? this.input.value : "";
    if (this.value.value) this.input.value = this.text;
    this.querySelector("button[name=_find]").remove();
    this.querySelector(".pw-found")?.remove();
    this.build();
    if (this.many) this.hold(new Map(several));
    this.drawn = { value: this.value.value, words: this.words };
    this.show(this.value.value === "new");
    this.judge();
    if (!this.value.value && this.input.value) this.ask();
  }

  build() {
    const id = this.input.id;
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: `${id}-list`, className: "pw-list", role: "listbox", hidden: true });
    this.list.setAttribute("aria-label", this.closest(".pw-field").querySelector("label").firstChild.textContent.trim());
    this.said = document.createElement("div");
    Object.assign(this.said, { className: "visually-hidden", role: "status" });
    this.input.after(this.list);
    this.append(this.value, this.said);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) this.input.setAttribute(name, value);
    this.input.required = "required" in this.dataset;
    this.input.addEventListener("compositionstart", () => { this.composing = true; });
    this.input.addEventListener("compositionend", () => { this.composing = false; this.typed(); });
    this.input.addEventListener("input", () => { if (!this.composing) this.typed(); });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("click", () => { if (this.list.hidden) this.ask(); });
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.pick(event.target.closest("[role=option]")));
  }

  // words are what the choice is called: what stands in the field, or where several are chosen the names of those under it.
  get words() { return this.many ? [...this.held.values()].join("、") : this.input.value; }

  // hold shows those that are chosen under the field, each with a button that takes it out, and sends their ids with commas between.
  hold(chosen) {
    this.held = chosen;
    this.picked ??= this.insertBefore(Object.assign(document.createElement("ul"), { className: "pw-picked" }), this.value);
    this.picked.replaceChildren(...[...chosen].map(([value, text]) => {
      const item = document.createElement("li"), drop = document.createElement("button");
      Object.assign(drop, { type: "button", className: "btn btn-plain", textContent: this.dataset.drop });
      drop.setAttribute("aria-label", `${this.dataset.drop} ${text}`);
      drop.addEventListener("click", () => {
        this.hold(new Map([...this.held].filter(([other]) => other !== value)));
        this.value.dispatchEvent(new Event("input", { bubbles: true }));
        this.input.focus();
      });
      item.append(text, " ", drop);
      return item;
    }));
    this.picked.hidden = chosen.size === 0;
    this.value.value = [...chosen.keys()].join(",");
    this.input.required = "required" in this.dataset && chosen.size === 0;
  }

  typed() {
    if (this.many) {
      this.judge();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), pause);
      return;
    }
    if (this.input.value.trim() === this.text && this.value.value) return;
    this.value.value = "";
    this.show(false);
    this.judge();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), pause);
  }

  // judge lets the browser refuse to send words from which nothing was chosen.
  judge() {
    this.input.setCustomValidity(this.input.value.trim() && (this.many || !this.value.value) ? this.dataset.pick : "");
  }

  async ask() {
    clearTimeout(this.timer);
    this.under?.abort();
    this.under = new AbortController();
    const words = this.value.value && !this.many ? "" : this.input.value.trim();
    const from = new URL(this.getAttribute("from"), location.href);
    from.searchParams.set("q", words);
    const beside = this.dataset.beside && this.closest("form")?.querySelector(`input[type=hidden][name="${this.dataset.beside}"]`)?.value;
    if (beside && beside !== "new") from.searchParams.set("beside", beside);
    try {
      const answer = await fetch(from, { signal: this.under.signal, headers: { Accept: "application/json" } });
      if (answer.ok && document.activeElement === this.input) this.offer(await answer.json(), words);
    } catch (fault) {
      if (fault.name !== "AbortError") this.close(); // what was typed stays, and searching without suggestions works
    }
  }

  offer({ found, more }, words) {
    if (this.many) found = found.filter((one) => !this.held.has(one.value));
    const options = found.map((one) => this.option(one.value, one.text, one.detail));
    if (words && "adds" in this.dataset && !found.some((one) => one.text === words)) options.push(this.option("new", this.dataset.add.replace("{}", words), "", words));
    if (more || !options.length) {
      options.push(note(more ? this.dataset.more : this.dataset.none));
    }
    this.list.replaceChildren(...options);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.moved = false; // the first is ready for Enter, and the first arrow down stays on it: nobody adds a company by the way
    this.activate(words && found.length ? options[0] : null);
    this.said.textContent = found.length ? this.dataset.some.replace("{}", found.length) : this.dataset.none;
    this.list.scrollIntoView({ block: "nearest" });
  }

  option(value, text, detail, name = text) {
    return option(`${this.list.id}-${this.count = (this.count ?? 0) + 1}`, text, detail, { value, text: name });
  }

  activate(item) { this.active = activate(this.input, this.active, item); }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return; // the input method has this key
    const options = [...this.list.querySelectorAll("[role=option]")], at = options.indexOf(this.active);
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        if (this.list.hidden) this.ask();
        else if (options.length) this.activate(options[(at + this.step(event.key, at) + options.length) % options.length]);
        break;
      case "Enter":
        if (!this.list.hidden && this.active) {
          event.preventDefault();
          this.pick(this.active);
        }
        break;
      case "Escape":
        if (!this.list.hidden) {
          event.preventDefault();
          this.close();
        }
        break;
    }
  }

  // step is how far an arrow goes from the option at a place.
  step(key, at) {
    const first = !this.moved;
    this.moved = true;
    if (key === "ArrowUp") return at < 0 ? 0 : -1;
    return first && at === 0 ? 0 : 1;
  }

  pick(item) {
    if (!item) return;
    if (this.many) {
      this.input.value = "";
      this.close();
      this.hold(new Map([...this.held, [item.dataset.value, item.dataset.text]]));
      this.judge();
      this.value.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    this.value.value = item.dataset.value;
    this.text = this.input.value = item.dataset.text;
    this.close();
    this.judge();
    this.value.dispatchEvent(new Event("input", { bubbles: true })); // for whoever keeps what is typed
    if (this.value.value !== "new") return;
    const name = this.extra.querySelector("input");
    name.value = this.text;
    this.show(true);
    name.focus();
  }

  // take chooses what was chosen before.
  take(value, words) {
    if (this.many) {
      const names = words ? words.split("、") : [];
      return this.hold(new Map(value ? value.split(",").map((id, i) => [id, names[i] ?? id]) : []));
    }
    this.value.value = value;
    this.input.value = words;
    this.text = value ? words : "";
    this.show(value === "new");
    this.judge();
  }

  // show opens what is asked of a new enterprise. Its fields are not sent while it is closed.
  show(open) {
    if (!this.extra) return;
    this.extra.hidden = !open;
    for (const field of this.extra.querySelectorAll("input, select")) field.disabled = !open;
    this.extra.querySelector("input").required = open;
  }

  close() {
    clearTimeout(this.timer);
    this.under?.abort();
    this.list.hidden = true;
    this.activate(null);
    this.input.setAttribute("aria-expanded", "false");
  }
}
customElements.define("pw-choose", Choose);

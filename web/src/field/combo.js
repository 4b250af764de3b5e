// A field in which typing offers what fits, from what is on the device (ARIA authoring practices, "list autocomplete").
import { activate, note, option } from "../suggestions.js";
import { find } from "./find.js";

const most = 30; // that are offered at once

export class Combo {
  /** items() are what can be chosen; show(item) is its name and what tells it from others; pick(item) is called with the one that is chosen, or with null once it is typed over. */
  constructor(input, { items, show, pick, words, free = false, short = Infinity }) {
    Object.assign(this, { input, items, show, pick, words, free, short });
    this.list = document.getElementById(input.getAttribute("aria-controls"));
    input.addEventListener("input", (event) => { if (!event.isComposing) this.typed(); });
    input.addEventListener("compositionend", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("click", () => { if (this.list.hidden && this.offers()) this.offer(); });
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  /** offers: a description that has grown is no search any more. */
  offers() { return this.input.value.trim().length <= this.short && (this.input.localName !== "textarea" || this.input.value.trim() !== ""); }

  typed() {
    this.pick(null);
    if (this.offers()) this.offer();
    else this.close();
  }

  offer() {
    const typed = this.chosen ? "" : this.input.value.trim();
    const found = find(this.items(), typed);
    this.found = found.slice(0, most);
    const options = this.found.map((item, at) => this.option(at, ...this.show(item)));
    if (found.length > most) options.push(note(this.words.more_found));
    else if (found.length === 0 && !this.free && this.input.localName !== "textarea") options.push(note(this.words.none_found));
    this.list.replaceChildren(...options);
    this.list.hidden = options.length === 0;
    this.expanded(!this.list.hidden);
    const status = document.getElementById(`${this.input.id}-found`); // a description is no combobox: it says that there is something to choose
    if (status) status.textContent = this.found.length ? this.words.some_found.replace("{n}", this.found.length) : "";
    this.activate(typed && this.found.length && !this.free && this.input.localName !== "textarea" ? options[0] : null);
  }

  option(at, text, detail) { return option(`${this.list.id}-${at}`, text, detail, { at }); }

  activate(item) { this.active = activate(this.input, this.active, item); }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return; // the input method has this key
    const options = [...this.list.querySelectorAll("[role=option]")], at = options.indexOf(this.active);
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !this.list.hidden && options.length) {
      event.preventDefault();
      this.activate(options[(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1) + options.length) % options.length]);
    } else if (event.key === "ArrowDown" && this.list.hidden && this.offers()) {
      event.preventDefault();
      this.offer();
    } else if (event.key === "Enter" && !this.list.hidden && this.active) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  expanded(is) { if (this.input.role === "combobox") this.input.setAttribute("aria-expanded", String(is)); }

  choose(option) {
    if (!option) return;
    this.close();
    this.pick(this.found[Number(option.dataset.at)]);
  }

  close() {
    this.list.hidden = true;
    this.expanded(false);
    this.activate(null);
  }
}

// What may be on file already is said while somebody types it, beneath the field that says so. Without this file it is said when the form is sent.

const pause = 300; // ms without a key before the server is asked

class Alike {
  constructor(form) {
    this.form = form;
    this.notice = document.createElement("div");
    this.notice.className = "pw-notice pw-alike";
    this.said = document.createElement("div"); // it stays, so that what is put into it is read out
    Object.assign(this.said, { className: "visually-hidden", role: "status" });
    form.append(this.said);
    const typed = (event) => {
      if (event.isComposing) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(event.target.closest?.(".pw-field")), pause);
    };
    for (const name of ["input", "change", "compositionend"]) form.addEventListener(name, typed);
    if (this.of("title") || this.of("facts.contact_phone")) this.ask(form.querySelector("[name=title]").closest(".pw-field")); // a draft, or what was refused
  }

  // of is what a field holds; an enterprise that is only about to be added is none yet.
  of(name) {
    const value = new FormData(this.form).get(name)?.trim() ?? "";
    return name === "enterprise_id" && value === "new" ? "" : value;
  }

  async ask(beneath) {
    const from = new URL(this.form.dataset.alike, location.href);
    for (const [name, field] of Object.entries({ title: "title", enterprise_id: "enterprise_id", phone: "facts.contact_phone", stage: "entry_stage" })) from.searchParams.set(name, this.of(field));
    if (!beneath || from.search === this.asked) return;
    this.asked = from.search;
    this.under?.abort();
    this.under = new AbortController();
    try {
      const answer = await fetch(from, { signal: this.under.signal, headers: { Accept: "application/json" } });
      this.show(answer.ok ? (await answer.json()).found : [], beneath);
    } catch (fault) {
      if (fault.name !== "AbortError") this.asked = ""; // it is said when the form is sent
    }
  }

  show(found, beneath) {
    const data = this.form.dataset;
    if (!found.length) {
      this.said.textContent = "";
      return this.notice.remove();
    }
    const title = document.createElement("strong"), lead = document.createElement("span"), list = document.createElement("ul");
    title.textContent = data.alikeTitle;
    lead.textContent = data.alikeLead;
    list.append(...found.map((one) => {
      const item = document.createElement("li"), link = document.createElement("a"), small = document.createElement("small");
      link.textContent = one.text;
      if (one.value) Object.assign(link, { href: data.alikeAt + one.value, target: "_blank" }); // what was typed stays
      small.textContent = one.detail;
      item.append(link, " ", small);
      return item;
    }));
    this.notice.replaceChildren(title, list, lead);
    if (!this.notice.isConnected || this.notice.previousElementSibling !== beneath) beneath.after(this.notice);
    this.said.textContent = [data.alikeTitle, ...found.map((one) => `${one.text} ${one.detail}`)].join(" ");
  }
}

for (const form of document.querySelectorAll("form[data-alike]")) new Alike(form);

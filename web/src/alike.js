// What may be on file already is said while somebody types it, beneath the field that says so. Without this file it is said when the form is sent.

const pause = 300; // ms without a key before the server is asked

for (const form of document.querySelectorAll("form[data-alike]")) {
  const notice = document.createElement("div");
  notice.className = "pw-notice pw-alike";
  notice.setAttribute("role", "status");
  const of = (name) => new FormData(form).get(name)?.trim() ?? "";
  let timer, under, asked = "";

  const show = (found, beneath) => {
    if (!found.length) return notice.remove();
    const title = document.createElement("strong"), lead = document.createElement("span"), list = document.createElement("ul");
    title.textContent = form.dataset.alikeTitle;
    lead.textContent = form.dataset.alikeLead;
    list.append(...found.map((one) => {
      const item = document.createElement("li"), link = document.createElement("a"), small = document.createElement("small");
      Object.assign(link, { href: `/projects/${one.value}`, target: "_blank", textContent: one.text }); // what was typed stays
      small.textContent = one.detail;
      item.append(link, " ", small);
      return item;
    }));
    notice.replaceChildren(title, list, lead);
    beneath.after(notice);
  };

  const ask = async (beneath) => {
    const from = new URL(form.dataset.alike, location.href);
    for (const [name, field] of Object.entries({ title: "title", enterprise_id: "enterprise_id", phone: "facts.contact_phone", stage: "entry_stage" })) from.searchParams.set(name, of(field));
    if (from.search === asked) return;
    asked = from.search;
    under?.abort();
    under = new AbortController();
    try {
      const answer = await fetch(from, { signal: under.signal, headers: { Accept: "application/json" } });
      show(answer.ok ? (await answer.json()).found : [], beneath);
    } catch (fault) {
      if (fault.name !== "AbortError") asked = ""; // it is said when the form is sent
    }
  };

  form.addEventListener("input", (event) => {
    const beneath = event.target.closest(".pw-field");
    if (!beneath || event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(() => ask(beneath), pause);
  });
}

// On a phone, where the lanes of a board lie below each other, a lane keeps its first so many cards and shows the others at a press. On a wide page, on paper and
// without this file all are there. What was opened stays open while the page is fetched again.
const narrow = matchMedia("(max-width: 767px)");
const opened = new Set();

class Lane extends HTMLElement {
  connectedCallback() {
    const lane = this.firstElementChild, keep = Number(this.dataset.keep);
    const rest = [...lane.querySelectorAll(":scope > article")].slice(keep);
    if (!narrow.matches || opened.has(this.dataset.name) || rest.length < 2 || rest.some((card) => card.id && `#${card.id}` === location.hash)) return;
    for (const card of rest) card.classList.add("is-folded");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn pw-unfold";
    button.textContent = this.dataset.more.replace("0", String(rest.length));
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => {
      opened.add(this.dataset.name);
      button.remove();
      for (const card of rest) card.classList.remove("is-folded");
      rest[0].querySelector("a")?.focus({ preventScroll: true });
    });
    lane.append(button);
  }
}
customElements.define("pw-lane", Lane);
addEventListener("hashchange", () => document.getElementById(location.hash.slice(1))?.closest("pw-lane")?.querySelector(".pw-unfold")?.click());

// Everything works without this file; it only makes things smoother.

htmx.config.includeIndicatorStyles = false; // the content security policy allows no inline styles

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    document.querySelector(".pw-search input")?.focus();
  }
});

// Shows what was chosen beside a file field, with a small picture where it is one.
class FileDrop extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input[type=file]");
    const list = document.createElement("ul");
    list.className = "pw-files";
    this.append(list);
    input.addEventListener("change", () => {
      list.replaceChildren(...[...input.files].map((file) => {
        const item = document.createElement("li");
        if (file.type.startsWith("image/")) {
          const picture = document.createElement("img");
          picture.alt = "";
          picture.src = URL.createObjectURL(file);
          item.append(picture);
        }
        item.append(`${file.name} · ${(file.size / 1048576).toFixed(1)} MB`);
        return item;
      }));
    });
  }
}
customElements.define("pw-file-drop", FileDrop);

// A form that was sent is not sent again by an impatient second press; the key would make that harmless, but the wait should show.
document.addEventListener("submit", (event) => {
  const button = event.target.querySelector("button[type=submit]");
  if (button && event.target.method === "post") setTimeout(() => { button.disabled = true; });
});
window.addEventListener("pageshow", () => document.querySelectorAll("button[type=submit]:disabled").forEach((b) => { b.disabled = false; }));

// A page that shows something under way looks again by itself.
const refresh = document.querySelector("[data-refresh]");
if (refresh) setTimeout(() => location.reload(), Number(refresh.dataset.refresh) * 1000);

// A menu behind a button opens and closes without scripts; here it also closes on Escape and when something else is chosen.
class Menu extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector("details");
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.querySelector("summary").focus();
    });
    document.addEventListener("pointerdown", (event) => { if (!this.contains(event.target)) details.open = false; });
    this.addEventListener("focusout", (event) => { if (event.relatedTarget && !this.contains(event.relatedTarget)) details.open = false; });
  }
}
customElements.define("pw-menu", Menu);

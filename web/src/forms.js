// What makes forms smoother: a session that has ended is renewed in place before a form is sent, and a day can be picked. Without this file a form
// that comes too late is kept on the server, and days are typed.

// again asks for the password over the page, and says whether its reader is signed in afterwards.
function again() {
  const dialog = document.querySelector("#sign-in-again").content.firstElementChild.cloneNode(true);
  const form = dialog.querySelector("form"), trouble = dialog.querySelector("[role=alert]");
  document.body.append(dialog);
  return new Promise((done) => {
    dialog.addEventListener("close", () => { dialog.remove(); done(dialog.returnValue === "in"); });
    dialog.querySelector("button[type=button]").addEventListener("click", () => dialog.close());
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      try {
        const sent = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
        if (sent.type === "opaqueredirect" && await signedIn()) return dialog.close("in");
        const answer = sent.type === "opaqueredirect" ? await fetch("/sign-in?refused=true") : sent; // where a refused one leads
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        trouble.textContent = page.querySelector("[role=alert]")?.textContent.trim() ?? answer.status;
      } catch (fault) {
        trouble.textContent = fault.message;
      }
      trouble.hidden = false;
      form.querySelector("[type=password]").select();
    });
    dialog.showModal();
  });
}

// signedIn asks the server. Whoever cannot be asked is taken for signed in: then the form is sent as it would be without this file.
async function signedIn() {
  try {
    const answer = await fetch("/session", { signal: AbortSignal.timeout(3000), headers: { Accept: "application/json" } });
    const { in: is, who } = await answer.json();
    return is && who === document.querySelector("#sign-in-again").content.querySelector("[name=username]").value;
  } catch {
    return true;
  }
}

const checked = new WeakSet();
document.addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  if (form.method !== "post" || form.closest("dialog") || !document.querySelector("#sign-in-again") || form.action.endsWith("/sign-out")) return;
  if (checked.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.asking) return;
  form.dataset.asking = "";
  const sure = (await signedIn()) || (await again());
  delete form.dataset.asking;
  if (!sure) return;
  checked.add(form);
  form.requestSubmit(button);
}, true);

// A day is typed as people write it, or picked from the browser's calendar.
class Day extends HTMLElement {
  connectedCallback() {
    if (this.picker) return;
    const input = this.querySelector("input");
    this.picker = document.createElement("input");
    Object.assign(this.picker, { type: "date", className: "pw-picker", tabIndex: -1 });
    this.picker.setAttribute("aria-label", this.dataset.label);
    if (!this.picker.showPicker) return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-plain", textContent: this.dataset.label });
    button.addEventListener("click", () => {
      const [, y, m, d] = input.value.match(/(\d{4})\D+(\d{1,2})\D+(\d{1,2})/) ?? [];
      if (y) this.picker.value = `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
      this.picker.showPicker();
    });
    this.picker.addEventListener("change", () => { if (this.picker.value) input.value = this.picker.value; });
    this.append(button, this.picker);
  }
}
customElements.define("pw-day", Day);

// A limit is shown before it is reached, and checked before a form is sent: how long a text may be, how large a number, how many and how large files.
// The server checks all of it too; without this file the browser stops at a text's limit and the server says the rest.

const said = document.querySelector("#draft-words")?.dataset;
const near = 0.8; // of a limit: from here on it is said how much is left

const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const length = (text) => [...text.replace(/\r\n?/g, "\n")].length; // as the server counts: characters, not bytes

// A text over its limit is not cut off as it is pasted: it stays, and says by how much it is too long.
function count(field) {
  const limit = field.maxLength, line = document.createElement("p");
  field.removeAttribute("maxlength");
  line.className = "pw-left";
  line.setAttribute("aria-live", "polite");
  field.closest(".pw-field").append(line);
  const look = () => {
    const n = length(field.value.trim()), over = n - limit;
    line.classList.toggle("is-over", over > 0);
    line.textContent = over > 0 ? say(said.over, { n: over }) : n >= near * limit ? say(said.left, { n: -over }) : "";
    field.setCustomValidity(over > 0 ? line.textContent : "");
  };
  field.addEventListener("input", look);
  field.addEventListener("resumed", look);
  look();
}

// A number may be written in any digits; what cannot be read here is left to the server, which says what it cannot read. The range that stands below the field is
// marked while a number is out of it; the server refuses it there, among whatever else is wrong, and not a bubble of the browser's.
function hold(field) {
  const { least, most, range } = field.dataset;
  const line = [...field.closest(".pw-field").querySelectorAll(".pw-hint")].find((hint) => hint.textContent.trim() === range);
  line?.setAttribute("aria-live", "polite");
  const look = () => {
    const text = field.value.normalize("NFKC").replace(/[,\s]/g, ""), n = Number(text);
    line?.classList.toggle("is-over", text !== "" && Number.isFinite(n) && (n < Number(least ?? -Infinity) || n > Number(most ?? Infinity)));
  };
  field.addEventListener("input", look);
  field.addEventListener("resumed", look);
  look();
}

if (said) {
  for (const field of document.querySelectorAll("main form[method=post] :is(textarea, input[type=text])[maxlength]")) {
    if (field.closest(".pw-field") && !field.closest("pw-choose, pw-day") && !/numeric|decimal/.test(field.inputMode)) count(field);
  }
  for (const field of document.querySelectorAll("main form[method=post] input[data-range]")) hold(field);
}

const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

// Shows what was chosen beside a file field, with a small picture where it is one, and says at once which of them cannot be taken.
class FileDrop extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input[type=file]"), list = document.createElement("ul"), wrong = document.createElement("div");
    list.className = "pw-files";
    wrong.setAttribute("role", "alert");
    this.append(list);
    let kept = [];
    const show = (files) => {
      kept = files;
      const all = new DataTransfer();
      files.forEach((file) => all.items.add(file));
      input.files = all.files;
      const faults = [...new Set([...files.map((f) => this.fault(f)), ...this.together(files)])].filter(Boolean);
      list.replaceChildren(...files.map((file) => {
        const item = this.item(file), off = document.createElement("button");
        off.type = "button";
        off.className = "btn btn-plain";
        off.textContent = this.dataset.remove;
        off.setAttribute("aria-label", `${this.dataset.remove} ${file.name}`);
        off.addEventListener("click", () => { show(kept.filter((one) => one !== file)); input.focus(); });
        item.append(off);
        return item;
      }));
      if (faults.length > 0) this.append(wrong);
      else wrong.remove();
      wrong.replaceChildren(...faults.map((fault) => Object.assign(document.createElement("p"), { className: "pw-wrong", textContent: fault })));
      input.setCustomValidity(faults[0] ?? "");
    };
    // A camera takes one at a time, and a phone forgets what was chosen before: what comes is added to what is there.
    const same = (a, b) => a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
    input.addEventListener("change", () => {
      const come = [...input.files];
      if (come.length > 0 || !input.multiple) show(input.multiple ? [...kept.filter((file) => !come.some((one) => same(one, file))), ...come] : come);
      else show(kept);
    });
  }

  // fault is why a file cannot be taken, or "".
  fault(file) {
    const { endings, each, kind, large, empty } = this.dataset, name = file.name.toLowerCase();
    if (endings && !endings.split(",").some((ending) => name.endsWith(ending))) return say(kind, file);
    if (file.size === 0) return say(empty, file);
    if (each && file.size > Number(each)) return say(large, { name: file.name, size: size(file.size) });
    return "";
  }

  together(files) {
    const { most, many, all, heavy } = this.dataset;
    return [most && files.length > Number(most) ? many : "", all && files.reduce((sum, f) => sum + f.size, 0) > Number(all) ? heavy : ""];
  }

  item(file) {
    const item = document.createElement("li");
    if (file.type.startsWith("image/")) {
      const picture = document.createElement("img");
      picture.alt = "";
      picture.src = URL.createObjectURL(file);
      item.append(picture);
    }
    item.append(`${file.name} · ${size(file.size)}`);
    return item;
  }
}
customElements.define("pw-file-drop", FileDrop);

// The server names everything that is missing or wrong at once, each at its field, so the browser does not stop at the first. What is over a limit that is
// said beside the field is not sent.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[novalidate]") || ![...form.elements].some((field) => field.validity?.customError)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  form.reportValidity();
}, true);

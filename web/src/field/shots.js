// Pictures are taken before anything is saved, and lie on the device as they came: not a byte is changed, so that the hash is that of the camera's file.

const pictured = (file) => (file.type.startsWith("image/") && !file.type.includes("svg")) || /\.(heic|heif)$/i.test(file.name);

export const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

/** sift says which of the files that were chosen can be taken, beside those that are there, and in words why others cannot: [[words, values], …]. */
export function sift(files, there, { most, largest }) {
  const take = [], said = [];
  let over = 0;
  for (const file of files) {
    if (!pictured(file)) said.push(["not_picture", { name: file.name }]);
    else if (file.size === 0) said.push(["empty_file", { name: file.name }]);
    else if (largest && file.size > largest) said.push(["too_large", { name: file.name, size: size(file.size), most: size(largest) }]);
    else if (there + take.length >= most) over++;
    else take.push(file);
  }
  if (over) said.push(["too_many", { most, over }]);
  return { take, said };
}

export const say = (sentence, values = {}) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** Shots are the pictures of one phase of the draft that is being written. */
export class Shots {
  constructor(place, { words, limits, photos, add, remove, blob }) {
    Object.assign(this, { place, words, limits, photos, add, remove, blob, phase: place.dataset.shots, shown: new Map() });
    this.list = place.querySelector("ul");
    this.wrong = place.querySelector("[data-wrong]");
    for (const input of place.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", async () => {
        const files = [...input.files];
        input.value = ""; // the same one can be chosen again once it was removed
        await this.take(files);
      });
    }
  }

  async take(files) {
    const { take, said } = sift(files, this.photos().length, this.limits());
    try {
      if (take.length) await this.add(take, this.phase);
    } catch (fault) {
      if (fault.name !== "QuotaExceededError") throw fault;
      said.push(["no_room"]);
    }
    this.tell(said.map(([name, values]) => say(this.words[name], values)));
    await this.show();
  }

  tell(sentences) {
    this.wrong.hidden = sentences.length === 0;
    this.wrong.querySelector("span").textContent = sentences.slice(0, 5).join(" ");
  }

  async show() {
    const turn = (this.turn = (this.turn ?? 0) + 1), mine = this.photos().filter((p) => p.phase === this.phase), items = [];
    for (const [id, url] of this.shown) {
      if (mine.some((p) => p.id === id)) continue;
      URL.revokeObjectURL(url);
      this.shown.delete(id);
    }
    for (const photo of mine) items.push(await this.item(photo));
    if (turn === this.turn) this.list.replaceChildren(...items); // a thumb is faster than the device: what was drawn last stands
  }

  async item(photo) {
    const item = document.createElement("li"), off = document.createElement("button");
    if (!this.shown.has(photo.id)) {
      const blob = await this.blob(photo.id);
      if (blob) this.shown.set(photo.id, URL.createObjectURL(blob));
    }
    const picture = document.createElement("img");
    picture.alt = photo.name;
    picture.src = this.shown.get(photo.id) ?? "";
    picture.addEventListener("error", () => picture.replaceWith(Object.assign(document.createElement("span"), { className: "pw-unseen", textContent: photo.name })));
    Object.assign(off, { type: "button", className: "btn btn-plain", textContent: this.words.remove });
    off.setAttribute("aria-label", say(this.words.remove_photo, { name: photo.name }));
    off.addEventListener("click", async () => {
      await this.remove(photo.id);
      await this.show();
      this.place.querySelector("input").focus();
    });
    item.append(picture, off);
    return item;
  }
}

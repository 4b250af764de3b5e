// The drafts on this device, each with where it stands: on this device, being sent, sent with its number, or refused with the reason.
import { say } from "./shots.js";
import { leaves } from "./who.js";

const el = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text ?? "" });
const shapes = { open: "wait", waiting: "wait", sending: "doing", sent: "done", refused: "fail" };
const wall = (iso) => iso.slice(0, 16).replace("T", " ");

export class DraftList {
  constructor(place, { shelf, words, edit, send, anew, signIn }) {
    Object.assign(this, { place, shelf, words, edit, send, anew, signIn });
    this.list = place.querySelector("ul");
  }

  async show(current) {
    const all = await this.shelf.drafts(), items = all.map((d) => this.item(d, current));
    const count = document.querySelector("#field-count"), left = all.filter((d) => d.state !== "sent").length;
    leaves(this.shelf.owner, left);
    count.hidden = left === 0;
    count.textContent = say(this.words.count, { n: left });
    this.list.replaceChildren(...(items.length ? items : [el("li", "pw-hint", this.words.empty)]));
    return all;
  }

  item(d, current) {
    const { words } = this, item = el("li", "pw-draft"), state = el("span", "pw-status");
    item.dataset.state = d.state;
    item.dataset.draft = d.id;
    state.append(document.querySelector(`template[data-shape=${shapes[d.state]}]`).content.cloneNode(true), this.stands(d));
    const title = el("h3", "", [d.enterprise?.name || words.untold, d.place].filter(Boolean).join(" · "));
    const meta = el("p", "pw-meta");
    meta.append(el("span", "", say(words.at_phone, { at: wall(d.claimed) })));
    if (d.received) meta.append(el("span", "", say(words.at_received, { at: wall(new Date(Date.parse(d.received) + 8 * 3600_000).toISOString()) })));
    if (d.photos.length) meta.append(el("span", "", say(words.photos_of, { n: d.photos.length })));
    item.append(title, el("p", "pw-typed", d.what || words.untold), state, meta, ...this.reasons(d), this.ways(d, current));
    return item;
  }

  stands(d) {
    const { words } = this, arrived = d.photos.filter((p) => p.upload_id).length;
    if (d.state === "sending" && arrived < d.photos.length) return say(words.sending_photos, { n: arrived + 1, all: d.photos.length });
    if (d.state === "sent") return `${words.state_sent}：${say(words.recorded_as, { number: d.case.number })}`;
    return words[`state_${d.state}`];
  }

  reasons(d) {
    const { words } = this, all = [];
    if (d.state === "waiting" && d.why) all.push(el("p", "pw-small", words[`wait_${d.why}`]));
    if (d.state === "refused") {
      const fields = d.wrong.fields.map((f) => f.message).filter((text) => text !== d.wrong.title);
      const lead = d.case ? say(words.step_refused, { number: d.case.number }) : words.refused;
      all.push(el("p", "pw-refused", [lead, d.wrong.title || words.turned_away, ...fields].join(" ")));
    }
    if (d.state === "sent" && d.followed) {
      const series = document.querySelector(`#field-series option[value=${d.series}]`)?.textContent ?? "";
      all.push(el("p", "pw-small", d.followed.name === "fix-on-spot" ? words.closed_on_spot : say(words.noticed_as, { series, due: d.followed.due_on })));
    }
    const added = d.photos.filter((p) => p.filed).length;
    if (added) all.push(el("p", "pw-small", say(words.added_later, { n: added, number: d.case.number })));
    if (d.earlier) all.push(el("p", "pw-small", say(words.earlier_sent, { number: d.case.number })));
    return all;
  }

  ways(d, current) {
    const { words } = this, ways = el("div", "pw-actions");
    const way = (text, press, kind = "btn-plain") => {
      const button = Object.assign(el("button", `btn ${kind}`, text), { type: "button" });
      button.addEventListener("click", press);
      ways.append(button);
      return button;
    };
    if (d.case) ways.append(Object.assign(el("a", "btn btn-plain", `${words.open_case} ${d.case.number}`), { href: `/hazards/${d.case.id}` }));
    if (d.state === "waiting" && d.why === "signin") ways.append(Object.assign(el("a", "btn btn-plain", words.sign_in), { href: this.signIn }));
    if (d.state === "waiting" && d.why !== "signin") way(words.send_now, () => this.send(d));
    if (d.state === "refused" && d.wrong.code === "key_reused" && !d.case) way(words.as_new, () => this.anew(d));
    if (["open", "waiting", "refused"].includes(d.state) && d.id !== current) way(words.edit, () => this.edit(d));
    if (d.state !== "sending") this.dropping(d, way);
    return ways;
  }

  /** dropping asks once more where something would be lost. */
  dropping(d, way) {
    const { words } = this;
    const drop = way(words.drop, async () => {
      if (d.state !== "sent" && drop.textContent !== words.drop_sure) {
        drop.textContent = words.drop_sure;
        return;
      }
      await this.shelf.drop(d.id);
      this.gone(d);
    });
    drop.addEventListener("blur", () => { drop.textContent = words.drop; });
  }
}

// A draft: what it is when it begins, what it lacks, and what of it is sent. Nothing here needs a page or a network.

/** dayAt is the zone's day at an instant. */
export const dayAt = (ms) => new Date(ms + 8 * 3600_000).toISOString().slice(0, 10);

/** later is so many days after a day. */
export const later = (day, n) => new Date(Date.parse(`${day}T00:00:00Z`) + n * 86400_000).toISOString().slice(0, 10);

/** between is how many days lie from one day to another. */
export const between = (a, b) => Math.round((Date.parse(b) - Date.parse(a)) / 86400_000);

/** claims is an instant as the device's own clock and zone have it: 2026-11-23T09:00:00+08:00. */
export function claims(at = new Date()) {
  const off = -at.getTimezoneOffset(), two = (n) => String(Math.trunc(Math.abs(n))).padStart(2, "0");
  return new Date(at.getTime() + off * 60_000).toISOString().slice(0, 19) + (off < 0 ? "-" : "+") + two(off / 60) + ":" + two(off % 60);
}

/** newId is an Idempotency-Key for ever: crypto.randomUUID is missing where a page is not https. */
export function newId(random = crypto) {
  if (random.randomUUID) return random.randomUUID();
  const b = random.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const hex = [...b].map((n) => n.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** blank is a draft that begins. What an inspector finds next is in the same place: enterprise, inspectors and inspection are taken over from the one before. */
export function blank({ today, now = new Date(), before }) {
  return {
    form: 1, state: "open", at: now.getTime(), claimed: claims(now), enterprise: before?.enterprise ?? null, also: [], meant: "", place: before?.place ?? "", what: "", finding: "", clause: "", category: "",
    requirement: "", level: "general", handling: "deadline", due_on: today ? later(today, usual) : "", second: before?.second ?? null, series: before?.series ?? "advice", note: "",
    inspection: before?.inspection ?? "", found_on: today ?? "", by_hand: false, position: null, photos: [], of: before?.place || before?.inspection ? (before.enterprise?.id ?? before.of ?? "") : "",
  };
}

const usual = 7; // days to rectify, until somebody says otherwise

/** touched reports whether there is something in it that its writer would miss. */
export const touched = (d) => Boolean(d.what.trim() || d.note.trim() || d.photos.length);

/**
 * write puts a change into the draft. When it was written down is when something is first written into it, not when the form was laid out for it, after the draft before:
 * a page lies open overnight. What its writer has said of the days stays.
 */
export function write(draft, change, { today, now = new Date() }) {
  let d = draft;
  if (!d.begun && !touched(d)) {
    d = { ...d, at: now.getTime(), claimed: claims(now) };
    if (today && !d.by_hand) d.found_on = today;
    if (today && !d.due_by_hand) d.due_on = later(today, usual);
  }
  d = { ...d, ...(typeof change === "function" ? change(d) : change) };
  return touched(d) ? { ...d, begun: true } : d;
}

/** coded is the enterprise that a printed code means: the one it was printed for, or what that one became when it was merged. A kit kept from before says nothing of mergers. */
export function coded(kit, id) {
  return kit.enterprises.find((e) => e.id === id) ?? kit.enterprises.find((e) => e.merged?.includes(id));
}

/** beside are the enterprises that share a site with one, landlord or tenant: what is found there can be addressed to both (厂中厂). */
export function beside(firm, kit) {
  if (!firm || !kit?.tenancies) return []; // a kit that was kept by the program before knows of none
  const ids = new Set(kit.tenancies.flatMap((t) => (t.enterprise_id === firm.id ? [t.tenant_id] : t.tenant_id === firm.id ? [t.enterprise_id] : [])));
  return kit.enterprises.filter((e) => ids.has(e.id));
}

/** alsoOf are the further addressees of a draft: none, or one, of a draft that an older page kept. */
export const alsoOf = (draft) => (Array.isArray(draft.also) ? draft.also : draft.also ? [draft.also] : []);

/** moves puts the draft at another enterprise. A place that was taken over, or chosen from the list of the one before, is not there; neither is that one's inspection. What was typed stays. */
export function moves(draft, firm, visits = []) {
  if (firm && draft.enterprise?.id !== firm.id) draft = { ...draft, also: [] }; // who shares its site is somebody else
  if (!firm || !draft.of || draft.of === firm.id) return { ...draft, enterprise: firm };
  const visit = visits.find((v) => v.id === draft.inspection);
  return { ...draft, enterprise: firm, of: "", place: "", inspection: visit && (!visit.enterprise_id || visit.enterprise_id === firm.id) ? draft.inspection : "" };
}

/** take puts an entry of the library into the draft. */
export function take(draft, finding, today) {
  const level = finding.level, days = finding.days || usual;
  return { ...draft, what: finding.wording, finding: finding.name, clause: finding.clause, category: finding.category, requirement: finding.requirement, level, handling: finding.handling, due_on: later(today, days) };
}

const statutory = (draft, levels) => levels.find((l) => l.code === draft.level)?.statutory ?? draft.level;

/** levelOf is the level by its code where the office has its own, for one that is the statutory one until somebody chooses. */
export const levelOf = (level, levels) => (levels.length === 0 || levels.some((l) => l.code === level) ? level : levels.find((l) => l.statutory === level)?.code ?? levels[0].code);

/** faults names what is missing before it can be sent: the field, and which words say so. What the rules of the program refuse, it says itself. */
export function faults(draft, levels) {
  const major = statutory(draft, levels) === "major", all = [];
  const need = (is, field, words) => { if (!is) all.push({ field, words }); };
  need(draft.enterprise, "enterprise", "need_enterprise");
  need(draft.place.trim(), "place", "need_place");
  need(draft.what.trim(), "what", "need_what");
  need(!major || draft.clause.trim(), "clause", "need_clause");
  if (draft.handling === "deadline") {
    need(draft.due_on, "due_on", "need_due");
    need(draft.second, "second", "need_second");
  } else {
    need(!major, "handling", "major_spot");
    need(draft.photos.some((p) => p.phase === "after"), "after", "need_after");
    need(draft.note.trim(), "note", "need_note");
  }
  return all;
}

const longest = 7; // days for which a device may have been without a network, as far as its clock is believed

/**
 * occurred is the day of the deed where it is not the day on which it is received. It is what the writer says; what the page filled in by the device's clock counts only
 * where it is of the last days: a clock that was turned a year on or back says nothing.
 */
export function occurred(draft, today) {
  const on = draft.found_on;
  if (!on || on === today) return "";
  if (!draft.by_hand && (on > today || between(on, today) > longest)) return "";
  return `${on}T12:00:00+08:00`;
}

const files = (draft, phase) => draft.photos.filter((p) => p.phase === phase).map((p) => ({ upload_id: p.upload_id, phase }));

/** record is the command that puts it on file. */
export function record(draft, levels) {
  const own = levels.some((l) => l.code === draft.level);
  return trim({
    attachments: files(draft, "before"), enterprise_id: draft.enterprise.id, also_ids: alsoOf(draft).map((firm) => firm.id), location: draft.place.trim(), description: draft.what.trim(), [own ? "own_level" : "level"]: draft.level,
    clause: draft.clause.trim(), category: draft.category.trim(), inspector_ids: draft.second ? [draft.second.id] : [], inspection: draft.inspection, all_the_same: (draft.meant ?? "").trim(), noted: { at: draft.claimed, ...draft.position },
  });
}

/** then is the command after it: what was removed on the spot is closed, the rest gets its paper. */
export function then(draft) {
  if (draft.handling === "at_once") return { name: "fix-on-spot", body: trim({ attachments: files(draft, "after"), note: draft.note.trim(), all_the_same: (draft.meant ?? "").trim() }) };
  return { name: "issue-notice", body: { requirement: draft.requirement.trim() || draft.what.trim(), due_on: draft.due_on, inspector_ids: [draft.second.id], series: draft.series } };
}

/** told are the words of a command: without its pictures, without what the device claims of it, without who inspects, whom the paper names anew, and without why it is meant all the same. */
const told = ({ attachments: _, noted: __, inspector_ids: ___, all_the_same: ____, ...words }) => JSON.stringify(words);

/** onFile are the uploads that were sent with the hazard and with what followed it. */
const onFile = ({ first, paper }) => [...(first.body.attachments ?? []), ...(paper?.body.attachments ?? [])].map((a) => a.upload_id);

/** unsaid reports whether the draft says something else than what the program has of it: it was changed after that was sent. Pictures that were added are put there (unfiled). */
export function unsaid(draft, levels) {
  const { first, paper } = draft, { name, body } = then(draft);
  if (told(record(draft, levels)) !== told(first.body) || (first.found_on && first.found_on !== draft.found_on)) return true;
  if (paper && (name !== paper.name || told(body) !== told(paper.body) || String(body.inspector_ids) !== String(paper.body.inspector_ids))) return true;
  return onFile(draft).some((id) => !draft.photos.some((p) => p.upload_id === id));
}

/** unfiled are the pictures that the form shows and the program has on no record: they were taken after the rest was sent. */
export function unfiled(draft) {
  const sent = onFile(draft);
  return draft.photos.filter((p) => !p.filed && !sent.includes(p.upload_id) && (p.phase === "before" || draft.handling === "at_once"));
}

/** trim leaves out what nothing was said of. */
function trim(body) {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== "" && !(Array.isArray(value) && value.length === 0)));
}

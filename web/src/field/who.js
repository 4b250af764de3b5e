// Whose drafts this device shows where there is no network to ask: those of whoever used the field page last, until they sign out.
const key = "parkway-field";

export function known() {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

export function knownAs(me) {
  try {
    localStorage.setItem(key, JSON.stringify({ id: me.id, name: me.name }));
  } catch { /* forbidden: then a page without a network shows nobody's */ }
}

/** leave forgets whose they are: once somebody signs out, or somebody else is there. The drafts stay for their writer. */
export function leave(whose) {
  const me = known();
  if (me && me.id !== whose) localStorage.removeItem(key);
}

const count = (whose) => `parkway-field-left ${whose}`;

/** left is how many drafts of the person lie on this device and are not sent: every page says so. */
export function left(whose) {
  try {
    return Number(localStorage.getItem(count(whose)));
  } catch {
    return 0;
  }
}

export function leaves(whose, n) {
  try {
    if (n) localStorage.setItem(count(whose), String(n));
    else localStorage.removeItem(count(whose));
  } catch { /* forbidden: then only the field page says so */ }
}

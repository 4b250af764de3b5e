// Finds by what somebody types, on the device: a part of a name, or the first letters of its pinyin. The program has given every name the form in which it is compared.

const plain = (text) => text.normalize("NFKC").toLowerCase();

/** closeness is how well the words answer one part of what was typed: 0 the whole, 1 a beginning, 2 somewhere; 9 not at all. */
function closeness(search, part) {
  let best = 9;
  for (const word of search) {
    const at = word === part ? 0 : word.startsWith(part) ? 1 : word.includes(part) ? 2 : 9;
    best = Math.min(best, at);
  }
  return best;
}

/** find returns the items that answer every part of what was typed, the closest first and otherwise in their order. */
export function find(items, typed) {
  const parts = plain(typed).split(/\s+/).filter(Boolean);
  if (parts.length === 0) return [...items];
  const ranked = [];
  items.forEach((item, at) => {
    const search = item.search.split(" "), ranks = parts.map((part) => closeness(search, part));
    if (Math.max(...ranks) < 9) ranked.push({ item, at, rank: ranks.reduce((sum, n) => sum + n, 0) });
  });
  return ranked.sort((a, b) => a.rank - b.rank || a.at - b.at).map(({ item }) => item);
}

// What fields in which typing offers suggestions have in common, wherever those come from (ARIA authoring practices, "list autocomplete").

/** A suggestion: what it is called, what tells it from others, and in data what its field finds it by. */
export function option(id, text, detail, data) {
  const item = document.createElement("li"), strong = document.createElement("b");
  item.role = "option";
  item.id = id;
  Object.assign(item.dataset, data);
  item.setAttribute("aria-selected", "false");
  strong.textContent = text;
  item.append(strong);
  if (detail) {
    const small = document.createElement("small");
    small.textContent = detail;
    item.append(" ", small);
  }
  return item;
}

/** A line among suggestions that cannot be chosen: there are more, or none. */
export function note(text) {
  const item = document.createElement("li");
  item.role = "presentation";
  item.className = "pw-hint";
  item.textContent = text;
  return item;
}

/** Lets Enter take another suggestion than the former one, or none, and returns it. */
export function activate(input, former, item) {
  former?.setAttribute("aria-selected", "false");
  item?.setAttribute("aria-selected", "true");
  item?.scrollIntoView({ block: "nearest" });
  if (item) input.setAttribute("aria-activedescendant", item.id);
  else input.removeAttribute("aria-activedescendant");
  return item;
}

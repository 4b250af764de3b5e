// What is asked only where another question is answered so is shown then, and put away when it is not. Without this file it is folded, and says itself when it is asked.
for (const part of document.querySelectorAll("details[data-only]")) {
  const form = part.closest("form"), answers = part.dataset.answers.split("|"), name = part.dataset.only;
  const look = () => {
    const chosen = [...form.elements].some((one) => (one.name === name || one.name.startsWith(`${name}.`)) && one.checked && answers.includes(one.value));
    part.hidden = !chosen && !part.querySelector(".is-wrong");
    part.open = !part.hidden;
  };
  form.addEventListener("change", look);
  look();
}

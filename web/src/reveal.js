// A password is shown while its button is pressed in. Without this file there is no button.
for (const button of document.querySelectorAll("[data-reveal]")) {
  const field = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!shown));
    field.type = shown ? "password" : "text";
    field.focus();
  });
  field.form.addEventListener("submit", () => { field.type = "password"; }); // no browser keeps it among what was typed
}

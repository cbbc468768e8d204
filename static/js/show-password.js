// Shows a password while it is typed. Without scripts its button stays hidden.
"use strict";

for (const button of document.querySelectorAll("button.show-password")) {
  const input = document.getElementById(button.getAttribute("aria-controls"));
  const show = (isShown) => {
    input.type = isShown ? "text" : "password";
    button.setAttribute("aria-pressed", isShown);
  };
  button.hidden = false;
  button.addEventListener("click", () => show(input.type === "password"));
  // What is sent as text is remembered by browsers.
  input.form.addEventListener("submit", () => show(false));
}

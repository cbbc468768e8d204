// Looks again at something that a job is busy with, until somebody would rather not. Without scripts a link does.
"use strict";

const button = document.querySelector("button.look-again");
const looking = setInterval(() => {
  // Whoever is about to press a button is not carried away from it.
  if (!document.activeElement.closest("form, .actions")) location.reload();
}, 4000);
button.hidden = false;
button.addEventListener("click", () => {
  clearInterval(looking);
  button.hidden = true;
});

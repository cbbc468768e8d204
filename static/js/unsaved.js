// Asks before somebody leaves what she has typed and not saved. Without scripts nobody is asked.
"use strict";

const unsaved = new Set();
const keep = (form) => {
  if (form?.getAttribute("method") === "post") unsaved.add(form);
};

// What was sent back with a mistake is not saved yet.
for (const field of document.querySelectorAll("[aria-invalid=true]")) keep(field.form);
document.addEventListener("input", (event) => keep(event.target.form));
document.addEventListener("submit", (event) => unsaved.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if (unsaved.size > 0) event.preventDefault();
});

// Lets things of a list be put into order by dragging them. Without scripts the buttons beside each do.
"use strict";

for (const list of document.querySelectorAll(".arrange")) {
  let held = null;
  let next = null;

  for (const item of list.children) {
    item.draggable = true;
    // Else a link or a picture would be dragged out of it.
    for (const part of item.querySelectorAll("a, img")) part.draggable = false;
  }
  list.addEventListener("dragstart", (event) => {
    held = event.target;
    next = held.nextElementSibling;
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest(".arrange > *");
    if (!held || !over) return;
    event.preventDefault();
    const isLater = held.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (over !== held) over[isLater ? "after" : "before"](held);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", (event) => {
    if (event.dataTransfer.dropEffect === "none") list.insertBefore(held, next);
    else if (held.nextElementSibling !== next) send(held);
    held = null;
  });

  const send = (item) => {
    const place = [...list.children].indexOf(item) + 1;
    const to = Object.assign(document.createElement("input"), { type: "hidden", name: "to", value: place });
    const form = item.querySelector("form");
    form.append(to);
    form.requestSubmit();
  };
}

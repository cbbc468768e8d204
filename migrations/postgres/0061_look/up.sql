-- How the storefront looks, as JSON (look/model.rs): what shoppers see, and what is being tried out.
CREATE TABLE look (
  state TEXT NOT NULL PRIMARY KEY CONSTRAINT look_state_known CHECK (state IN ('published', 'draft')),
  data TEXT NOT NULL
);

//! Pictures of the goods: taken in, made in the widths that pages use, shown. Owns the tables `media`,
//! `media_text` and `product_media`; its files lie in [`crate::files`].
//!
//! What a merchant uploads is kept as it is and never shown. A job draws it anew: upright, in the
//! colours of screens, without what a camera has written into it. Until then a page has a placeholder
//! of the same size. Files are written before the row that names them and removed before it goes, and
//! no name is ever used again, so that whatever is cut off leaves no page without its picture.
//!
//! The demo shop's pictures are rows as well, whose files are in the binary. An order keeps the name of
//! the picture that it was placed by (`Picture::packed`), so one that an order shows stays for ever.

mod arrange;
mod draw;
mod intake;
mod make;
mod model;
mod queries;
pub mod show;
mod sweep;

pub use arrange::{Move, remove, shift, show_these};
pub use intake::{MOST, take_in, take_in_alone};
pub use model::{MOST_PICTURES, NewPicture, PictureMistake, PictureRow, Status, Words};
pub use queries::{
    find_alone, find_named, find_of, insert_ready, keep, let_go, of_product, set_words, show_by,
    words_for_change,
};
pub use sweep::works;

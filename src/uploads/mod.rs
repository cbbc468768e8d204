//! Files that visitors send: taken in within limits, and made into pictures of our own. Owns no
//! table. What a file is called and says to be is never looked at: its first bytes tell what it is,
//! and what is kept is drawn anew, so that nothing that a sender has hidden in it (places, comments,
//! scripts) stays. Of a picture that moves the first frame is kept.

mod draw;
mod model;
mod receive;

pub use draw::redraw;
pub use model::UploadMistake;
pub use receive::{Upload, receive};

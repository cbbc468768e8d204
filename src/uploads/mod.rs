//! Files that visitors and staff send: taken in within limits, and read as pictures. Owns no table. What a file is called and says to be is never looked at: its first bytes tell what it is,
//! and what is kept is drawn anew, so that nothing that a sender has hidden in it (places, comments,
//! scripts) stays. Of a picture that moves the first frame is kept.

mod decode;
mod draw;
mod model;
mod receive;

pub use decode::{Decoded, Head, Readable, decode, in_turn, is_turned, read_head};
pub use draw::redraw;
pub use model::UploadMistake;
pub use receive::{Most, Sent, Upload, receive, receive_each, receive_pieces};

//! Heartbeats: white space a server sends while it works, before the JSON it will answer with.
//!
//! `StackOne` sends newlines after `Prefer: heartbeat`. A [`Client`](crate::Client) drops them by itself; the parts are
//! public for those who send requests by other means.
//!
//! ```
//! use stackone::{bytes::Bytes, heartbeat::Stripper};
//!
//! let mut stripper = Stripper::new();
//! assert_eq!(stripper.push(Bytes::from_static(b"\n\r\n")), "");
//! assert_eq!(stripper.push(Bytes::from_static(b"\n{\"a\":\n1}\n")), "{\"a\":\n1}\n");
//! assert_eq!(stripper.beats(), 3);
//! ```

mod body;
mod policy;
mod stripper;

pub use body::{Beat, HeartbeatBody};
pub(crate) use body::{FRAMES_PER_POLL, TooManyHeartbeats, Watch};
pub use policy::Heartbeats;
pub use stripper::Stripper;

//! Heartbeats: white space that a server sends while it works, before its JSON document.
//!
//! StackOne sends newlines after `Prefer: heartbeat`. A [`Client`](crate::Client) removes them. The parts are public for
//! programs that use another HTTP client.
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
mod request_policy;
mod stripper;

pub use body::{Beat, HeartbeatBody};
pub(crate) use body::{OnHeartbeat, TooManyHeartbeats};
pub use request_policy::Heartbeats;
pub use stripper::Stripper;

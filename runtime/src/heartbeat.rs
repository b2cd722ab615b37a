//! Heartbeats: white space that a server sends while it works, before its JSON document.
//!
//! StackOne sends newlines after `Prefer: heartbeat`. A [`Client`](crate::Client) and a
//! [`ResponseDecoder`](crate::ResponseDecoder) remove them. The parts are public for programs that stream responses by themselves.
//!
//! ```
//! use stackone::{bytes::Bytes, heartbeat::Stripper};
//!
//! let mut stripper = Stripper::new();
//! assert_eq!(stripper.push(Bytes::from_static(b"\n\r\n")), "");
//! assert_eq!(stripper.push(Bytes::from_static(b"\n{\"a\":\n1}\n")), "{\"a\":\n1}\n");
//! assert_eq!(stripper.beats(), 3);
//! ```

#[cfg(feature = "client")]
mod body;
#[cfg(feature = "client")]
mod request_policy;
mod stripper;

#[cfg(feature = "client")]
pub use body::{Beat, HeartbeatBody};
#[cfg(feature = "client")]
pub(crate) use body::{OnHeartbeat, TooManyHeartbeats};
#[cfg(feature = "client")]
pub use request_policy::Heartbeats;
pub use stripper::Stripper;

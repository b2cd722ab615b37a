//! One exchange: an operation's request goes in, a classified response comes out.
//!
//! The modules stand in the order in which a request passes through them:
//!
//! 1. [`call_state`]: the call, with its settings and its deadline.
//! 2. [`prepare`]: the request gets its absolute URI and the headers of the client and the call.
//! 3. [`retry_loop`]: attempts, and the waits between them. [`authenticate`] adds credentials that may change.
//! 4. [`attempt`], with its [`attempt_state`]: one attempt. The transport sends the request, within the header timeout and the deadline.
//! 5. [`body`]: the response body, without content coding and heartbeats, within the idle timeout and the size limit. A
//!    [`download`] is not collected but handed to the caller.
//!
//! [`classify`](crate::classify) then decides what the response means.

mod attempt;
mod attempt_state;
mod authenticate;
mod body;
mod call_state;
mod download;
mod prepare;
mod retry_loop;
mod wait;

pub(crate) use call_state::CallState;
pub(crate) use retry_loop::send;

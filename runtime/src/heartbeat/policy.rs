//! When heartbeats are asked for.

/// When a client asks for heartbeats. They are dropped from JSON answers in either case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Heartbeats {
    /// If the operation's own `prefer` header says so.
    #[default]
    AsDeclared,
    /// For every operation that declares a `prefer` header and whose answer is JSON or ignored. What the caller prefers is kept:
    /// `heartbeat` is added to it. Operations that do not declare the header are never sent it.
    Always,
}

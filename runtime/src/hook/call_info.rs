//! What is known of a call before it is sent.

use crate::{CallId, base_url::BaseUrl, operation::Metadata};
use std::fmt;

/// A call, for a [`Hook`](super::Hook).
#[derive(Clone, Copy)]
pub struct CallInfo<'a> {
    pub(super) id: CallId,
    pub(super) metadata: &'static Metadata,
    pub(super) base_url: &'a BaseUrl,
}

impl<'a> CallInfo<'a> {
    /// The id of the call. A hook that keeps something for each call uses it as the key.
    #[must_use]
    pub fn id(&self) -> CallId {
        self.id
    }

    /// The operation: its id, its method and its path template.
    #[must_use]
    pub fn metadata(&self) -> &'static Metadata {
        self.metadata
    }

    /// The host of the base URL: a name, an IPv4 address, or an IPv6 address without brackets.
    #[must_use]
    pub fn server_address(&self) -> &'a str {
        self.base_url.host()
    }

    /// The port of the base URL. Default: 443 for `https`, 80 for `http`.
    #[must_use]
    pub fn server_port(&self) -> u16 {
        self.base_url.port()
    }
}

impl fmt::Debug for CallInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallInfo").field("id", &self.id).field("operation", &self.metadata.id()).finish_non_exhaustive()
    }
}

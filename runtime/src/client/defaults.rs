//! What the requests of a client have in common: credentials, user agent, default headers, and the wish for heartbeats.

use super::context::Context;
use crate::{Prefer, format::ResponseFormat, heartbeat::Heartbeats, prefer::Preference};
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{self, Entry},
};

/// Adds what a request does not say itself.
pub(super) fn add(headers: &mut HeaderMap, context: &Context) {
    let options = context.options();
    let declares_prefer = context.metadata.declares_header(PREFER.as_str());
    let mut authorized = false;
    for (name, value) in &*options.defaults {
        if name == PREFER {
            // Some operations refuse it, so what is meant for all goes to those that declare it.
            if declares_prefer {
                merge_prefer(headers, &as_declared(context, name, value));
            }
        } else if let Entry::Vacant(vacant) = headers.entry(name) {
            authorized |= name == header::AUTHORIZATION;
            vacant.insert(as_declared(context, name, value));
        }
    }
    let strips = matches!(context.metadata.response(), ResponseFormat::Json | ResponseFormat::Ignored);
    if options.heartbeats == Heartbeats::Always && strips && declares_prefer {
        merge_prefer(headers, &HeaderValue::from_static("heartbeat"));
    }
    // Beats inside a compressed stream stay in buffers on the way until there is enough of them.
    let may_prefer = declares_prefer || !options.headers.is_empty();
    if may_prefer
        && Prefer::from_headers(headers, &PREFER).contains("heartbeat")
        && !headers.contains_key(header::ACCEPT_ENCODING)
    {
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    }
    // Whoever set it: transports keep what is sensitive out of their logs and out of compression tables. The client's own
    // is marked already.
    if !authorized && let Some(credentials) = headers.get_mut(header::AUTHORIZATION) {
        credentials.set_sensitive(true);
    }
}

/// A value set at run time, as secret as the operation declares its header to be.
pub(super) fn as_declared(context: &Context, name: &HeaderName, value: &HeaderValue) -> HeaderValue {
    let mut value = value.clone();
    if !value.is_sensitive() && context.metadata.declares_secret(name) {
        value.set_sensitive(true);
    }
    value
}

pub(super) const PREFER: HeaderName = HeaderName::from_static("prefer");

/// Adds preferences to those that are there: what came first stands (RFC 7240, section 2), as it was written, even what
/// cannot be read.
pub(super) fn merge_prefer(headers: &mut HeaderMap, more: &HeaderValue) {
    let there = Prefer::from_headers(headers, &PREFER);
    let read = Prefer::from_value(more);
    let added: Vec<_> =
        read.iter().filter(|preference| !there.contains(preference.name())).map(Preference::to_string).collect();
    if added.is_empty() {
        return;
    }
    let kept = || headers.get_all(&PREFER).iter().filter(|value| !value.is_empty());
    let sensitive = more.is_sensitive() || kept().any(HeaderValue::is_sensitive);
    let all: Vec<_> = kept().map(HeaderValue::as_bytes).chain(added.iter().map(String::as_bytes)).collect();
    if let Ok(mut value) = HeaderValue::try_from(all.join(&b", "[..])) {
        value.set_sensitive(sensitive);
        headers.insert(PREFER, value);
    }
}

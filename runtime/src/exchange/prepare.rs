//! The request of a call: the operation's own, under the base URL, with the headers of the call and the client.

use super::call_state::CallState;
use crate::{
    Prefer,
    credentials::CredentialsSetting,
    error::Cause,
    format::ResponseFormat,
    heartbeat::Heartbeats,
    operation::Metadata,
    prefer::{PREFER, Preference},
};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Request,
    header::{self, Entry},
};
use std::mem;

/// Completes the request of an operation. The result is the same for every attempt.
pub(super) fn prepare(request: &mut Request<Bytes>, call: &CallState) -> Result<(), Cause> {
    let relative = mem::take(request.uri_mut());
    *request.uri_mut() = call.settings.base_url.join_uri(relative).map_err(|message| Cause::Config(message.into()))?;
    let headers = request.headers_mut();
    replace_headers(headers, call);
    add_default_headers(headers, call);
    ask_for_heartbeats(headers, call);
    if let CredentialsSetting::Fixed(credentials) = &call.settings.credentials
        && call.metadata.uses_credentials()
    {
        credentials
            .apply(request)
            .map_err(|message| Cause::Config(format!("setting `credentials`: {message}").into()))?;
    }
    // Transports keep sensitive headers out of logs and compression tables, whoever set the header.
    if let Some(credentials) = request.headers_mut().get_mut(header::AUTHORIZATION) {
        credentials.set_sensitive(true);
    }
    Ok(())
}

/// The headers of the call replace those of the operation. `prefer` is merged.
fn replace_headers(headers: &mut HeaderMap, call: &CallState) {
    for (name, value) in &call.settings.headers {
        let value = as_sensitive_as_declared(call.metadata, name, value);
        if name == PREFER {
            merge_prefer(headers, &value);
        } else {
            headers.insert(name.clone(), value);
        }
    }
}

/// The headers of the client are added if the request does not have them. `prefer` is merged, and only into requests whose
/// operation declares it: other operations may refuse it.
fn add_default_headers(headers: &mut HeaderMap, call: &CallState) {
    for (name, value) in &*call.settings.default_headers {
        let value = || as_sensitive_as_declared(call.metadata, name, value);
        if name == PREFER {
            if declares_prefer(call) {
                merge_prefer(headers, &value());
            }
        } else if let Entry::Vacant(vacant) = headers.entry(name) {
            vacant.insert(value());
        }
    }
}

fn ask_for_heartbeats(headers: &mut HeaderMap, call: &CallState) {
    let is_document = matches!(call.metadata.response(), ResponseFormat::Json | ResponseFormat::Ignored);
    if call.settings.heartbeats == Heartbeats::Always && is_document && declares_prefer(call) {
        merge_prefer(headers, &HeaderValue::from_static("heartbeat"));
    }
    // Compression on the way buffers heartbeats until it has enough bytes.
    if headers.contains_key(&PREFER)
        && !headers.contains_key(header::ACCEPT_ENCODING)
        && Prefer::from_headers(headers, &PREFER).contains("heartbeat")
    {
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    }
}

fn declares_prefer(call: &CallState) -> bool {
    call.metadata.declares_header(PREFER.as_str())
}

/// A header value that is set at run time. It is sensitive if the operation declares its header as sensitive.
fn as_sensitive_as_declared(metadata: &Metadata, name: &HeaderName, value: &HeaderValue) -> HeaderValue {
    let mut value = value.clone();
    if !value.is_sensitive() && metadata.declares_sensitive(name) {
        value.set_sensitive(true);
    }
    value
}

/// Adds preferences to those of the request. The first preference of a name is the one that counts (RFC 7240, section 2).
/// The request's own preferences stay as they are written, even if they cannot be parsed.
fn merge_prefer(headers: &mut HeaderMap, more: &HeaderValue) {
    let present = Prefer::from_headers(headers, &PREFER);
    let more_preferences = Prefer::from_value(more);
    let added: Vec<_> = more_preferences
        .iter()
        .filter(|preference| !present.contains(preference.name()))
        .map(Preference::to_string)
        .collect();
    if added.is_empty() {
        return;
    }
    let own = || headers.get_all(&PREFER).iter().filter(|value| !value.is_empty());
    let is_sensitive = more.is_sensitive() || own().any(HeaderValue::is_sensitive);
    let all: Vec<_> = own().map(HeaderValue::as_bytes).chain(added.iter().map(String::as_bytes)).collect();
    if let Ok(mut value) = HeaderValue::try_from(all.join(&b", "[..])) {
        value.set_sensitive(is_sensitive);
        headers.insert(PREFER, value);
    }
}

//! Code as an expert writes it: the types of `http`, one preallocated string for the target, constant header names, header
//! values that are moved, and `serde_json` for the body.

use crate::inputs::{Assignment, Instant, List, Seed};
use bytes::Bytes;
use chrono::SecondsFormat;
use http::{
    HeaderName, HeaderValue, Method, Request, Uri,
    header::{ACCEPT, CONTENT_TYPE},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::{fmt::Write as _, io};

const X_ACCOUNT_ID: HeaderName = HeaderName::from_static("x-account-id");
const PREFER: HeaderName = HeaderName::from_static("prefer");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// All characters except the unreserved ones of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(crate) struct LmsCreateUserAssignment {
    pub(crate) id: String,
    pub(crate) x_account_id: String,
    pub(crate) prefer: Option<String>,
    pub(crate) assignment: Assignment,
}

pub(crate) struct HrisListEmployees {
    pub(crate) x_account_id: String,
    pub(crate) prefer: Option<String>,
    pub(crate) next: Option<String>,
    pub(crate) page_size: Option<u32>,
    pub(crate) fields: Option<String>,
    pub(crate) expand: Option<String>,
    pub(crate) raw: Option<bool>,
    pub(crate) updated_after: Option<Instant>,
}

impl LmsCreateUserAssignment {
    pub(crate) fn into_request(self) -> io::Result<Request<Bytes>> {
        let mut target = String::with_capacity(128);
        target.push_str("/unified/lms/users/");
        target.extend(utf8_percent_encode(&self.id, ENCODED));
        target.push_str("/assignments");
        let mut request = Request::new(Bytes::from(serde_json::to_vec(&self.assignment)?));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = Uri::try_from(target).map_err(io::Error::other)?;
        let headers = request.headers_mut();
        headers.reserve(4);
        headers.insert(ACCEPT, JSON);
        headers.insert(CONTENT_TYPE, JSON);
        headers.insert(X_ACCOUNT_ID, HeaderValue::try_from(self.x_account_id).map_err(io::Error::other)?);
        if let Some(prefer) = self.prefer {
            headers.insert(PREFER, HeaderValue::try_from(prefer).map_err(io::Error::other)?);
        }
        Ok(request)
    }
}

impl HrisListEmployees {
    pub(crate) fn into_request(self) -> io::Result<Request<Bytes>> {
        let mut target = String::with_capacity(256);
        target.push_str("/unified/hris/employees");
        let mut query = Query { target: &mut target, separator: '?' };
        if let Some(next) = &self.next {
            query.text("next", next);
        }
        if let Some(page_size) = self.page_size {
            query.plain("page_size", page_size);
        }
        if let Some(fields) = &self.fields {
            query.text("fields", fields);
        }
        if let Some(expand) = &self.expand {
            query.text("expand", expand);
        }
        if let Some(raw) = self.raw {
            query.plain("raw", raw);
        }
        if let Some(updated_after) = self.updated_after {
            query.text("updated_after", &updated_after.to_rfc3339_opts(SecondsFormat::Millis, true));
        }
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = Uri::try_from(target).map_err(io::Error::other)?;
        let headers = request.headers_mut();
        headers.reserve(3);
        headers.insert(ACCEPT, JSON);
        headers.insert(X_ACCOUNT_ID, HeaderValue::try_from(self.x_account_id).map_err(io::Error::other)?);
        if let Some(prefer) = self.prefer {
            headers.insert(PREFER, HeaderValue::try_from(prefer).map_err(io::Error::other)?);
        }
        Ok(request)
    }
}

/// Appends parameters whose names need no encoding.
struct Query<'a> {
    target: &'a mut String,
    separator: char,
}

impl Query<'_> {
    fn name(&mut self, name: &str) {
        self.target.push(self.separator);
        self.separator = '&';
        self.target.push_str(name);
        self.target.push('=');
    }

    fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.target.extend(utf8_percent_encode(value, ENCODED));
    }

    /// A value whose text needs no encoding.
    fn plain(&mut self, name: &str, value: impl std::fmt::Display) {
        self.name(name);
        let _ = write!(self.target, "{value}");
    }
}

pub(crate) fn seed(inputs: Seed) -> Request<Bytes> {
    LmsCreateUserAssignment {
        id: inputs.id,
        x_account_id: inputs.account,
        prefer: Some(inputs.prefer),
        assignment: inputs.assignment,
    }
    .into_request()
    .expect("values that can be sent")
}

pub(crate) fn list(inputs: List) -> Request<Bytes> {
    HrisListEmployees {
        x_account_id: inputs.account,
        prefer: None,
        next: Some(inputs.next),
        page_size: Some(inputs.page_size),
        fields: Some(inputs.fields),
        expand: Some(inputs.expand),
        raw: Some(inputs.raw),
        updated_after: Some(inputs.updated_after),
    }
    .into_request()
    .expect("values that can be sent")
}

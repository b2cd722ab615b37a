//! The parameters of an operation with their values.

use super::{EncodeError, ParameterValue};
use crate::{
    Error,
    operation::{Location, Metadata, Parameter},
};
use std::borrow::Cow;

/// The values of the parameters, in the order of the metadata.
pub(super) struct Values<'a> {
    pub(super) metadata: &'static Metadata,
    values: &'a [&'a dyn ParameterValue],
}

impl<'a> Values<'a> {
    pub(super) fn new(metadata: &'static Metadata, values: &'a [&'a dyn ParameterValue]) -> Self {
        Self { metadata, values }
    }

    /// The parameter at an index of the metadata, with its value.
    pub(super) fn get(&self, index: usize) -> Option<(&'static Parameter, &'a dyn ParameterValue)> {
        Some((self.metadata.parameters().get(index)?, *self.values.get(index)?))
    }

    pub(super) fn query(&self) -> impl Iterator<Item = (&'static Parameter, &'a dyn ParameterValue)> {
        self.at(Location::Query)
    }

    pub(super) fn headers(&self) -> impl Iterator<Item = (&'static Parameter, &'a dyn ParameterValue)> {
        self.at(Location::Header)
    }

    pub(super) fn cookies(&self) -> impl Iterator<Item = (&'static Parameter, &'a dyn ParameterValue)> {
        self.at(Location::Cookie)
    }

    fn at(&self, location: Location) -> impl Iterator<Item = (&'static Parameter, &'a dyn ParameterValue)> {
        let parameters = self.metadata.parameters().iter();
        parameters.zip(self.values.iter().copied()).filter(move |(parameter, _)| parameter.location() == location)
    }
}

/// The error of a parameter. For a sensitive parameter, only a constant reason is shown: any other one, and the place in the
/// value, may contain the value.
pub(super) fn encode_error(metadata: &'static Metadata, parameter: &Parameter, error: EncodeError) -> Error {
    let location = match parameter.location() {
        Location::Path => "path value",
        Location::Query => "query parameter",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let (reason, path) = error.into_parts();
    // The message starts with the field. The wire name is shown if it differs.
    let name = if parameter.name() == parameter.field() { String::new() } else { format!(" `{}`", parameter.name()) };
    let message = if parameter.is_sensitive() {
        let reason = match reason {
            Cow::Borrowed(reason) => reason,
            Cow::Owned(_) => "cannot be sent; the reason is not shown, because the value is sensitive",
        };
        format!("({location}{name}) {reason}")
    } else if path.is_empty() {
        format!("({location}{name}) {reason}")
    } else {
        format!("({location}{name}, at `{path}`) {reason}")
    };
    Error::build(metadata.id(), Some(parameter.field()), message)
}

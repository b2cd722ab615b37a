//! One blocking call.

use super::{
    download::Download,
    pages::{Items, Pages, Value},
    runtime::Runtime,
};
use crate::{
    Error, Operation, Response, ResponseOf,
    base_url::BaseUrl,
    client::{self, shared_settings::shared_settings},
    credentials::{CredentialsSetting, CredentialsSource},
    decode::{Decode, DecodeBuffered},
    error_format::ErrorFormat,
    format,
    heartbeat::{Beat, Heartbeats},
    page::{Page, Paginated, Paging},
    retry::RetryPolicy,
    settings::Settings,
};
use http::{HeaderName, HeaderValue};
use std::{fmt, future::IntoFuture, sync::Arc, time::Duration};

/// An operation that is about to be sent, with settings for this call alone. [`send`](Self::send) sends it.
#[must_use = "nothing is sent until `send` is called"]
#[derive(Clone)]
pub struct Call<O> {
    call: client::Call<O>,
    runtime: Arc<Runtime>,
}

impl<O> Call<O> {
    pub(super) fn new(call: client::Call<O>, runtime: Arc<Runtime>) -> Self {
        Self { call, runtime }
    }

    shared_settings!();

    /// Does not retry. See [`Call::no_retry`](crate::Call::no_retry).
    pub fn no_retry(self) -> Self {
        Self { call: self.call.no_retry(), ..self }
    }

    /// A callback for each chunk of the response that contains heartbeats. See [`Call::on_heartbeat`](crate::Call::on_heartbeat).
    pub fn on_heartbeat(self, callback: impl Fn(Beat) + Send + Sync + 'static) -> Self {
        Self { call: self.call.on_heartbeat(callback), ..self }
    }

    /// Sets a header in place of one with the same name. See [`Call::header`](crate::Call::header).
    pub fn header(self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        Self { call: self.call.header(name, value), ..self }
    }

    fn settings_mut(&mut self) -> &mut Settings {
        self.call.settings_mut()
    }

    fn reject(&mut self, message: String) {
        self.call.reject(message);
    }
}

impl<O: Operation> Call<O> {
    /// Sends the operation and waits for its response.
    ///
    /// # Errors
    ///
    /// The errors of the asynchronous client, and `Config` inside a tokio runtime.
    pub fn send(self) -> Result<ResponseOf<O>, Error>
    where
        O::Response: DecodeBuffered,
    {
        self.runtime.block_on(self.call.into_future())?
    }

    /// Sends an operation with `response = download`, and waits for the headers of its response.
    ///
    /// # Errors
    ///
    /// The errors of the asynchronous client, and `Config` inside a tokio runtime.
    pub fn download(self) -> Result<Response<Download>, Error>
    where
        O: Operation<Response = format::Download>,
    {
        let response = self.runtime.block_on(self.call.into_future())??;
        Ok(response.map(|body| Download::new(body, self.runtime)))
    }

    /// The pages. Each request has the settings of this call.
    pub fn pages(self) -> Pages<O>
    where
        O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
    {
        Pages::new(self.call.pages(), self.runtime)
    }

    /// The items of all pages. Each request has the settings of this call.
    pub fn items(self) -> Items<O>
    where
        O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
    {
        Items::new(self.call.items(), self.runtime)
    }
}

impl<O> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.call, f)
    }
}

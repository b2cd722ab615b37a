//! reqwest's `RequestBuilder`, up to the built request.

use crate::{
    inputs::{List, Seed},
    plain::BASE,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Client, Request, header::ACCEPT};

pub(crate) fn seed() -> impl Fn(Seed) -> Request + Copy {
    let client = client();
    move |inputs| {
        client
            .post(format!("{BASE}/unified/lms/users/{}/assignments", utf8_percent_encode(&inputs.id, NON_ALPHANUMERIC)))
            .header(ACCEPT, "application/json")
            .header("x-account-id", inputs.account)
            .header("prefer", inputs.prefer)
            .json(&inputs.assignment)
            .build()
            .expect("values that can be sent")
    }
}

pub(crate) fn list() -> impl Fn(List) -> Request + Copy {
    let client = client();
    move |inputs| {
        client
            .get(format!("{BASE}/unified/hris/employees"))
            .header(ACCEPT, "application/json")
            .header("x-account-id", inputs.account)
            .query(&[("next", inputs.next)])
            .query(&[("page_size", inputs.page_size)])
            .query(&[("fields", inputs.fields), ("expand", inputs.expand)])
            .query(&[("raw", inputs.raw)])
            .query(&[("updated_after", inputs.updated_after)])
            .build()
            .expect("values that can be sent")
    }
}

/// One client for the whole program, as in real use.
pub(super) fn client() -> &'static Client {
    Box::leak(Box::new(Client::new()))
}

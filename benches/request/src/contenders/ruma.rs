//! ruma's `request` macro. It has no builder and needs a module for each operation. `metadata!` declares the method and the path.

use crate::inputs::{List, Seed};
use bytes::Bytes;
use http::{
    HeaderValue, Request,
    header::{ACCEPT, HeaderName},
};
use ruma_common::api::OutgoingRequestExt as _;

const X_ACCOUNT_ID: HeaderName = HeaderName::from_static("x-account-id");
const PREFER: HeaderName = HeaderName::from_static("prefer");

mod lms_create_user_assignment {
    use super::{PREFER, X_ACCOUNT_ID};
    use crate::inputs::Assignment;
    use ruma_common::{
        api::{auth_scheme::NoAuthentication, request, response},
        metadata,
    };

    metadata! {
        method: POST,
        rate_limited: false,
        authentication: NoAuthentication,
        path: "/unified/lms/users/{id}/assignments",
    }

    #[request]
    pub(super) struct Request {
        #[ruma_api(path)]
        pub(super) id: String,
        #[ruma_api(header = X_ACCOUNT_ID)]
        pub(super) x_account_id: String,
        #[ruma_api(header = PREFER)]
        pub(super) prefer: Option<String>,
        #[ruma_api(body)]
        pub(super) assignment: Assignment,
    }

    #[response]
    pub(super) struct Response {}
}

mod hris_list_employees {
    use super::{PREFER, X_ACCOUNT_ID};
    use crate::inputs::Instant;
    use ruma_common::{
        api::{auth_scheme::NoAuthentication, request, response},
        metadata,
    };

    metadata! {
        method: GET,
        rate_limited: false,
        authentication: NoAuthentication,
        path: "/unified/hris/employees",
    }

    #[request]
    pub(super) struct Request {
        #[ruma_api(header = X_ACCOUNT_ID)]
        pub(super) x_account_id: String,
        #[ruma_api(header = PREFER)]
        pub(super) prefer: Option<String>,
        #[ruma_api(query)]
        pub(super) next: Option<String>,
        #[ruma_api(query)]
        pub(super) page_size: Option<u32>,
        #[ruma_api(query)]
        pub(super) fields: Option<String>,
        #[ruma_api(query)]
        pub(super) expand: Option<String>,
        #[ruma_api(query)]
        pub(super) raw: Option<bool>,
        #[ruma_api(query)]
        pub(super) updated_after: Option<Instant>,
    }

    #[response]
    pub(super) struct Response {}
}

/// Adds `Accept`, which ruma leaves to its user, and gives the body the type that all contenders have.
fn accept(mut request: Request<Vec<u8>>) -> Request<Bytes> {
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    request.map(Bytes::from)
}

pub(crate) fn seed(inputs: Seed) -> Request<Bytes> {
    let request = lms_create_user_assignment::Request {
        id: inputs.id,
        x_account_id: inputs.account,
        prefer: Some(inputs.prefer),
        assignment: inputs.assignment,
    };
    accept(request.try_into_http_request("", (), ()).expect("values that can be sent"))
}

pub(crate) fn list(inputs: List) -> Request<Bytes> {
    let request = hris_list_employees::Request {
        x_account_id: inputs.account,
        prefer: None,
        next: Some(inputs.next),
        page_size: Some(inputs.page_size),
        fields: Some(inputs.fields),
        expand: Some(inputs.expand),
        raw: Some(inputs.raw),
        updated_after: Some(inputs.updated_after),
    };
    accept(request.try_into_http_request("", (), ()).expect("values that can be sent"))
}

//! The code that `progenitor::generate_api!` 0.15 generates for these two operations with `interface = Builder`, up to the
//! built request. A generated client has no function that only builds a request. The `api-version` header of progenitor is
//! left out, because no other contender sends it.

#![expect(clippy::implicit_clone, clippy::result_large_err, reason = "kept as it is generated")]

use crate::{
    inputs::{Assignment, Instant, List, Seed},
    plain::BASE,
};
use progenitor_client::{Error, QueryParam, encode_path};
use reqwest::{
    Request,
    header::{ACCEPT, HeaderMap, HeaderValue},
};

struct Client {
    baseurl: String,
    client: &'static reqwest::Client,
}

struct LmsCreateUserAssignment<'a> {
    client: &'a Client,
    id: Result<String, String>,
    prefer: Result<Option<String>, String>,
    x_account_id: Result<String, String>,
    body: Result<Assignment, String>,
}

impl<'a> LmsCreateUserAssignment<'a> {
    fn new(client: &'a Client) -> Self {
        Self {
            client,
            id: Err("id was not initialized".to_string()),
            prefer: Ok(None),
            x_account_id: Err("x_account_id was not initialized".to_string()),
            body: Err("body was not initialized".to_string()),
        }
    }

    fn id<V: TryInto<String>>(mut self, value: V) -> Self {
        self.id = value.try_into().map_err(|_| "conversion to `String` for id failed".to_string());
        self
    }

    fn prefer<V: TryInto<String>>(mut self, value: V) -> Self {
        self.prefer = value.try_into().map(Some).map_err(|_| "conversion to `String` for prefer failed".to_string());
        self
    }

    fn x_account_id<V: TryInto<String>>(mut self, value: V) -> Self {
        self.x_account_id = value.try_into().map_err(|_| "conversion to `String` for x_account_id failed".to_string());
        self
    }

    fn body<V: TryInto<Assignment>>(mut self, value: V) -> Self {
        self.body = value.try_into().map_err(|_| "conversion to `Assignment` for body failed".to_string());
        self
    }

    fn build(self) -> Result<Request, Error<()>> {
        let Self { client, id, prefer, x_account_id, body } = self;
        let id = id.map_err(Error::InvalidRequest)?;
        let prefer = prefer.map_err(Error::InvalidRequest)?;
        let x_account_id = x_account_id.map_err(Error::InvalidRequest)?;
        let body = body.map_err(Error::InvalidRequest)?;
        let url = format!("{}/unified/lms/users/{}/assignments", client.baseurl, encode_path(&id.to_string()));
        let mut header_map = HeaderMap::with_capacity(3usize);
        if let Some(value) = prefer {
            header_map.append("prefer", value.to_string().try_into()?);
        }
        header_map.append("x-account-id", x_account_id.to_string().try_into()?);
        Ok(client
            .client
            .post(url)
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .json(&body)
            .headers(header_map)
            .build()?)
    }
}

struct HrisListEmployees<'a> {
    client: &'a Client,
    expand: Result<Option<String>, String>,
    fields: Result<Option<String>, String>,
    next: Result<Option<String>, String>,
    page_size: Result<Option<u32>, String>,
    raw: Result<Option<bool>, String>,
    updated_after: Result<Option<Instant>, String>,
    prefer: Result<Option<String>, String>,
    x_account_id: Result<String, String>,
}

macro_rules! optional {
    ($($name:ident: $type:ty),*) => {$(
        fn $name<V: TryInto<$type>>(mut self, value: V) -> Self {
            self.$name = value.try_into().map(Some).map_err(|_| "conversion failed".to_string());
            self
        }
    )*};
}

impl<'a> HrisListEmployees<'a> {
    fn new(client: &'a Client) -> Self {
        Self {
            client,
            expand: Ok(None),
            fields: Ok(None),
            next: Ok(None),
            page_size: Ok(None),
            raw: Ok(None),
            updated_after: Ok(None),
            prefer: Ok(None),
            x_account_id: Err("x_account_id was not initialized".to_string()),
        }
    }

    optional! { expand: String, fields: String, next: String, page_size: u32, raw: bool, updated_after: Instant }

    fn x_account_id<V: TryInto<String>>(mut self, value: V) -> Self {
        self.x_account_id = value.try_into().map_err(|_| "conversion to `String` for x_account_id failed".to_string());
        self
    }

    fn build(self) -> Result<Request, Error<()>> {
        let Self { client, expand, fields, next, page_size, raw, updated_after, prefer, x_account_id } = self;
        let expand = expand.map_err(Error::InvalidRequest)?;
        let fields = fields.map_err(Error::InvalidRequest)?;
        let next = next.map_err(Error::InvalidRequest)?;
        let page_size = page_size.map_err(Error::InvalidRequest)?;
        let raw = raw.map_err(Error::InvalidRequest)?;
        let updated_after = updated_after.map_err(Error::InvalidRequest)?;
        let prefer = prefer.map_err(Error::InvalidRequest)?;
        let x_account_id = x_account_id.map_err(Error::InvalidRequest)?;
        let url = format!("{}/unified/hris/employees", client.baseurl);
        let mut header_map = HeaderMap::with_capacity(3usize);
        if let Some(value) = prefer {
            header_map.append("prefer", value.to_string().try_into()?);
        }
        header_map.append("x-account-id", x_account_id.to_string().try_into()?);
        Ok(client
            .client
            .get(url)
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .query(&QueryParam::new("next", &next))
            .query(&QueryParam::new("page_size", &page_size))
            .query(&QueryParam::new("fields", &fields))
            .query(&QueryParam::new("expand", &expand))
            .query(&QueryParam::new("raw", &raw))
            .query(&QueryParam::new("updated_after", &updated_after))
            .headers(header_map)
            .build()?)
    }
}

fn client() -> &'static Client {
    Box::leak(Box::new(Client { baseurl: BASE.to_owned(), client: super::reqwest::client() }))
}

pub(crate) fn seed() -> impl Fn(Seed) -> Request + Copy {
    let client = client();
    move |inputs| {
        LmsCreateUserAssignment::new(client)
            .id(inputs.id)
            .x_account_id(inputs.account)
            .prefer(inputs.prefer)
            .body(inputs.assignment)
            .build()
            .expect("values that can be sent")
    }
}

pub(crate) fn list() -> impl Fn(List) -> Request + Copy {
    let client = client();
    move |inputs| {
        HrisListEmployees::new(client)
            .x_account_id(inputs.account)
            .next(inputs.next)
            .page_size(inputs.page_size)
            .fields(inputs.fields)
            .expand(inputs.expand)
            .raw(inputs.raw)
            .updated_after(inputs.updated_after)
            .build()
            .expect("values that can be sent")
    }
}

//! Decoding the body of a response: with the whole client over a transport that responds at once, and with the least code
//! that works.

use crate::source::Repeated;
use bench_support::{Mode, Result, Table};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Collected, Full};
use serde::Deserialize;
use stackone::{Client, Response as Answer, stackone_operation};
use std::{
    convert::Infallible,
    future::{Ready, ready},
    hint::black_box,
    task::{Context, Poll},
    time::{Duration, Instant},
};
use tower_service::Service;

const BEATS: Bytes = Bytes::from_static(b"\n\n\n");

#[derive(Debug, PartialEq, Deserialize)]
struct Page {
    next: Option<String>,
    data: Vec<Employee>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Employee {
    id: String,
    remote_id: String,
    first_name: String,
    last_name: String,
    work_email: String,
    job_title: Option<String>,
    employment_status: Option<String>,
    hire_date: Option<String>,
    weekly_hours: Option<f64>,
    active: bool,
}

#[stackone_operation(method = "GET", path = "/unified/hris/employees", response = Page)]
#[derive(Clone)]
struct ListEmployees {}

#[derive(Debug, PartialEq, Deserialize)]
struct Created {
    id: String,
    message: String,
}

#[stackone_operation(method = "POST", path = "/unified/hris/employees", response = Created)]
#[derive(Clone)]
struct CreateEmployee {}

/// A page of a list, of about 1 MiB.
fn page() -> Bytes {
    let employee = |index| {
        format!(
            "{{\"id\":\"employee-{index}\",\"remote_id\":\"remote-{index}\",\"first_name\":\"Zoë\",\"last_name\":\"Number {index}\",\
             \"work_email\":\"zoe.{index}@example.com\",\"job_title\":\"Engineer \\\"III\\\"\",\"employment_status\":null,\
             \"hire_date\":\"2021-07-21T14:00:00.000Z\",\"weekly_hours\":37.5,\"active\":true}}"
        )
    };
    let employees: Vec<String> = (0..3900).map(employee).collect();
    format!("{{\"next\":\"cursor\",\"data\":[{}]}}", employees.join(",")).into()
}

fn created() -> Bytes {
    Bytes::from_static(b"{\"id\":\"employee-1\",\"message\":\"created\"}")
}

/// A transport that responds at once with this document after three heartbeats.
#[derive(Clone)]
struct Answering(Bytes);

impl Answering {
    fn body(&self) -> Repeated {
        Repeated::new(&self.0, 1).after(BEATS)
    }
}

impl Service<Request<Full<Bytes>>> for Answering {
    type Response = Response<Repeated>;
    type Error = Infallible;
    type Future = Ready<Result<Response<Repeated>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Full<Bytes>>) -> Self::Future {
        ready(Ok(Response::new(self.body())))
    }
}

pub(crate) fn table(mode: Mode) -> Result<Table> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let (page, created) = (Answering(page()), Answering(created()));
    let (page_client, created_client) = (client(&page)?, client(&created)?);
    let send_page = || runtime.block_on(page_client.send(ListEmployees {}).into_future()).map(Answer::into_inner);
    let send_created =
        || runtime.block_on(created_client.send(CreateEmployee {}).into_future()).map(Answer::into_inner);
    assert_eq!(send_page()?, serde_json::from_slice::<Page>(&page.0)?);
    assert_eq!(send_created()?, serde_json::from_slice::<Created>(&created.0)?);
    let collected = |answering: &Answering| runtime.block_on(answering.body().collect()).map(Collected::to_bytes);
    let mut table = Table::new(["", "1 MiB page, µs", "small object, µs"]);
    let mut row = |name: &str, page: Duration, object: Duration| {
        let micros = |time: Duration| format!("{:.2}", time.as_secs_f64() * 1e6);
        table.row([name.to_owned(), micros(page), micros(object)]);
    };
    row(
        "stackone: Client::send",
        best(mode, 50, || black_box(send_page()).is_ok()),
        best(mode, 5000, || black_box(send_created()).is_ok()),
    );
    row(
        "collect, trim, serde_json",
        best(mode, 50, || black_box(decode::<Page>(collected(&page))).is_ok()),
        best(mode, 5000, || black_box(decode::<Created>(collected(&created))).is_ok()),
    );
    row(
        "serde_json on the document",
        best(mode, 50, || black_box(serde_json::from_slice::<Page>(&page.0)).is_ok()),
        best(mode, 5000, || black_box(serde_json::from_slice::<Created>(&created.0)).is_ok()),
    );
    Ok(table)
}

fn client(answering: &Answering) -> Result<Client> {
    Ok(Client::builder().api_key("key").base_url("http://localhost").build_with(answering.clone())?)
}

fn decode<'a, T: serde::de::DeserializeOwned + 'a>(body: Result<Bytes, Infallible>) -> Result<T> {
    Ok(serde_json::from_slice(body?.trim_ascii_start())?)
}

fn best(mode: Mode, times: usize, work: impl Fn() -> bool) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..mode.times(times) {
        let start = Instant::now();
        assert!(work(), "an answer that can be decoded");
        best = best.min(start.elapsed());
    }
    best
}

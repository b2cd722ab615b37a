//! Any base URL: it is refused, or each operation goes under it, as every parser of URLs reads it.

#![no_main]

use bytes::Bytes;
use http::{Request, Response, Uri};
use http_body_util::{Empty, Full};
use libfuzzer_sys::fuzz_target;
use stackone::{Client, ErrorKind, stackone_operation};
use std::{
    convert::Infallible,
    future::IntoFuture,
    sync::{Arc, Mutex},
};
use tower::service_fn;
use url::Url;

const TARGET: &str = "/things/a%2Fb?c=d";

#[stackone_operation(method = "GET", path = "/things/{id}")]
struct ThingRequest {
    #[path]
    id: &'static str,
    #[query]
    c: &'static str,
}

fuzz_target!(|base: &str| {
    let seen = Arc::new(Mutex::new(None));
    let first = Arc::clone(&seen);
    let transport = service_fn(move |request: Request<Full<Bytes>>| {
        *first.lock().expect("no panic") = Some(request.into_parts().0.uri);
        async { Ok::<_, Infallible>(Response::new(Empty::<Bytes>::new())) }
    });
    let client = match Client::builder().api_key("secret-key").base_url(base).build_with(transport) {
        Ok(client) => client,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Config);
            let text = error.to_string();
            assert!(text.contains("`base_url`") && !text.contains('\n'), "{text}");
            return;
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let operation = ThingRequest { id: "a/b", c: "d" };
    if let Err(error) = runtime.block_on(client.send(operation).into_future()) {
        assert_eq!(error.kind(), ErrorKind::Config, "{error}");
        return;
    }
    let uri = seen.lock().expect("no panic").take().expect("the request arrived");
    check(base, &uri);
});

fn check(base: &str, uri: &Uri) {
    let text = uri.to_string();
    let (scheme, rest) = base.split_once("://").expect("a scheme");
    let joined = format!("{}://{}{TARGET}", scheme.to_ascii_lowercase(), rest.trim_end_matches('/'));
    assert_eq!(text, joined, "the operation stands under the base URL");
    // The other parser knows more rules for hosts, and may refuse one.
    let Ok(url) = Url::parse(&text) else { return };
    assert_eq!(url.path(), uri.path(), "{text}");
    assert_eq!(url.query(), uri.query(), "{text}");
    assert!(url.username().is_empty() && url.password().is_none() && url.fragment().is_none(), "{text}");
    let default_port = if url.scheme() == "https" { 443 } else { 80 };
    assert_eq!(url.port().unwrap_or(default_port), uri.port_u16().unwrap_or(default_port), "{text}");
}

//! Declares two operations of Stripe, whose requests are nested forms and queries with brackets, and prints the requests.

use serde::Serialize;
use stackone::{Error, stackone_operation};
use stackone_examples::{no_arguments, show};
use std::collections::BTreeMap;

/// Creates a customer.
#[stackone_operation(method = "POST", path = "/v1/customers", response = serde_json::Value)]
struct CreateCustomerRequest {
    /// Stripe does not repeat what it did for the same key.
    #[header]
    idempotency_key: String,
    #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject", lists = "indices")]
    customer: NewCustomer,
}

#[derive(Serialize)]
struct NewCustomer {
    email: String,
    metadata: BTreeMap<String, String>,
    preferred_locales: Vec<String>,
}

/// Lists charges.
#[stackone_operation(method = "GET", path = "/v1/charges", response = serde_json::Value)]
struct ListChargesRequest {
    #[query(style = "deepObject")]
    created: Option<Between>,
    #[query("expand[]")]
    expand: Vec<String>,
    #[query]
    limit: Option<u8>,
}

#[derive(Serialize)]
struct Between {
    gte: u64,
    lt: u64,
}

fn main() -> Result<(), Error> {
    no_arguments("Prints the requests of two operations of Stripe.");
    let customer = NewCustomer {
        email: "ada@example.com".to_owned(),
        metadata: BTreeMap::from([("order".to_owned(), "7".to_owned())]),
        preferred_locales: vec!["en".to_owned(), "de".to_owned()],
    };
    show(&CreateCustomerRequest::builder().idempotency_key("k1").customer(customer).build().into_http_request()?);

    let charges = ListChargesRequest::builder()
        .created(Between { gte: 1_700_000_000, lt: 1_700_086_400 })
        .expand(["data.customer".to_owned()])
        .limit(50);
    show(&charges.build().into_http_request()?);
    Ok(())
}

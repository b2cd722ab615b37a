//! The signatures of webhooks.
#![cfg(feature = "webhooks")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use stackone::{
    http::{HeaderMap, HeaderValue},
    webhooks::{SIGNATURE, WebhookSecret},
};

/// RFC 4231, section 4.3, as base64url.
const KEY: &str = "Jefe";
const BODY: &[u8] = b"what do ya want for nothing?";
const VALID: &str = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM";

fn headers(values: &[&str]) -> HeaderMap {
    values.iter().map(|value| (SIGNATURE, HeaderValue::from_str(value).unwrap())).collect()
}

fn secret() -> WebhookSecret {
    WebhookSecret::new(KEY).unwrap()
}

#[test]
fn the_published_signature_is_accepted_with_and_without_padding() {
    for signature in [VALID.to_owned(), format!("{VALID}=")] {
        secret().verify(&headers(&[&signature]), BODY).unwrap();
        secret().verify_signature(signature, BODY).unwrap();
    }
    assert_eq!(secret().sign(BODY), VALID);
}

#[test]
fn every_other_signature_is_refused_alike() {
    let flipped = VALID.replacen('W', "X", 1);
    // The last character has two bits that no byte contains.
    let other_spelling = VALID.replace("OEM", "OEN");
    let long = format!("{VALID}AAAA");
    let cases: &[&[&str]] = &[
        &[],
        &[""],
        &["="],
        &[&flipped],
        &[&flipped, VALID],
        &[VALID, VALID],
        &[&VALID[..VALID.len() - 1]],
        &[&VALID[..4]],
        &[&long],
        &[&other_spelling],
        &["no base64 at all!"],
        &["sha256=W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM"],
        &["5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"],
    ];
    let messages: Vec<_> =
        cases.iter().map(|values| secret().verify(&headers(values), BODY).unwrap_err().to_string()).collect();
    for (case, message) in cases.iter().zip(messages) {
        assert_eq!(message, "the header `x-stackone-signature` is not the signature of this body", "{case:?}");
    }
}

#[test]
fn each_byte_of_the_body_and_of_the_secret_counts() {
    let valid = headers(&[VALID]);
    for body in [&BODY[1..], &BODY[..BODY.len() - 1], b"what do ya want for nothing? ", b""] {
        secret().verify(&valid, body).unwrap_err();
    }
    WebhookSecret::new("jefe").unwrap().verify(&valid, BODY).unwrap_err();
}

#[test]
fn an_empty_secret_is_an_error() {
    let error = WebhookSecret::new("").unwrap_err();
    assert!(error.to_string().contains("is empty: set it to the one that StackOne shows"), "{error}");
}

#[test]
fn the_secret_is_not_shown() {
    assert_eq!(format!("{:?}", secret()), "WebhookSecret { .. }");
}

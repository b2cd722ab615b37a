//! Webhooks: is a request really from StackOne?
//!
//! StackOne signs each webhook. The header `x-stackone-signature` is the base64url of the HMAC-SHA256 of the body, with the signing
//! secret of the webhook as the key.
//!
//! ```
//! use stackone::{http::HeaderMap, webhooks::{InvalidSignature, WebhookSecret}};
//!
//! fn receive(secret: &WebhookSecret, headers: &HeaderMap, body: &[u8]) -> Result<(), InvalidSignature> {
//!     secret.verify(headers, body)?;
//!     // Only now parse the body.
//!     Ok(())
//! }
//! # let secret = WebhookSecret::new("secret")?;
//! # let mut headers = HeaderMap::new();
//! # assert!(receive(&secret, &headers, b"{}").is_err());
//! # headers.insert("x-stackone-signature", secret.sign(b"{}").parse()?);
//! # receive(&secret, &headers, b"{}")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Verify the body as it arrived, byte by byte. A body that was parsed and written again has another signature. The signature does not
//! say when the webhook was sent: a receiver that must not act twice remembers the ids of the events. The example `webhook` of the
//! repository is a receiver with axum.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use http::{HeaderMap, HeaderName};
use ring::hmac;
use std::{error::Error as StdError, fmt};

/// The header with the signature.
pub const SIGNATURE: HeaderName = HeaderName::from_static("x-stackone-signature");

/// Base64url, written without padding and read with or without it.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_encode_padding(false).with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The signing secret of a webhook. Its `Debug` does not show it.
#[derive(Clone)]
pub struct WebhookSecret(hmac::Key);

impl WebhookSecret {
    /// The secret, as StackOne shows it for the webhook.
    ///
    /// # Errors
    ///
    /// The secret is empty, as a variable of the environment may be. Anyone can sign with an empty secret.
    pub fn new(secret: impl AsRef<[u8]>) -> Result<Self, EmptySecret> {
        match secret.as_ref() {
            [] => Err(EmptySecret),
            secret => Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, secret))),
        }
    }

    /// Checks the signature in the headers of a request. `body` is the body as it arrived. The time of the comparison does not depend
    /// on the signature.
    ///
    /// # Errors
    ///
    /// The signature is not the one of this body and this secret. It is the same error if the signature is wrong, missing, truncated,
    /// not base64url, or there twice. Answer with 401.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<(), InvalidSignature> {
        let mut signatures = headers.get_all(SIGNATURE).iter();
        let signature = match (signatures.next(), signatures.next()) {
            (Some(signature), None) => signature.as_bytes(),
            _ => b"",
        };
        self.verify_signature(signature, body)
    }

    /// Checks a signature that does not come from a [`HeaderMap`]. See [`verify`](Self::verify).
    ///
    /// # Errors
    ///
    /// The signature is not the one of this body and this secret.
    pub fn verify_signature(&self, signature: impl AsRef<[u8]>, body: &[u8]) -> Result<(), InvalidSignature> {
        // No signature has zero bytes, so that one that cannot be decoded takes the same way as a wrong one.
        let signature = BASE64URL.decode(signature).unwrap_or_default();
        hmac::verify(&self.0, body, &signature).map_err(|_| InvalidSignature)
    }

    /// The signature of a body, for tests of a receiver.
    #[must_use]
    pub fn sign(&self, body: &[u8]) -> String {
        BASE64URL.encode(hmac::sign(&self.0, body))
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookSecret").finish_non_exhaustive()
    }
}

/// The signature of a webhook is wrong or missing. The error does not say which, so that it does not help an attacker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidSignature;

impl fmt::Display for InvalidSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the header `{SIGNATURE}` is not the signature of this body")
    }
}

impl StdError for InvalidSignature {}

/// The secret of a webhook is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmptySecret;

impl fmt::Display for EmptySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the signing secret of the webhook is empty: set it to the one that StackOne shows for the webhook")
    }
}

impl StdError for EmptySecret {}

//! Requests a token by client credentials (RFC 6749, section 4.4) when a call needs one. The token endpoint has HTTP Basic, and a
//! public operation has no credentials. A server on loopback stands in for both.

use serde::{Deserialize, Serialize};
use stackone::credentials::{Token, TokenSource};
use stackone::{Client, stackone_operation};
use stackone_examples::{OtherApi, no_arguments, println};
use std::{error::Error, time::Duration};

/// What the server supports (RFC 8414). It is read before there is a token.
#[stackone_operation(method = "GET", path = "/.well-known/oauth-authorization-server", response = Metadata, no_credentials)]
struct GetMetadataRequest;

#[derive(Debug, Deserialize)]
struct Metadata {
    scopes_supported: Vec<String>,
}

#[stackone_operation(method = "POST", path = "/oauth/token", response = AccessToken)]
struct CreateTokenRequest {
    #[body(content_type = "application/x-www-form-urlencoded")]
    grant: Grant,
}

#[derive(Serialize)]
struct Grant {
    grant_type: &'static str,
    scope: String,
}

#[derive(Deserialize)]
struct AccessToken {
    access_token: String,
    expires_in: u64,
}

#[stackone_operation(method = "GET", path = "/v1/account", response = text)]
struct GetAccountRequest;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    no_arguments("Requests a token for a call.");
    let server = OtherApi::TokenEndpoint.start().await?;
    let login = Client::builder().base_url(server.base_url()).basic_auth("client-id", "client-secret").build()?;
    let scope = login.send(GetMetadataRequest).await?.value.scopes_supported.join(" ");
    let tokens = TokenSource::new(move || {
        let grant = Grant { grant_type: "client_credentials", scope: scope.clone() };
        let created = login.send(CreateTokenRequest::builder().grant(grant).build());
        async move {
            let token = created.await?.value;
            let lifetime = Duration::from_secs(token.expires_in);
            Ok::<_, stackone::Error>(Token::bearer(token.access_token).expires_in(lifetime))
        }
    });
    let client = Client::builder().base_url(server.base_url()).credentials(tokens).build()?;
    println!("{}", client.send(GetAccountRequest).await?.value);
    Ok(())
}

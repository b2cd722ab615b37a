//! Tokens by client credentials (RFC 6749, section 4.4), found through the metadata of the server (RFC 8414).

use super::{header, json};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{Request, Response, StatusCode, header::AUTHORIZATION};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Grant {
    grant_type: String,
    #[serde(default)]
    scope: String,
}

pub(super) fn answer(request: &Request<Bytes>) -> Response<Bytes> {
    match (request.method().as_str(), request.uri().path()) {
        ("GET", "/.well-known/oauth-authorization-server") if request.headers().contains_key(AUTHORIZATION) => {
            json(StatusCode::BAD_REQUEST, &json!({"error": "invalid_request"}))
        }
        ("GET", "/.well-known/oauth-authorization-server") => {
            json(StatusCode::OK, &json!({"scopes_supported": ["read", "write"]}))
        }
        ("POST", "/oauth/token") => create_token(request),
        ("GET", "/v1/account") => match header(request.headers(), "authorization").strip_prefix("Bearer token-for-") {
            Some(scope) => {
                json(StatusCode::OK, &json!({"name": "Ada", "scopes": scope.split("-and-").collect::<Vec<_>>()}))
            }
            None => json(StatusCode::UNAUTHORIZED, &json!({"error": "invalid_token"})),
        },
        _ => json(StatusCode::NOT_FOUND, &json!({"error": "not_found"})),
    }
}

fn create_token(request: &Request<Bytes>) -> Response<Bytes> {
    let error = |status, error: &str| json(status, &json!({"error": error}));
    let basic = header(request.headers(), "authorization").strip_prefix("Basic ");
    if basic.and_then(|basic| STANDARD.decode(basic).ok()).as_deref() != Some(b"client-id:client-secret") {
        return error(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    if header(request.headers(), "content-type") != "application/x-www-form-urlencoded" {
        return error(StatusCode::BAD_REQUEST, "invalid_request");
    }
    match serde_html_form::from_bytes::<Grant>(request.body()) {
        Ok(grant) if grant.grant_type == "client_credentials" => {
            // The token contains the scope, so that the server needs no memory.
            let token = format!("token-for-{}", grant.scope.replace(' ', "-and-"));
            let answer = json!({"access_token": token, "token_type": "Bearer", "expires_in": 3600});
            json(StatusCode::OK, &answer)
        }
        Ok(_) => error(StatusCode::BAD_REQUEST, "unsupported_grant_type"),
        Err(_) => error(StatusCode::BAD_REQUEST, "invalid_request"),
    }
}

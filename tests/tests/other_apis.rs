//! Operations of GitHub, Slack, a token endpoint and a storage of objects, against the servers that stand in for these APIs in the
//! examples. The servers read the requests with `serde_html_form`, `multer` and `base64`, and answer with what they have read.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde::Serialize;
use serde_json::{Value, json};
use stackone::{
    Client, ErrorFormat, ErrorKind, Part,
    bytes::Bytes,
    credentials::{Token, TokenSource},
    response_headers, stackone_operation,
};
use stackone_examples::{OtherApi, OtherServer};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

/// The server stops with the first value.
async fn client(api: OtherApi, token: &str) -> (OtherServer, Client) {
    let server = api.start().await.unwrap();
    let client = Client::builder().bearer_token(token).base_url(server.base_url()).build().unwrap();
    (server, client)
}

mod github {
    use super::*;

    #[stackone_operation(method = "POST", path = "/repos/{owner}/{repo}/issues", response = Value,
        headers("accept" = "application/vnd.github+json", "x-github-api-version" = "2022-11-28"))]
    struct CreateIssueRequest {
        #[path]
        owner: String,
        #[path]
        repo: String,
        #[body]
        issue: Value,
    }

    #[stackone_operation(method = "POST", path = "/repos/{owner}/{repo}/releases/{release_id}/assets", response = Value,
        headers("accept" = "application/vnd.github+json", "x-github-api-version" = "2022-11-28"))]
    struct UploadAssetRequest {
        #[path]
        owner: String,
        #[path]
        repo: String,
        #[path]
        release_id: u64,
        #[query]
        name: String,
        #[query]
        label: Option<String>,
        #[header]
        content_type: Option<String>,
        #[body(content_type = "application/octet-stream")]
        content: Bytes,
    }

    #[tokio::test]
    async fn an_issue_is_created() {
        let (_server, client) = client(OtherApi::GitHub, "token").await;
        let create = |issue| CreateIssueRequest::builder().owner("ada").repo("engine").issue(issue).build();
        let title = "Rusty „gears“ & wheels";
        let created =
            client.send(create(json!({"title": title, "labels": ["bug", "good first issue"]}))).await.unwrap();
        assert_eq!(created.status(), 201);
        assert_eq!(created.value["title"], title);
        assert_eq!(created.value["labels"], json!([{"name": "bug"}, {"name": "good first issue"}]));

        let error = client.send(create(json!({}))).await.unwrap_err();
        let api = error.api().unwrap();
        assert_eq!((api.status().as_u16(), api.message()), (422, "Validation Failed"));
    }

    #[tokio::test]
    async fn an_asset_has_the_media_type_of_its_own_header() {
        let (_server, client) = client(OtherApi::GitHub, "token").await;
        let upload =
            || UploadAssetRequest::builder().owner("ada").repo("engine").release_id(1).content(&b"PK\x03\x04"[..]);
        let zip = upload().name("a b&c=ü.zip").label("50% + more").content_type("application/zip").build();
        let expected =
            json!({"name": "a b&c=ü.zip", "label": "50% + more", "size": 4, "content_type": "application/zip"});
        assert_eq!(client.send(zip).await.unwrap().value, expected);
        let other = client.send(upload().name("x").build()).await.unwrap();
        assert_eq!(other.value["content_type"], "application/octet-stream");
    }
}

mod slack {
    use super::*;

    #[stackone_operation(method = "POST", path = "/api/users.setPhoto", response = Value)]
    struct SetPhotoRequest {
        #[part]
        image: Part,
        #[part("crop_w")]
        crop_width: Option<u32>,
    }

    fn errors() -> ErrorFormat {
        let status = |code: &str| Some(if code == "invalid_auth" { 401 } else { 400 });
        ErrorFormat::http()
            .error_envelope("ok", |ok| ok == false)
            .message("/error")
            .code("/error")
            .status_of_code(status)
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\r\n--boundary";

    #[tokio::test]
    async fn a_file_is_uploaded() {
        let (_server, client) = client(OtherApi::Slack, "xoxb-token").await;
        let image = Part::bytes(PNG).file_name("Ada „Countess“.png").content_type("image/png");
        let set = SetPhotoRequest::builder().image(image).crop_width(200).build();
        let updated = client.send(set).error_format(errors()).await.unwrap();
        let image = json!({"name": "Ada „Countess“.png", "mimetype": "image/png", "size": PNG.len()});
        assert_eq!(updated.value["profile"], json!({"image_original": image, "crop_w": "200"}));
    }

    #[tokio::test]
    async fn an_error_under_200_is_an_error_of_its_code() {
        let (server, client) = client(OtherApi::Slack, "xoxb-token").await;
        let set = || SetPhotoRequest::builder().image(Part::text("text").file_name("a.txt")).build();
        let error = client.send(set()).error_format(errors()).await.unwrap_err();
        let api = error.api().unwrap();
        assert_eq!((api.code(), api.message(), api.status().as_u16()), (Some("bad_image"), "bad_image", 400));

        let other = Client::builder().bearer_token("other").base_url(server.base_url()).error_format(errors());
        let error = other.build().unwrap().send(set()).await.unwrap_err();
        assert_eq!(error.api().map(|api| api.status().as_u16()), Some(401));
        // Without the format, such a body is a success.
        assert_eq!(client.send(set()).await.unwrap().value, json!({"ok": false, "error": "bad_image"}));
    }
}

mod token_endpoint {
    use super::*;

    #[stackone_operation(method = "GET", path = "/.well-known/oauth-authorization-server", response = Value, no_credentials)]
    struct GetMetadataRequest;

    #[stackone_operation(method = "POST", path = "/oauth/token", response = BTreeMap<String, Value>)]
    struct CreateTokenRequest {
        #[body(content_type = "application/x-www-form-urlencoded")]
        grant: Grant,
    }

    #[derive(Serialize)]
    struct Grant {
        grant_type: &'static str,
        scope: &'static str,
    }

    #[stackone_operation(method = "GET", path = "/v1/account", response = Value)]
    struct GetAccountRequest;

    fn create(grant_type: &'static str) -> CreateTokenRequest {
        CreateTokenRequest::builder().grant(Grant { grant_type, scope: "read write" }).build()
    }

    fn login(server: &OtherServer, password: &str) -> Client {
        Client::builder().base_url(server.base_url()).basic_auth("client-id", password).build().unwrap()
    }

    #[tokio::test]
    async fn calls_share_a_token_of_the_endpoint() {
        let server = OtherApi::TokenEndpoint.start().await.unwrap();
        let login = login(&server, "client-secret");
        let created = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&created);
        let tokens = TokenSource::new(move || {
            counter.fetch_add(1, Ordering::Relaxed);
            let call = login.send(create("client_credentials"));
            async move { call.await.map(|token| Token::bearer(token.value["access_token"].as_str().unwrap_or_default())) }
        });
        let client = Client::builder().base_url(server.base_url()).credentials(tokens).build().unwrap();
        let (first, second) = tokio::join!(client.send(GetAccountRequest), client.send(GetAccountRequest));
        for account in [first, second] {
            assert_eq!(account.unwrap().value, json!({"name": "Ada", "scopes": ["read", "write"]}));
        }
        assert_eq!(created.load(Ordering::Relaxed), 1);
    }

    /// The server refuses credentials there.
    #[tokio::test]
    async fn a_public_operation_has_no_credentials() {
        let server = OtherApi::TokenEndpoint.start().await.unwrap();
        let metadata = login(&server, "client-secret").send(GetMetadataRequest).await.unwrap();
        assert_eq!(metadata.value, json!({"scopes_supported": ["read", "write"]}));
        let tokens = TokenSource::new(|| async { Err::<Token, _>("no token is needed") });
        let client = Client::builder().base_url(server.base_url()).credentials(tokens).build().unwrap();
        assert!(client.send(GetMetadataRequest).await.is_ok());
    }

    #[tokio::test]
    async fn an_error_of_the_endpoint_has_its_code() {
        let server = OtherApi::TokenEndpoint.start().await.unwrap();
        let format = ErrorFormat::http().code("/error");
        for (password, grant_type, status, code) in [
            ("other", "client_credentials", 401, "invalid_client"),
            ("client-secret", "password", 400, "unsupported_grant_type"),
        ] {
            let call = login(&server, password).send(create(grant_type)).error_format(format.clone());
            let error = call.await.unwrap_err();
            let api = error.api().unwrap();
            assert_eq!((api.status().as_u16(), api.code()), (status, Some(code)));
        }
    }
}

mod object_storage {
    use super::*;

    response_headers! {
        #[derive(Debug, PartialEq)]
        struct ObjectHeaders {
            etag: String = "etag",
            author: Option<String> = "x-amz-meta-author",
            range: Option<String> = "content-range",
            media_type: Option<String> = "content-type",
        }
    }

    #[stackone_operation(method = "PUT", path = "/{bucket}/{key}", response_headers = ObjectHeaders)]
    struct PutObjectRequest<'a> {
        #[path]
        bucket: &'a str,
        #[path]
        key: &'a str,
        #[header("x-amz-meta-author")]
        author: Option<&'a str>,
        #[body(content_type = "text/csv")]
        content: Bytes,
    }

    #[stackone_operation(method = "GET", path = "/{bucket}/{key}", response = bytes, response_headers = ObjectHeaders)]
    struct GetObjectRequest<'a> {
        #[path]
        bucket: &'a str,
        #[path]
        key: &'a str,
        #[header]
        range: Option<&'a str>,
    }

    #[stackone_operation(method = "HEAD", path = "/{bucket}/{key}", response_headers = ObjectHeaders)]
    struct HeadObjectRequest<'a> {
        #[path]
        bucket: &'a str,
        #[path]
        key: &'a str,
    }

    /// A name of a file. `/` is a part of it.
    const KEY: &str = "2026/Zähne & Räder + 100%.csv";

    #[tokio::test]
    async fn an_object_is_read_as_it_was_stored() {
        let (_server, client) = client(OtherApi::ObjectStorage, "token").await;
        let put = PutObjectRequest::builder().bucket("reports").key(KEY).author("Ada").content(&b"0123\xFF\0\r\n"[..]);
        let stored = client.send(put.build()).await.unwrap();
        assert_eq!((&*stored.value.etag, &stored.value.range), ("\"v1\"", &None));

        let get = || GetObjectRequest::builder().bucket("reports").key(KEY);
        let whole = client.send(get().build()).await.unwrap().value;
        assert_eq!(whole.body, &b"0123\xFF\0\r\n"[..]);
        let mut headers = ObjectHeaders {
            etag: "\"v1\"".to_owned(),
            author: Some("Ada".to_owned()),
            range: None,
            media_type: Some("text/csv".to_owned()),
        };
        assert_eq!(whole.headers, headers);
        let head = client.send(HeadObjectRequest::builder().bucket("reports").key(KEY).build()).await.unwrap();
        assert_eq!(head.value, headers);

        let part = client.send(get().range("bytes=3-4").build()).await.unwrap();
        assert_eq!((part.status().as_u16(), &part.value.body[..]), (206, &b"3\xFF"[..]));
        headers.range = Some("bytes 3-4/8".to_owned());
        assert_eq!(part.value.headers, headers);
    }

    #[tokio::test]
    async fn a_missing_object_is_an_error_with_its_status() {
        let (_server, client) = client(OtherApi::ObjectStorage, "token").await;
        let error = client.send(GetObjectRequest::builder().bucket("b").key("k").build()).await.unwrap_err();
        assert_eq!((error.kind(), error.api().map(|api| api.status().as_u16())), (ErrorKind::Api, Some(404)));
    }
}

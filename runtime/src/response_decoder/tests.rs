#![expect(dead_code, reason = "only the types of the operations are used")]

use super::*;
use crate::{ErrorKind, stackone_operation};
use std::{error::Error as _, io, iter, time::Duration};

#[stackone_operation(crate = crate, method = "GET", path = "/tags", response = Vec<String>)]
struct ListTagsRequest;

#[stackone_operation(crate = crate, method = "POST", path = "/tags")]
struct CreateTagRequest;

#[stackone_operation(crate = crate, method = "GET", path = "/tags/text", response = text)]
struct TextRequest;

#[stackone_operation(crate = crate, method = "GET", path = "/tags/file", response = download)]
struct FileRequest;

type Tags = Result<Response<Vec<String>>, Error>;

/// The response as a whole, and read in chunks of every size.
fn tags(decoder: &ResponseDecoder, status: u16, body: &'static [u8]) -> Tags {
    let status = StatusCode::from_u16(status).unwrap();
    let mut response = http::Response::new(Bytes::from_static(body));
    *response.status_mut() = status;
    let whole = decoder.decode::<ListTagsRequest>(response);
    for size in 1..=body.len().max(1) {
        let chunks = Pieces(body.chunks(size), None);
        let read = decoder.read::<ListTagsRequest>(status, HeaderMap::new(), chunks);
        match (&whole, &read) {
            (Ok(whole), Ok(read)) => assert_eq!((&whole.value, whole.heartbeats()), (&read.value, read.heartbeats())),
            (Err(whole), Err(read)) => {
                let of = |error: &Error| (error.kind(), error.status(), error.heartbeats(), error.raw_body().cloned());
                assert_eq!(of(whole), of(read), "chunks of {size} bytes");
            }
            _ => panic!("{whole:?} as a whole and {read:?} in chunks of {size} bytes"),
        }
    }
    whole
}

/// A reader that returns these pieces, and then the error.
struct Pieces<I>(I, Option<io::ErrorKind>);

impl<'a, I: Iterator<Item = &'a [u8]>> Read for Pieces<I> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        match (self.0.next(), self.1) {
            (Some(piece), _) => {
                let length = piece.len().min(room.len());
                room[..length].copy_from_slice(&piece[..length]);
                Ok(length)
            }
            (None, Some(kind)) => Err(kind.into()),
            (None, None) => Ok(0),
        }
    }
}

#[test]
fn heartbeats_are_removed() {
    let tags = tags(&ResponseDecoder::new(), 202, b"\n\r\n\n[\"a\",\n\"b\"]\n").unwrap();
    assert_eq!(tags.value, ["a", "b"]);
    assert_eq!((tags.heartbeats(), tags.attempts(), tags.status().as_u16()), (3, 1, 202));
}

#[test]
fn an_error_envelope_is_the_error_of_its_status() {
    let body = b"\n\n{\"statusCode\":429,\"message\":\"slow down\"}";
    let error = tags(&ResponseDecoder::new(), 200, body).unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(StatusCode::TOO_MANY_REQUESTS)));
    assert_eq!(error.api().unwrap().message(), "slow down");
    assert!(error.is_retryable());
}

#[test]
fn an_error_response_has_its_message_and_headers() {
    let mut response = http::Response::new(Bytes::from_static(b" {\"error\":\"gone\"}\n"));
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response.headers_mut().insert("x-request-id", http::HeaderValue::from_static("req_1"));
    response.headers_mut().insert("retry-after", http::HeaderValue::from_static("7"));
    let error = decode_response::<CreateTagRequest>(response).unwrap_err();
    assert_eq!(error.to_string(), "create_tag: 503 Service Unavailable: gone (request id req_1)");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(error.outcome_unknown() && !error.is_retryable());
}

#[test]
fn half_a_document_and_only_heartbeats_are_truncated() {
    for (body, heartbeats) in [(&b"\n\n[\"a\","[..], 2), (b"\n\n\n", 3), (b"", 0)] {
        let error = tags(&ResponseDecoder::new(), 200, body).unwrap_err();
        assert_eq!((error.kind(), error.heartbeats()), (ErrorKind::Truncated, heartbeats));
    }
    let error = tags(&ResponseDecoder::new(), 200, b"\n[\"a\"").unwrap_err();
    assert_eq!(error.to_string(), "list_tags: the response ended after 4 bytes of its body, after 1 heartbeats");
}

#[test]
fn a_reader_that_fails_is_a_truncation_with_its_error() {
    let body = Pieces(iter::once(&b"\n\n[\"a\","[..]), Some(io::ErrorKind::ConnectionReset));
    let error = read_response::<ListTagsRequest>(StatusCode::OK, HeaderMap::new(), body).unwrap_err();
    assert_eq!((error.kind(), error.heartbeats()), (ErrorKind::Truncated, 2));
    assert_eq!(error.raw_body().unwrap(), "[\"a\",");
    let inner = error.get_ref().unwrap().downcast_ref::<io::Error>().unwrap();
    assert_eq!(inner.kind(), io::ErrorKind::ConnectionReset);
    assert!(error.source().is_none());
    // The status is known, and what was read of the body.
    let body = Pieces(iter::once(&b"no such tag"[..]), Some(io::ErrorKind::ConnectionReset));
    let error = read_response::<ListTagsRequest>(StatusCode::NOT_FOUND, HeaderMap::new(), body).unwrap_err();
    assert_eq!((error.kind(), error.api().unwrap().message()), (ErrorKind::Api, "no such tag"));
}

#[test]
fn limits_count_the_bytes_of_the_document_and_the_heartbeats() {
    let decoder = ResponseDecoder::new().max_body(5).max_heartbeats(3);
    assert_eq!(tags(&decoder, 200, b"\n\n\n[\"a\"]").unwrap().value, ["a"]);
    assert_eq!(tags(&decoder, 200, b"\n[\"ab\"]").unwrap_err().kind(), ErrorKind::BodyTooLarge);
    let error = tags(&decoder, 200, b"\n\n\n\n[\"a\"]").unwrap_err();
    assert!(error.to_string().ends_with("more than 3 heartbeats (setting `max_heartbeats`)"), "{error}");
    let endless = io::repeat(b'\n');
    let error = read_response::<ListTagsRequest>(StatusCode::OK, HeaderMap::new(), endless).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    let decoder = decoder.max_error_body(4);
    let error = decoder.read::<ListTagsRequest>(StatusCode::BAD_REQUEST, HeaderMap::new(), io::repeat(b'x'));
    assert_eq!(error.unwrap_err().raw_body().unwrap(), "xxxx");
}

#[test]
fn an_ignored_body_may_be_longer_than_the_limit() {
    let decoder = ResponseDecoder::new().max_body(16);
    let status = StatusCode::CREATED;
    decoder.read::<CreateTagRequest>(status, HeaderMap::new(), io::repeat(b'x')).unwrap();
    let error = decoder.read::<CreateTagRequest>(status, HeaderMap::new(), io::repeat(b'{')).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
}

#[test]
fn text_is_not_changed() {
    let text = read_response::<TextRequest>(StatusCode::OK, HeaderMap::new(), &b"\n\ntext\n"[..]).unwrap();
    assert_eq!((text.value.as_str(), text.heartbeats()), ("\n\ntext\n", 0));
}

#[test]
fn a_download_is_its_reader_or_the_error() {
    let decoder = ResponseDecoder::new();
    let file = decoder.download::<FileRequest, _>(StatusCode::OK, HeaderMap::new(), &b"\n\nfile"[..]).unwrap();
    assert_eq!(io::read_to_string(file.value).unwrap(), "\n\nfile");
    let refused = &b"{\"statusCode\":403,\"message\":\"not yours\"}"[..];
    let error = decoder.download::<FileRequest, _>(StatusCode::FORBIDDEN, HeaderMap::new(), refused).unwrap_err();
    assert_eq!(error.api().unwrap().message(), "not yours");
}

#[test]
fn an_undecodable_document_names_its_place() {
    let error = tags(&ResponseDecoder::new(), 200, b"\n[\"a\",1]").unwrap_err();
    assert_eq!((error.kind(), error.response_path()), (ErrorKind::Decode, Some("[1]")));
}

#[test]
fn an_invalid_error_format_is_reported() {
    let decoder = ResponseDecoder::new().error_format(ErrorFormat::http().message("error"));
    let error = decoder.decode::<ListTagsRequest>(http::Response::new(Bytes::new())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("`error_format`"), "{error}");
}

//! Responses that are compressed although the client did not ask for it.
#![cfg(feature = "gzip")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use stackone::ErrorKind;
use std::{io::Write, time::Duration};
use support::{Get, GetMaybe, GetText, Pieces, Post, PostIgnored, Reply, Server, THING};

/// Each text as a flushed part of one gzip stream.
fn pieces(wait: u64, texts: &[&str]) -> Pieces {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let mut pieces: Pieces = texts
        .iter()
        .map(|text| {
            encoder.write_all(text.as_bytes()).unwrap();
            encoder.flush().unwrap();
            (wait, Some(std::mem::take(encoder.get_mut()).into()))
        })
        .collect();
    pieces.push((wait, Some(encoder.finish().unwrap().into())));
    pieces
}

fn reply(status: u16, pieces: Pieces) -> Reply {
    Reply::pieces(status, pieces).header("content-encoding", "gzip")
}

#[tokio::test(start_paused = true)]
async fn compressed_heartbeats_are_reported_as_they_arrive() {
    let server = Server::new([reply(200, pieces(9_000, &["\n", "\n", "\r\n", "{\"id\"", ":\"1\"}\n"]))]);
    let call = server.client().send(Post::default()).idle_timeout(Duration::from_secs(10));
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let log = seen.clone();
    let thing = call.on_heartbeat(move |beat| log.lock().unwrap().push(beat.elapsed.as_secs())).await.unwrap();
    assert_eq!((thing.value.id.as_str(), thing.heartbeats()), ("1", 3));
    assert_eq!(*seen.lock().unwrap(), [9, 18, 27]);
}

#[tokio::test(start_paused = true)]
async fn compressed_error_responses_are_decoded() {
    let server = Server::new([reply(422, pieces(0, &["\n", r#"{"message":"packed"}"#]))]);
    let error = server.client().send(Post::default()).await.unwrap_err();
    assert_eq!(error.api().unwrap().message(), "packed");
    assert_eq!(error.raw_body().unwrap(), r#"{"message":"packed"}"#);
}

#[tokio::test(start_paused = true)]
async fn a_cut_gzip_stream_is_truncated() {
    let whole: Vec<u8> = pieces(0, &["\n", THING]).into_iter().flat_map(|(_, piece)| piece.unwrap()).collect();
    for end in 0..whole.len() {
        let cut = vec![(0, Some(Bytes::copy_from_slice(&whole[..end])))];
        let error = Server::new([reply(200, cut)]).client().send(Post::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Truncated, "{end}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_body_is_empty() {
    let server = Server::new([(); 4].map(|()| reply(200, Pieces::new())));
    let client = server.client();
    assert_eq!(client.send(GetMaybe::default()).await.unwrap().value, None);
    assert_eq!(client.send(GetText::default()).await.unwrap().value, "");
    client.send(PostIgnored::default()).await.unwrap();
    let error = client.send(Post::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated, "it has no value for that");
}

/// A separate gzip stream for each text.
fn members(texts: &[&str]) -> Vec<u8> {
    texts.iter().flat_map(|text| pieces(0, &[text])).flat_map(|(_, piece)| piece.unwrap()).collect()
}

#[tokio::test(start_paused = true)]
async fn gzip_members_are_decoded_at_every_split() {
    let whole = members(&["\n", "", "\n{\"id\"", ":\"1\"}", ""]);
    for end in 0..whole.len() {
        let (left, right) = whole.split_at(end);
        let cut = [left, right].map(|piece| (0, Some(Bytes::copy_from_slice(piece)))).into();
        let thing = Server::new([reply(200, cut)]).client().send(Post::default()).await.unwrap();
        assert_eq!((thing.value.id.as_str(), thing.heartbeats()), ("1", 2), "{end}");
    }
    let bytes = whole.iter().map(|byte| (0, Some(vec![*byte].into()))).collect();
    let thing = Server::new([reply(200, bytes)]).client().send(Post::default()).await.unwrap();
    assert_eq!((thing.value.id.as_str(), thing.heartbeats()), ("1", 2));
}

#[tokio::test(start_paused = true)]
async fn a_cut_gzip_member_is_truncated() {
    let whole = members(&[THING, "\n"]);
    let first = members(&[THING]).len();
    for end in first + 1..whole.len() {
        let cut = vec![(0, Some(Bytes::copy_from_slice(&whole[..end])))];
        let error = Server::new([reply(200, cut)]).client().send(Post::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Truncated, "{end}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn bytes_after_the_last_member_are_an_error() {
    let mut whole = members(&[THING]);
    whole.extend([0; 16]);
    let server = Server::new([reply(200, vec![(0, Some(whole.into()))])]);
    let error = server.client().send(Post::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
}

#[tokio::test(start_paused = true)]
async fn documents_of_any_length_are_decoded() {
    for length in [(16 << 10) - 12, 1 << 16, 1 << 20].into_iter().flat_map(|length| length..length + 24) {
        let id = "a".repeat(length);
        let server = Server::new([reply(200, pieces(0, &[&format!("{{\"id\":\"{id}\"}}")]))]);
        assert_eq!(server.client().send(Post::default()).await.unwrap().value.id.len(), length);
    }
}

#[tokio::test(start_paused = true)]
async fn a_compression_bomb_ends_at_the_limit() {
    let bomb = format!("\"{}", "a".repeat(64 << 20));
    let server = Server::new([reply(200, pieces(0, &[&bomb]))]);
    let error = server.client().send(Post::default()).max_body(1 << 20).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_not_gzip_is_an_error() {
    let server = Server::new([Reply::new(200, THING).header("content-encoding", "gzip")]);
    let error = server.client().send(Post::default()).await.unwrap_err();
    assert!(error.outcome_unknown() && error.status().is_some(), "{error}");
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    assert!(error.to_string().contains("it cannot be decompressed: "), "{error}");
}

#[tokio::test(start_paused = true)]
async fn invalid_gzip_is_a_decode_error() {
    let mut whole: Vec<u8> = pieces(0, &["\n", THING]).into_iter().flat_map(|(_, piece)| piece.unwrap()).collect();
    // A block with an invalid type, after the ten bytes of the header.
    whole[10] = 0xFF;
    let server = Server::new([reply(200, vec![(0, Some(whole.into()))])]);
    let error = server.client().send(Get::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_wrong_checksum_is_a_decode_error() {
    let whole = members(&[THING]);
    for at in whole.len() - 8..whole.len() {
        let mut whole = whole.clone();
        whole[at] ^= 1;
        let server = Server::new([reply(200, vec![(0, Some(whole.into()))])]);
        let error = server.client().send(Get::default()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1), "{error}");
    }
}

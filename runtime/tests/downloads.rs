//! Downloads: what they know about the file, how they are read, and how they go on after a lost connection.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use bytes::Bytes;
use stackone::{DownloadBody, ErrorKind, Progress};
use std::{
    fs, io,
    path::PathBuf,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
};
use support::{GetFile, Pieces, Reply, Server, piece, raw::Raw};
use tokio::io::{AsyncReadExt, AsyncWrite};

const TAG: &str = "\"v1\"";

fn file(status: u16, pieces: Pieces, length: u64, tag: &str) -> Reply {
    Reply::pieces(status, pieces).header("content-length", &length.to_string()).header("etag", tag)
}

/// The first response: `abc` of `abcdefgh`, and then the connection is lost.
fn cut() -> Reply {
    file(200, vec![piece(0, "abc"), (0, None)], 8, TAG)
}

fn rest(range: &str, text: &'static str) -> Reply {
    file(206, vec![piece(0, text)], text.len() as u64, TAG).header("content-range", range)
}

async fn download(server: &Server) -> DownloadBody {
    server.client().send(GetFile::default()).await.unwrap().value
}

async fn read(server: &Server) -> (Vec<u8>, Option<stackone::Error>) {
    let (mut body, mut bytes) = (download(server).await, Vec::new());
    loop {
        match body.try_next().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return (bytes, None),
            Err(error) => return (bytes, Some(error)),
        }
    }
}

/// A directory for one test.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("stackone-downloads-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_download_knows_type_length_and_name() {
    let reply = file(200, vec![piece(0, "abcdefgh")], 8, TAG)
        .header("content-type", "application/pdf")
        .header("content-disposition", "attachment; filename=\"x.pdf\"; filename*=UTF-8''..%2Fb%C3%A4r.pdf");
    let body = download(&Server::new([reply, Reply::thing()])).await;
    assert_eq!(body.content_type(), Some("application/pdf"));
    assert_eq!((body.content_length(), body.remaining()), (Some(8), Some(8)));
    assert_eq!(body.file_name(), Some("bär.pdf"));
    let body = download(&Server::new([Reply::thing()])).await;
    assert_eq!((body.content_type(), body.content_length(), body.file_name()), (None, None, None));
}

#[tokio::test(start_paused = true)]
async fn a_reader_takes_any_number_of_bytes() {
    let server = Server::new([Reply::pieces(200, vec![piece(5, "abcd"), piece(5, "ef")])]);
    let mut body = download(&server).await;
    let mut start = [0; 3];
    body.read_exact(&mut start).await.unwrap();
    assert_eq!((&start, body.try_next().await.unwrap().unwrap()), (b"abc", Bytes::from_static(b"d")));
    let mut end = Vec::new();
    body.read_to_end(&mut end).await.unwrap();
    assert_eq!(end, b"ef");
}

#[tokio::test(start_paused = true)]
async fn a_lost_connection_is_resumed_by_range() {
    let server = Server::new([cut(), rest("bytes 3-7/8", "defgh")]);
    let (bytes, error) = read(&server).await;
    assert_eq!((&bytes[..], error.map(|error| error.to_string())), (&b"abcdefgh"[..], None));
    let request = server.request(1);
    assert_eq!(
        (&request.headers()["range"], &request.headers()["if-range"]),
        (&"bytes=3-".parse().unwrap(), &TAG.parse().unwrap())
    );
    assert_eq!(request.headers()["authorization"], server.request(0).headers()["authorization"]);
}

#[tokio::test(start_paused = true)]
async fn a_server_may_send_the_whole_file_or_an_earlier_range_or_a_short_one() {
    let whole = || file(200, vec![piece(0, "ab"), piece(0, "cdef"), piece(0, "gh")], 8, TAG);
    for replies in [
        vec![cut(), whole()],
        vec![cut(), rest("bytes 1-7/8", "bcdefgh")],
        vec![cut(), rest("bytes 3-4/8", "de"), rest("bytes 5-7/*", "fgh")],
        vec![cut(), Reply::Refused, Reply::new(503, ""), rest("bytes 3-7/8", "defgh")],
        vec![file(200, vec![piece(0, "abc"), piece(80_000, "late")], 8, TAG), rest("bytes 3-7/8", "defgh")],
        vec![cut(), file(200, vec![piece(0, "a"), (0, None)], 8, TAG), whole()],
    ] {
        let server = Server::new(replies);
        let (bytes, error) = read(&server).await;
        assert!(error.is_none() && bytes == b"abcdefgh", "{error:?} {bytes:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn another_file_is_never_appended() {
    let other = "\"v2\"";
    for (reply, reason) in [
        (file(200, vec![piece(0, "ABCDEFGH")], 8, other), "the file has changed"),
        (Reply::new(200, "ABCDEFGH"), "the file has changed"),
        (file(206, vec![piece(0, "DEFGH")], 5, other).header("content-range", "bytes 3-7/8"), "the file has changed"),
        (rest("bytes 3-7/9", "defgh"), "the length of the file has changed"),
        (rest("bytes 4-7/8", "efgh"), "a later range"),
        (Reply::new(206, "defgh"), "`content-range` is missing"),
        (rest("items 3-7/8", "defgh"), "`content-range` is missing"),
        (Reply::new(204, ""), "another status"),
        (Reply::new(416, r#"{"message":"no such range"}"#), "no such range"),
    ] {
        let server = Server::new([cut(), reply]);
        let (bytes, error) = read(&server).await;
        let error = error.expect("a cut download is an error");
        assert_eq!((&bytes[..], error.kind()), (&b"abc"[..], ErrorKind::Truncated), "{error}");
        assert!(error.to_string().contains(reason) && error.to_string().contains("3 of 8 bytes"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_download_is_resumed_only_if_that_is_safe() {
    for reply in [
        Reply::pieces(200, vec![piece(0, "abc"), (0, None)]).header("content-length", "8"),
        Reply::pieces(200, vec![piece(0, "abc"), (0, None)]).header("etag", TAG),
        file(200, vec![piece(0, "abc"), (0, None)], 8, "W/\"v1\""),
        cut().header("accept-ranges", "none"),
    ] {
        let server = Server::new([reply]);
        let (_, error) = read(&server).await;
        assert_eq!((error.unwrap().kind(), server.attempts()), (ErrorKind::Truncated, 1));
    }
    let server = Server::new([cut(), cut()]);
    let client = server.client();
    for call in
        [client.send(GetFile::default()).no_retry(), client.send(GetFile::default()).header("range", "bytes=0-7")]
    {
        let mut body = call.await.unwrap().value;
        assert!(body.try_next().await.is_ok());
        assert_eq!(body.try_next().await.unwrap_err().kind(), ErrorKind::Truncated);
    }
    assert_eq!(server.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_download_without_progress_ends() {
    let nothing = || file(206, vec![(0, None)], 5, TAG).header("content-range", "bytes 3-7/8");
    let server = Server::new([cut(), nothing(), nothing(), nothing()]);
    let (bytes, error) = read(&server).await;
    assert_eq!((&bytes[..], error.unwrap().kind(), server.attempts()), (&b"abc"[..], ErrorKind::Truncated, 4));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_ends_before_its_length_is_an_error() {
    let server = Server::new([Reply::new(200, "abc").header("content-length", "8")]);
    let (bytes, error) = read(&server).await;
    let error = error.expect("a cut download is an error");
    assert_eq!((&bytes[..], error.kind()), (&b"abc"[..], ErrorKind::Truncated));
    assert!(error.to_string().contains("3 of 8 bytes"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_reader_never_takes_a_cut_download_for_complete() {
    let server = Server::new([Reply::pieces(200, vec![piece(0, "abc"), (0, None)])]);
    let mut body = download(&server).await;
    let mut bytes = Vec::new();
    let error = body.read_to_end(&mut bytes).await.unwrap_err();
    assert_eq!((&bytes[..], error.kind()), (&b"abc"[..], io::ErrorKind::UnexpectedEof));
    let inner = error.get_ref().unwrap().downcast_ref::<stackone::Error>().unwrap();
    assert_eq!(inner.kind(), ErrorKind::Truncated);
    assert_eq!(body.read_to_end(&mut bytes).await.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    assert_eq!(body.copy_to(&mut Vec::new()).await.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
}

/// A writer that takes two bytes at a time, and then has no space left.
struct Disk {
    written: Vec<u8>,
    space: usize,
}

impl AsyncWrite for Disk {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let length = bytes.len().min(2).min(self.space - self.written.len());
        self.written.extend_from_slice(&bytes[..length]);
        Poll::Ready(if length == 0 { Err(io::ErrorKind::StorageFull.into()) } else { Ok(length) })
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test(start_paused = true)]
async fn a_download_is_copied_with_progress() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let shown = Arc::clone(&seen);
    let callback = move |progress: Progress| shown.lock().unwrap().push((progress.received(), progress.total()));
    let server = Server::new([cut(), rest("bytes 3-7/8", "defgh")]);
    let mut disk = Disk { written: Vec::new(), space: 100 };
    assert_eq!(download(&server).await.on_progress(callback).copy_to(&mut disk).await.unwrap(), 8);
    assert_eq!(disk.written, b"abcdefgh");
    assert_eq!(*seen.lock().unwrap(), [(3, Some(8)), (8, Some(8))]);

    let mut full = Disk { written: Vec::new(), space: 5 };
    let error = download(&Server::new([Reply::new(200, "abcdefgh")])).await.copy_to(&mut full).await.unwrap_err();
    assert_eq!((error.kind(), &full.written[..]), (io::ErrorKind::StorageFull, &b"abcde"[..]));
}

#[tokio::test]
async fn a_file_appears_once_it_is_complete() {
    let directory = Directory::new("complete");
    let path = directory.0.join("file.txt");
    fs::write(&path, "old").unwrap();
    let cut = Server::new([Reply::pieces(200, vec![piece(0, "abc"), (0, None)])]);
    let error = download(&cut).await.copy_to_file(&path).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    assert_eq!((directory.names(), fs::read(&path).unwrap()), (vec!["file.txt".to_owned()], b"old".to_vec()));

    let whole = Server::new([Reply::new(200, "abcdefgh")]);
    assert_eq!(download(&whole).await.copy_to_file(&path).await.unwrap(), 8);
    assert_eq!((directory.names(), fs::read(&path).unwrap()), (vec!["file.txt".to_owned()], b"abcdefgh".to_vec()));

    let target = directory.0.join("missing").join("file.txt");
    let error = download(&Server::new([Reply::new(200, "abcdefgh")])).await.copy_to_file(&target).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    assert!(error.to_string().starts_with(&format!("`{}` cannot be written: ", target.display())), "{error}");
}

/// A device must not be replaced, and the body must not be lost.
#[tokio::test]
async fn only_a_file_is_replaced() {
    let directory = Directory::new("replaced");
    let socket = directory.0.join("socket");
    #[cfg(unix)]
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    #[cfg(not(unix))]
    fs::create_dir(&socket).unwrap();
    let mut body = download(&Server::new([Reply::new(200, "abcdefgh")])).await;
    for target in [PathBuf::from(".."), directory.0.clone(), socket.clone()] {
        let error = body.copy_to_file(&target).await.unwrap_err();
        let message = format!("`{}` does not name a file", target.display());
        assert_eq!((error.kind(), error.to_string()), (io::ErrorKind::InvalidInput, message));
    }
    assert!(!fs::metadata(&socket).unwrap().is_file());
    assert_eq!(body.copy_to_file(directory.0.join("file.txt")).await.unwrap(), 8);
}

#[tokio::test]
async fn a_dropped_copy_leaves_no_file() {
    let directory = Directory::new("dropped");
    let server = Server::new([Reply::pieces(200, vec![piece(0, "abc"), piece(3_600_000, "def")])]);
    let mut body = download(&server).await;
    let (sender, arrived) = tokio::sync::oneshot::channel();
    let mut sender = Some(sender);
    body = body.on_progress(move |_| assert!(sender.take().is_none_or(|sender| sender.send(()).is_ok())));
    let path = directory.0.join("file.txt");
    tokio::select! {
        result = body.copy_to_file(&path) => panic!("the body never ends: {result:?}"),
        _ = arrived => {}
    }
    assert_eq!(directory.names(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn the_default_transport_resumes_too() {
    let raw = Raw::start(|mut wire| async move {
        let request = wire.request().await?;
        if request.contains("range: bytes=3-") {
            let head =
                "HTTP/1.1 206 Partial Content\r\netag: \"v1\"\r\ncontent-range: bytes 3-7/8\r\ncontent-length: 5";
            wire.write(format!("{head}\r\n\r\ndefgh")).await
        } else {
            wire.write("HTTP/1.1 200 OK\r\netag: \"v1\"\r\ncontent-length: 8\r\n\r\nabc").await
        }
    })
    .await;
    let client = stackone::Client::builder().base_url(raw.url()).build().unwrap();
    let mut bytes = Vec::new();
    client.send(GetFile::default()).await.unwrap().value.copy_to(&mut bytes).await.unwrap();
    assert_eq!((&bytes[..], raw.requests()), (&b"abcdefgh"[..], 2));
}

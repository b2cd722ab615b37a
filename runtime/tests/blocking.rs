//! The blocking client, against servers on loopback ports.
#![cfg(all(feature = "blocking", feature = "transport"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use stackone::{Client, Error, ErrorKind, blocking, page::List, stackone_operation};
use std::{
    env, fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpListener,
    process,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    thread,
};

#[derive(serde::Deserialize)]
struct User {
    name: String,
}

#[stackone_operation(method = "GET", path = "/users/{id}", response = User)]
struct GetUserRequest {
    #[path]
    id: String,
}

#[stackone_operation(method = "GET", path = "/users", response = List<u32>)]
struct ListUsersRequest {
    #[query(cursor)]
    next: Option<String>,
}

#[stackone_operation(method = "GET", path = "/file", response = download)]
struct FileRequest;

/// A server that sends one of these responses on each connection, with the targets of the requests. A response is its status,
/// its `content-length` and its body.
struct Server {
    url: String,
    targets: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(responses: Vec<(u16, usize, &'static str)>) -> Self {
        let text = |(status, length, body)| {
            format!("HTTP/1.1 {status} S\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
        };
        Self::raw(responses.into_iter().map(text).collect())
    }

    /// A server that sends these texts. It closes each connection after its response.
    fn raw(responses: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let targets = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&targets);
        thread::spawn(move || {
            for response in responses {
                let (mut stream, _) = listener.accept().unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map(Result::unwrap);
                seen.lock().unwrap().push(lines.next().unwrap().split(' ').nth(1).unwrap().to_owned());
                lines.find(String::is_empty).unwrap();
                stream.write_all(response.as_bytes()).unwrap();
            }
        });
        Self { url, targets }
    }

    /// A server whose responses are complete.
    fn complete(responses: Vec<(u16, &'static str)>) -> Self {
        Self::start(responses.into_iter().map(|(status, body)| (status, body.len(), body)).collect())
    }

    fn client(&self) -> blocking::Client {
        blocking::Client::new(Client::builder().base_url(&self.url).no_proxy().build().unwrap()).unwrap()
    }

    fn targets(&self) -> Vec<String> {
        self.targets.lock().unwrap().clone()
    }
}

fn user() -> GetUserRequest {
    GetUserRequest::builder().id("usr_1").build()
}

#[test]
fn a_call_returns_the_value_or_the_typed_error() {
    let server =
        Server::complete(vec![(202, "\n\n{\"name\":\"Ada\"}"), (404, "{\"statusCode\":404,\"message\":\"gone\"}")]);
    let client = server.client();
    let user_of_response = client.send(user()).unwrap();
    assert_eq!((user_of_response.value.name.as_str(), user_of_response.heartbeats()), ("Ada", 2));
    let error = client.send(&user()).map(drop).unwrap_err();
    assert_eq!((error.kind(), error.api().unwrap().message()), (ErrorKind::Api, "gone"));
    assert_eq!(server.targets(), ["/users/usr_1", "/users/usr_1"]);
}

#[test]
fn a_call_has_settings_of_its_own() {
    let server = Server::complete(vec![(200, "\n{\"name\":\"Ada\"}"), (200, "{\"name\":\"Ada\"}")]);
    let client = server.client();
    let beats = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&beats);
    let call = client.call(user()).on_heartbeat(move |beat| seen.store(beat.count, SeqCst));
    call.no_retry().send().unwrap();
    assert_eq!(beats.load(SeqCst), 1);
    let error = client.call(user()).max_body(3).send().map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    let error = client.call(user()).header("host", "a").send().map(drop).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}

#[test]
fn pages_and_items_are_iterators() {
    let pages = || {
        vec![
            (200, "{\"data\":[1,2],\"next\":\"b\"}"),
            (200, "{\"data\":[],\"next\":\"c\"}"),
            (200, "{\"data\":[3],\"next\":null}"),
        ]
    };
    let server = Server::complete(pages());
    let users: Vec<u32> = server.client().items(ListUsersRequest::builder().build()).map(Result::unwrap).collect();
    assert_eq!(users, [1, 2, 3]);
    assert_eq!(server.targets(), ["/users", "/users?next=b", "/users?next=c"]);
    let server = Server::complete(pages());
    let mut read = server.client().pages(ListUsersRequest::builder().build()).prefetch();
    assert_eq!(read.next().unwrap().unwrap().value.data, [1, 2]);
    let position = read.position().unwrap();
    drop(read);
    let server = Server::complete(pages()[1..].to_vec());
    let rest = server.client().pages(ListUsersRequest::builder().build()).start_at(position);
    assert_eq!(rest.map(|page| page.unwrap().value.data.len()).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn an_error_ends_the_items_after_those_before_it() {
    let server = Server::complete(vec![(200, "{\"data\":[1],\"next\":\"b\"}"), (400, "{\"message\":\"no\"}")]);
    let mut items = server.client().items(ListUsersRequest::builder().build());
    assert_eq!(items.next().unwrap().unwrap(), 1);
    assert_eq!(items.next().unwrap().unwrap_err().kind(), ErrorKind::Api);
    assert!(items.next().is_none());
}

#[test]
fn a_download_is_a_reader() {
    let server = Server::complete(vec![(200, "\n\nline one\nline two"), (403, "{\"message\":\"not yours\"}")]);
    let client = server.client();
    let response = client.download(FileRequest).unwrap();
    assert_eq!(response.value.remaining(), Some(19));
    let mut file = response.value;
    let mut first = [0; 4];
    file.read_exact(&mut first).unwrap();
    assert_eq!((&first, file.remaining()), (b"\n\nli", Some(15)));
    assert_eq!(io::read_to_string(file).unwrap(), "ne one\nline two");
    assert_eq!(client.download(FileRequest).unwrap_err().api().unwrap().message(), "not yours");
}

#[test]
fn a_cut_download_is_an_error() {
    let server = Server::start(vec![(200, 100, "half a file")]);
    let mut file = server.client().download(FileRequest).unwrap().value;
    let mut content = Vec::new();
    let error = file.read_to_end(&mut content).unwrap_err();
    assert_eq!((content.as_slice(), error.kind()), (&b"half a file"[..], io::ErrorKind::UnexpectedEof));
    let cause = error.get_ref().unwrap().downcast_ref::<Error>().unwrap();
    assert_eq!(cause.kind(), ErrorKind::Truncated);
}

/// After an error, a reader that goes on must not take the part for the whole.
#[test]
fn a_cut_download_stays_an_error() {
    let server = Server::start(vec![(200, 100, "half a file")]);
    let mut file = server.client().download(FileRequest).unwrap().value;
    for expected in ["half a file", ""] {
        let mut content = Vec::new();
        assert_eq!(file.read_to_end(&mut content).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        assert_eq!(content, expected.as_bytes());
    }
}

/// The first response is cut after its first bytes, and the second is the rest.
fn resumed() -> Server {
    let head = "etag: \"v1\"\r\ncontent-disposition: attachment; filename=\"../a.txt\"\r\ncontent-type: text/plain";
    let part = format!("HTTP/1.1 200 OK\r\n{head}\r\ncontent-length: 8\r\n\r\nabc");
    let rest = "HTTP/1.1 206 Part\r\netag: \"v1\"\r\ncontent-range: bytes 3-7/8\r\nconnection: close\r\ncontent-length: 5\r\n\r\ndefgh";
    Server::raw(vec![part, rest.to_owned()])
}

#[test]
fn a_download_is_resumed_and_copied_with_progress() {
    let server = resumed();
    let file = server.client().download(FileRequest).unwrap().value;
    assert_eq!((file.file_name(), file.content_type()), (Some("a.txt"), Some("text/plain")));
    assert_eq!((file.content_length(), file.received(), file.remaining()), (Some(8), 0, Some(8)));
    let received = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&received);
    let mut file = file.on_progress(move |progress| seen.store(progress.received(), SeqCst));
    // What a reader has left of a chunk is copied too.
    file.read_exact(&mut [0]).unwrap();
    let mut copy = Vec::new();
    assert_eq!((file.copy_to(&mut copy).unwrap(), copy.as_slice()), (7, &b"bcdefgh"[..]));
    assert_eq!((received.load(SeqCst), file.received(), file.remaining()), (8, 8, Some(0)));
    assert_eq!(server.targets(), ["/file", "/file"]);
}

#[test]
fn a_download_is_saved_in_a_file_that_is_complete_or_absent() {
    let directory = env::temp_dir().join(format!("stackone-blocking-test-{}", process::id()));
    fs::create_dir_all(&directory).unwrap();
    let path = directory.join("a.txt");
    let server = Server::start(vec![(200, 100, "half a file")]);
    let mut file = server.client().download(FileRequest).unwrap().value;
    assert_eq!(file.copy_to_file(&path).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
    let mut file = resumed().client().download(FileRequest).unwrap().value;
    assert_eq!(file.copy_to_file(&path).unwrap(), 8);
    assert_eq!(fs::read_to_string(&path).unwrap(), "abcdefgh");
    fs::remove_dir_all(directory).unwrap();
}

#[test]
fn threads_share_a_client() {
    let server = Server::complete(vec![(200, "{\"name\":\"Ada\"}"); 8]);
    let client = server.client();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(client.send(user()).unwrap().value.name, "Ada"));
        }
    });
}

#[test]
fn a_derived_client_has_other_settings_and_the_same_thread() {
    let server = Server::complete(vec![(200, "{\"name\":\"Ada\"}")]);
    let client = server.client();
    let derived = client.with(client.as_async().to_builder().max_body(3).build().unwrap());
    assert_eq!(derived.send(user()).map(drop).unwrap_err().kind(), ErrorKind::BodyTooLarge);
}

/// Nothing may panic or wait there: neither a call nor the end of the client.
#[test]
fn inside_a_runtime_each_call_is_a_clear_error() {
    let server = Server::complete(vec![(200, "file"), (200, "{\"name\":\"Ada\"}")]);
    let client = server.client();
    let mut file = client.download(FileRequest).unwrap().value;
    let tokio = tokio::runtime::Builder::new_current_thread().build().unwrap();
    tokio.block_on(async {
        let error = client.send(user()).map(drop).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("inside a tokio runtime"), "{error}");
        assert_eq!(client.download(FileRequest).unwrap_err().kind(), ErrorKind::Config);
        let mut items = client.items(ListUsersRequest::builder().build());
        assert_eq!(items.next().unwrap().unwrap_err().kind(), ErrorKind::Config);
        assert!(items.next().is_none());
        assert!(file.read(&mut [0; 8]).is_err());
        drop(server.client());
    });
    assert_eq!(server.targets(), ["/file"]);
    // Outside of it the same values work.
    assert_eq!(io::read_to_string(file).unwrap(), "file");
    assert_eq!(client.send(user()).unwrap().value.name, "Ada");
}

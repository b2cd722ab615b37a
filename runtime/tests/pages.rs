//! Pages and items.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use stackone::ErrorKind;
use support::{Reply, Server, Things};

fn page(next: &str, ids: &[&str]) -> Reply {
    let data = ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect::<Vec<_>>().join(",");
    Reply::new(200, format!("\n{{{next}\"data\":[{data}],\"other\":1}}"))
}

async fn ids(server: &Server) -> (Vec<String>, Option<stackone::Error>) {
    let mut items = server.client().items(Things::default());
    let mut ids = Vec::new();
    loop {
        match items.try_next().await {
            Ok(Some(item)) => ids.push(item.id),
            Ok(None) => return (ids, None),
            Err(error) => {
                assert!(items.try_next().await.unwrap().is_none(), "an error ends the stream");
                return (ids, Some(error));
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn pages_follow_cursors_to_the_end() {
    for last in ["", r#""next":null,"#, r#""next":"","#] {
        let server =
            Server::new([page(r#""next":"a","#, &["1", "2"]), page(r#""next":"b","#, &[]), page(last, &["3"])]);
        let (ids, error) = ids(&server).await;
        assert!(error.is_none());
        assert_eq!(ids, ["1", "2", "3"]);
        let uris: Vec<_> = (0..3).map(|index| server.request(index).uri().to_string()).collect();
        let expected = ["", "?next=a", "?next=b"].map(|query| format!("http://127.0.0.1:1/things{query}"));
        assert_eq!(uris, expected);
        assert_eq!(server.attempts(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_follows_the_pages_before_it() {
    let server = Server::new([page(r#""next":"a","#, &["1"]), Reply::new(400, r#"{"message":"cursor expired"}"#)]);
    let (ids, error) = ids(&server).await;
    assert_eq!(ids, ["1"]);
    assert_eq!(error.unwrap().api().unwrap().message(), "cursor expired");
}

#[tokio::test(start_paused = true)]
async fn a_failed_list_is_not_an_empty_one() {
    let server = Server::new([
        Reply::new(200, r#"{"statusCode":403,"message":"no scope"}"#),
        Reply::new(200, r#"{"data":"none"}"#),
    ]);
    assert_eq!(ids(&server).await.1.unwrap().status().unwrap(), 403);
    assert_eq!(ids(&server).await.1.unwrap().kind(), ErrorKind::Decode);
}

#[tokio::test(start_paused = true)]
async fn a_page_without_data_has_no_items_and_may_have_a_cursor() {
    let server = Server::new([
        Reply::new(200, r#"{"next":"a"}"#),
        Reply::new(200, r#"{"next":"b","data":null,"raw":[{"method":"GET"}]}"#),
        page("", &["1"]),
    ]);
    let (ids, error) = ids(&server).await;
    assert!(error.is_none());
    assert_eq!(ids, ["1"]);
}

#[tokio::test(start_paused = true)]
async fn a_repeated_cursor_is_an_error() {
    let circles: [&[&str]; 3] = [&["a", "a"], &["a", "b", "a"], &["a", "b", "b"]];
    for cursors in circles {
        let server = Server::new(cursors.iter().map(|cursor| page(&format!("\"next\":\"{cursor}\","), &[cursor])));
        let (ids, error) = ids(&server).await;
        assert_eq!(ids, cursors, "every page that came is delivered");
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::Pagination);
        assert_eq!(error.operation(), Some("list_things"));
        assert_eq!(server.attempts(), cursors.len(), "and no more is asked for");
    }
}

#[tokio::test(start_paused = true)]
async fn the_cursor_of_the_caller_counts_as_used() {
    let circles: [&[&str]; 2] = [&["a"], &["b", "a"]];
    for cursors in circles {
        let server = Server::new(cursors.iter().map(|cursor| page(&format!("\"next\":\"{cursor}\","), &[cursor])));
        let mut pages = server.client().pages(Things { next: Some("a".to_owned()), ..Things::default() });
        for cursor in cursors {
            assert_eq!(pages.try_next().await.unwrap().unwrap().value.next.as_deref(), Some(*cursor));
        }
        assert_eq!(pages.try_next().await.unwrap_err().kind(), ErrorKind::Pagination);
        assert!(pages.try_next().await.unwrap().is_none(), "an error ends the stream");
        assert_eq!(server.attempts(), cursors.len(), "and that page is not asked for again");
    }
}

#[tokio::test(start_paused = true)]
async fn the_settings_of_a_call_apply_to_every_page() {
    let server = Server::new([page(r#""next":"a","#, &["1"]), Reply::new(429, ""), page("", &["2"])]);
    let mut pages = server.client().send(Things::default()).header("x-call", "1").pages();
    assert_eq!(pages.try_next().await.unwrap().unwrap().value.data.len(), 1);
    let second = pages.try_next().await.unwrap().unwrap();
    assert_eq!((second.attempts(), second.heartbeats()), (2, 1));
    assert!(pages.try_next().await.unwrap().is_none());
    assert!((0..3).all(|index| server.request(index).headers()["x-call"] == "1"));
}

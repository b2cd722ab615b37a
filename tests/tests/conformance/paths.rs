//! `paths.json`: path templates, RFC 6570's URI templates, and openapi-generator's echo API.

use super::{Built, Skipped, send, target};
use serde::Deserialize;
use stackone_tests::{any::Any, compare};

#[derive(Deserialize)]
struct File {
    interpolation: Vec<Interpolation>,
    refuse: Vec<Interpolation>,
    assembled_paths_that_url_parsers_change: Vec<Assembled>,
    uri_template: Vec<UriTemplate>,
    echo: Vec<Echo>,
    malformed_templates: Vec<String>,
}

#[derive(Deserialize)]
struct Interpolation {
    template: String,
    values: Any,
    expected: Option<String>,
}

#[derive(Deserialize)]
struct Assembled {
    assembled: String,
    safe: bool,
}

#[derive(Deserialize)]
struct UriTemplate {
    id: String,
    template: String,
    variables: Any,
    expected: Vec<String>,
}

#[derive(Deserialize)]
struct Echo {
    id: String,
    path: String,
    params: Any,
    expected: Any,
}

fn file() -> File {
    serde_json::from_str(include_str!("../../wire/paths.json")).unwrap()
}

/// The request of a path template.
fn interpolate(template: &str, values: &Any) -> Option<Built> {
    Some(match template {
        "/v1/{v}" => send!(values, "GET", "/v1/{v}" { #[path] v = "v" }),
        "/v1/{a}" => send!(values, "GET", "/v1/{a}" { #[path] a = "a" }),
        "/v1/{val}" => send!(values, "GET", "/v1/{val}" { #[path] val = "val" }),
        "{a}/path" => send!(values, "GET", "/{a}/path" { #[path] a = "a" }),
        _ => return None,
    })
}

#[test]
fn values_are_interpolated() {
    for Interpolation { template, values, expected } in file().interpolation {
        let built = interpolate(&template, &values).unwrap_or_else(|| panic!("{template} is not declared"));
        if values.entries().iter().any(|(_, value)| *value == Any::Null) {
            // The recorded client writes `null`. Here null is no value, and an empty segment is refused.
            assert_eq!(built.unwrap_err().field(), Some("v"), "{template}");
            continue;
        }
        let target = target(&built);
        compare::escaped(&target, &[]).unwrap_or_else(|raw| panic!("{template}: {raw}"));
        let expected = expected.unwrap().replace('?', "%3F");
        assert_eq!(compare::segments(&target).unwrap(), compare::segments(&expected).unwrap(), "{template}");
    }
}

#[test]
fn values_that_would_change_the_path_are_refused() {
    let mut skipped = Skipped::new(&[
        ("/v1/{a}{b}", "two placeholders with nothing between them do not compile (tests/ui)"),
        ("/v1/{v}#frag", "a fragment does not compile (tests/ui)"),
    ]);
    for Interpolation { template, values, .. } in file().refuse {
        if skipped.skips(&template) {
            continue;
        }
        let built = interpolate(&template, &values).unwrap_or_else(|| panic!("{template} is not declared"));
        let error = built.expect_err(&template);
        assert!(error.to_string().contains("another endpoint"), "{template}: {error}");
    }
    skipped.finish();
}

/// Declares a template for an assembled path. Encoded parts are literal, because a value never adds a `%2e`. The other parts
/// are values.
macro_rules! assembled {
    ($($assembled:literal = $template:literal { $($name:ident = $value:literal),* $(; $query:ident = $text:literal)? })*) => {
        fn assemble(assembled: &str) -> Option<Built> {
            Some(match assembled {
                $($assembled => {
                    let values = Any::Object(vec![
                        $((stringify!($name).to_owned(), Any::from($value)),)*
                        $((stringify!($query).to_owned(), Any::from($text)),)?
                    ]);
                    send!(&values, "GET", $template {
                        $(#[path] $name = stringify!($name),)*
                        $(#[query] $query = stringify!($query),)?
                    })
                })*
                _ => return None,
            })
        }
    };
}

assembled! {
    "/path_params/../a" = "/path_params/{a}/a" { a = ".." }
    "/path_params/%2E%2e/a" = "/path_params/%2E%2e{a}/a" { a = "" }
    "/path_params/x/" = "/path_params/{a}/" { a = "x" }
    "/path_params/%2E" = "/path_params/%2E{a}" { a = "" }
    "/path_params/%2e:initiate" = "/path_params/%2e{a}" { a = ":initiate" }
    "/path_params/%2e%2e?beta=true" = "/path_params/%2e%2e{a}" { a = ""; beta = "true" }
    "/path_params/%2e.?beta=true" = "/path_params/%2e{a}" { a = "."; beta = "true" }
    "/path_params/./%2e/download" = "/path_params/{a}/%2e{b}/download" { a = ".", b = "" }
    "/path_params/./%2E%2E/download" = "/path_params/{a}/%2E%2E{b}/download" { a = ".", b = "" }
    "/path_params/x/../download" = "/path_params/{a}/{b}/download" { a = "x", b = ".." }
    "/path_params/x/%2e%2E/download" = "/path_params/{a}/%2e%2E{b}/download" { a = "x", b = "" }
    "/path_params/%2e/%2e%2e/download" = "/path_params/%2e{a}/%2e%2e{b}/download" { a = "", b = "" }
    "/path_params/%2e/%2E%2E/download" = "/path_params/%2e{a}/%2E%2E{b}/download" { a = "", b = "" }
    "/path_params/%2e%2e/x/download" = "/path_params/%2e%2e{a}/{b}/download" { a = "", b = "x" }
    "/path_params/%2e%2e/%2e%2e/download" = "/path_params/%2e%2e{a}/%2e%2e{b}/download" { a = "", b = "" }
    "/path_params/%2E%2e/x/download" = "/path_params/%2E%2e{a}/{b}/download" { a = "", b = "x" }
    "/path_params/%2e%2E/../download" = "/path_params/%2e%2E{a}/{b}/download" { a = "", b = ".." }
    "/path_params/%2e%2E/x/download" = "/path_params/%2e%2E{a}/{b}/download" { a = "", b = "x" }
    "/path_params/%2e%2E/%2E/download" = "/path_params/%2e%2E{a}/%2E{b}/download" { a = "", b = "" }
    "/path_params/%2e%2E/%2e%2e/download" = "/path_params/%2e%2E{a}/%2e%2e{b}/download" { a = "", b = "" }
    "/path_params/..-%2E/download" = "/path_params/{a}%2E/download" { a = "..-" }
    "/path_params/x-%2e%2E/download" = "/path_params/{a}%2e%2E/download" { a = "x-" }
    "/path_params/%2E-/download" = "/path_params/%2E{a}/download" { a = "-" }
    "/path_params/%2E-../download" = "/path_params/%2E{a}/download" { a = "-.." }
    "/path_params/%2E%2e-%2E%2E/download" = "/path_params/%2E%2e{a}%2E%2E/download" { a = "-" }
    "/path_params/../download" = "/path_params/{a}/download" { a = ".." }
    "/path_params/%2e%2E/download" = "/path_params/%2e%2E{a}/download" { a = "" }
    "/path_params/..%2E%2E/download" = "/path_params/{a}%2E%2E/download" { a = ".." }
    "/path_params/x./download" = "/path_params/{a}/download" { a = "x." }
    "/path_params/%2ex/download" = "/path_params/%2e{a}/download" { a = "x" }
    "/path_params/%2E%2e%2e/download" = "/path_params/%2E%2e%2e{a}/download" { a = "" }
    "/path_params/x.%2e%2e/download" = "/path_params/{a}%2e%2e/download" { a = "x." }
    "/path_params/%2E.%2E%2e/download" = "/path_params/%2E{a}%2E%2e/download" { a = "." }
    "/path_params/%2e%2e.%2e%2e/download" = "/path_params/%2e%2e{a}%2e%2e/download" { a = "." }
    "/path_params/%2e%2E.%2E/download" = "/path_params/%2e%2E{a}%2E/download" { a = "." }
    "/path_params/%2e..%2e/download" = "/path_params/%2e{a}%2e/download" { a = ".." }
    "/path_params/%2e%2E..x/download" = "/path_params/%2e%2E{a}/download" { a = "..x" }
    "/path_params/%2e%2E..%2e%2e/download" = "/path_params/%2e%2E{a}%2e%2e/download" { a = ".." }
    "/path_params/%2E%2E..%2e%2e/download" = "/path_params/%2E%2E{a}%2e%2e/download" { a = ".." }
}

#[test]
fn paths_that_url_parsers_would_change_are_refused() {
    let mut skipped =
        Skipped::new(&[("/path_params/x//download", "an empty segment of the template does not compile (tests/ui)")]);
    for Assembled { assembled, safe } in file().assembled_paths_that_url_parsers_change {
        if skipped.skips(&assembled) {
            continue;
        }
        let built = assemble(&assembled).unwrap_or_else(|| panic!("{assembled} is not declared"));
        if safe {
            let segments = compare::segments(&target(&built)).unwrap();
            assert_eq!(segments, compare::segments(&assembled).unwrap(), "{assembled}");
        } else {
            let error = built.expect_err(&assembled);
            assert!(error.to_string().contains("another endpoint"), "{assembled}: {error}");
        }
    }
    skipped.finish();
}

/// The declaration of a URI template. `{?a}` is a query that is not exploded, and `{?a*}` one that is. `{&a}` continues a
/// query.
fn expand(template: &str, values: &Any) -> Option<Built> {
    Some(match template {
        "{hello}" => send!(values, "GET", "/{hello}" { #[path] hello = "hello" }),
        "{half}" => send!(values, "GET", "/{half}" { #[path] half = "half" }),
        "O{empty}X" => send!(values, "GET", "/O{empty}X" { #[path] empty = "empty" }),
        "O{undef}X" => send!(values, "GET", "/O{undef}X" { #[path] undef = "undef" }),
        "{?list}" | "{&list}" => send!(values, "GET", "/" { #[query(explode = false)] list = "list" }),
        "{?keys}" | "{&keys}" => send!(values, "GET", "/" { #[query(explode = false)] keys = "keys" }),
        "{?empty_list}" => send!(values, "GET", "/" { #[query(explode = false)] empty_list = "empty_list" }),
        "{?empty_assoc*}" => send!(values, "GET", "/" { #[query] empty_assoc = "empty_assoc" }),
        "{?x,y,empty}" => send!(values, "GET", "/" {
            #[query(explode = false)] x = "x",
            #[query(explode = false)] y = "y",
            #[query(explode = false)] empty = "empty",
        }),
        "/search.{format}{?q,geocode,lang,locale,page,result_type}" => send!(values, "GET", "/search.{format}" {
            #[path] format = "format",
            #[query(explode = false)] q = "q",
            #[query(explode = false)] geocode = "geocode",
            #[query(explode = false)] lang = "lang",
            #[query(explode = false)] locale = "locale",
            #[query(explode = false)] page = "page",
            #[query(explode = false)] result_type = "result_type",
        }),
        "/sparql{?query}" => send!(values, "GET", "/sparql" { #[query(explode = false)] query = "query" }),
        "/lookup{?Stra%C3%9Fe}" => send!(values, "GET", "/lookup" {
            #[query("Straße", explode = false)] street = "Stra%C3%9Fe",
        }),
        "{?id,token,keys*}" | "{?id,token}{&keys*}" => send!(values, "GET", "/" {
            #[query(explode = false)] id = "id",
            #[query(explode = false)] token = "token",
            #[query] keys = "keys",
        }),
        _ => return None,
    })
}

/// RFC 6570 escapes the same characters, so these cases are compared byte by byte.
#[test]
fn uri_templates_expand() {
    for UriTemplate { id, template, variables, expected } in file().uri_template {
        let built = expand(&template, &variables).unwrap_or_else(|| panic!("{id}: {template} is not declared"));
        let target = target(&built);
        let sent = match template.chars().next() {
            Some('/') => target,
            _ => target.strip_prefix('/').unwrap_or(&target).to_owned(),
        };
        let sent = if template.starts_with("{&") { sent.replacen('?', "&", 1) } else { sent };
        assert!(expected.contains(&sent), "{id}: {template} gave {sent}, not one of {expected:?}");
    }
}

#[test]
fn openapi_generators_echo_api() {
    let mut skipped = Skipped::new(&[("echo/auth/basic", "the client adds the credentials, whatever the declaration")]);
    for Echo { id, path, params, expected } in file().echo {
        if skipped.skips(&id) {
            continue;
        }
        let expected = expected.as_str().unwrap();
        let built = match &*path {
            "/query/enum_ref_string" => send!(&params, "GET", "/query/enum_ref_string" {
                #[query] enum_nonref_string_query = "enum_nonref_string_query",
                #[query] enum_ref_string_query = "enum_ref_string_query",
            }),
            "/query/style_deepObject/explode_true/object" => {
                send!(&params, "GET", "/query/style_deepObject/explode_true/object" {
                    #[query(style = "deepObject")] query_object = "query_object",
                })
            }
            "/echo/body/Tag" => send!(&params, "POST", "/echo/body/Tag" {}, body: Some(params.clone())),
            other => panic!("{id}: {other} is not declared"),
        };
        let request = built.unwrap_or_else(|error| panic!("{id}: {error}"));
        if request.body().is_empty() {
            // The case numbers the items of a list. Here a list inside `deepObject` repeats its key.
            let expected = expected.replace("[0]", "").replace("[1]", "");
            let sent = compare::pairs(&request.uri().to_string()).unwrap();
            assert_eq!(sent, compare::pairs_of(&expected).unwrap(), "{id}");
        } else {
            assert_eq!(request.body(), expected, "{id}");
        }
    }
    skipped.finish();
}

#[test]
fn malformed_templates_are_compile_errors() {
    const COMPILER: &str = "a template is checked when it is compiled (tests/ui)";
    let mut skipped = Skipped::new(&[
        ("{/id*", COMPILER),
        ("/id*}", COMPILER),
        ("{with space}", COMPILER),
        ("{ leading_space}", COMPILER),
        ("{trailing_space }", COMPILER),
        ("/people/{~thing}", COMPILER),
        ("{x.}", COMPILER),
        ("{x..y}", COMPILER),
        ("{%2x}", COMPILER),
    ]);
    for template in file().malformed_templates {
        assert!(skipped.skips(&template), "{template} is not listed");
    }
    skipped.finish();
}

//! `paths.json`: path templates, RFC 6570's URI templates, and openapi-generator's echo API.

use super::{Built, declarable, request, target};
use serde::Deserialize;
use stackone::stackone_operation;
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

fn file() -> File {
    serde_json::from_str(include_str!("../../wire/paths.json")).unwrap()
}

#[derive(Deserialize)]
struct Interpolation {
    template: String,
    values: Any,
    expected: Option<String>,
}

#[stackone_operation(method = "GET", path = "/v1/{v}")]
#[derive(Deserialize)]
struct V1V {
    #[path]
    v: Any,
}

#[stackone_operation(method = "GET", path = "/v1/{a}")]
#[derive(Deserialize)]
struct V1A {
    #[path]
    a: Any,
}

#[stackone_operation(method = "GET", path = "/v1/{val}")]
#[derive(Deserialize)]
struct V1Val {
    #[path]
    val: Any,
}

#[stackone_operation(method = "GET", path = "/{a}/path")]
#[derive(Deserialize)]
struct APath {
    #[path]
    a: Any,
}

fn interpolate(Interpolation { template, values, .. }: &Interpolation) -> Built {
    match &**template {
        "/v1/{v}" => request::<V1V>(values),
        "/v1/{a}" => request::<V1A>(values),
        "/v1/{val}" => request::<V1Val>(values),
        "{a}/path" => request::<APath>(values),
        other => panic!("{other} is not declared"),
    }
}

#[test]
fn values_are_interpolated() {
    for case in file().interpolation {
        let built = interpolate(&case);
        let Interpolation { template, values, expected } = case;
        if let Some((name, _)) = values.entries().iter().find(|(_, value)| *value == Any::Null) {
            // The recorded client writes `null`. Here null has no text, and an empty segment is refused.
            assert_eq!(built.unwrap_err().field(), Some(&**name), "{template}");
            continue;
        }
        let target = target(&built);
        // The recorded client leaves a `?` in a path as it is.
        let expected = expected.unwrap().replace('?', "%3F");
        assert_eq!(compare::escaped(&target, &[]), Ok(()), "{template}");
        assert_eq!(compare::segments(&target).unwrap(), compare::segments(&expected).unwrap(), "{template}");
    }
}

#[test]
fn values_that_would_change_the_path_are_refused() {
    let cases = declarable(
        file().refuse,
        |case| &case.template,
        &[
            ("/v1/{a}{b}", "two placeholders with nothing between them do not compile (tests/ui)"),
            ("/v1/{v}#frag", "a fragment does not compile (tests/ui)"),
        ],
    );
    for case in cases {
        let error = interpolate(&case).unwrap_err().to_string();
        assert!(error.contains("another endpoint"), "{}: {error}", case.template);
    }
}

#[derive(Deserialize)]
struct Assembled {
    assembled: String,
    safe: bool,
}

/// Declares the operations of assembled paths and builds their requests. A row is the assembled path, the path of the
/// declaration, and its fields with their values.
macro_rules! assembled_paths {
    ($($assembled:literal: $path:literal { $(#[$attribute:ident] $field:ident: $value:literal),* })*) => {
        fn assemble(assembled: &str) -> Built {
            match assembled {
                $($assembled => {
                    #[stackone_operation(method = "GET", path = $path)]
                    struct Request {
                        $(#[$attribute] $field: &'static str,)*
                    }
                    Request { $($field: $value),* }.into_http_request()
                })*
                other => panic!("{other} is not declared"),
            }
        }
    };
}

// An encoded dot is part of the declared path, because the dot of a value is never encoded.
assembled_paths! {
    "/path_params/../a": "/path_params/{a}/a" { #[path] a: ".." }
    "/path_params/%2E%2e/a": "/path_params/%2E%2e{a}/a" { #[path] a: "" }
    "/path_params/x/": "/path_params/{a}/" { #[path] a: "x" }
    "/path_params/%2E": "/path_params/%2E{a}" { #[path] a: "" }
    "/path_params/%2e:initiate": "/path_params/%2e{a}" { #[path] a: ":initiate" }
    "/path_params/%2e%2e?beta=true": "/path_params/%2e%2e{a}" { #[path] a: "", #[query] beta: "true" }
    "/path_params/%2e.?beta=true": "/path_params/%2e{a}" { #[path] a: ".", #[query] beta: "true" }
    "/path_params/./%2e/download": "/path_params/{a}/%2e{b}/download" { #[path] a: ".", #[path] b: "" }
    "/path_params/./%2E%2E/download": "/path_params/{a}/%2E%2E{b}/download" { #[path] a: ".", #[path] b: "" }
    "/path_params/x/../download": "/path_params/{a}/{b}/download" { #[path] a: "x", #[path] b: ".." }
    "/path_params/x/%2e%2E/download": "/path_params/{a}/%2e%2E{b}/download" { #[path] a: "x", #[path] b: "" }
    "/path_params/%2e/%2e%2e/download": "/path_params/%2e{a}/%2e%2e{b}/download" { #[path] a: "", #[path] b: "" }
    "/path_params/%2e/%2E%2E/download": "/path_params/%2e{a}/%2E%2E{b}/download" { #[path] a: "", #[path] b: "" }
    "/path_params/%2e%2e/x/download": "/path_params/%2e%2e{a}/{b}/download" { #[path] a: "", #[path] b: "x" }
    "/path_params/%2e%2e/%2e%2e/download": "/path_params/%2e%2e{a}/%2e%2e{b}/download" { #[path] a: "", #[path] b: "" }
    "/path_params/%2E%2e/x/download": "/path_params/%2E%2e{a}/{b}/download" { #[path] a: "", #[path] b: "x" }
    "/path_params/%2e%2E/../download": "/path_params/%2e%2E{a}/{b}/download" { #[path] a: "", #[path] b: ".." }
    "/path_params/%2e%2E/x/download": "/path_params/%2e%2E{a}/{b}/download" { #[path] a: "", #[path] b: "x" }
    "/path_params/%2e%2E/%2E/download": "/path_params/%2e%2E{a}/%2E{b}/download" { #[path] a: "", #[path] b: "" }
    "/path_params/%2e%2E/%2e%2e/download": "/path_params/%2e%2E{a}/%2e%2e{b}/download" { #[path] a: "", #[path] b: "" }
    "/path_params/..-%2E/download": "/path_params/{a}%2E/download" { #[path] a: "..-" }
    "/path_params/x-%2e%2E/download": "/path_params/{a}%2e%2E/download" { #[path] a: "x-" }
    "/path_params/%2E-/download": "/path_params/%2E{a}/download" { #[path] a: "-" }
    "/path_params/%2E-../download": "/path_params/%2E{a}/download" { #[path] a: "-.." }
    "/path_params/%2E%2e-%2E%2E/download": "/path_params/%2E%2e{a}%2E%2E/download" { #[path] a: "-" }
    "/path_params/../download": "/path_params/{a}/download" { #[path] a: ".." }
    "/path_params/%2e%2E/download": "/path_params/%2e%2E{a}/download" { #[path] a: "" }
    "/path_params/..%2E%2E/download": "/path_params/{a}%2E%2E/download" { #[path] a: ".." }
    "/path_params/x./download": "/path_params/{a}/download" { #[path] a: "x." }
    "/path_params/%2ex/download": "/path_params/%2e{a}/download" { #[path] a: "x" }
    "/path_params/%2E%2e%2e/download": "/path_params/%2E%2e%2e{a}/download" { #[path] a: "" }
    "/path_params/x.%2e%2e/download": "/path_params/{a}%2e%2e/download" { #[path] a: "x." }
    "/path_params/%2E.%2E%2e/download": "/path_params/%2E{a}%2E%2e/download" { #[path] a: "." }
    "/path_params/%2e%2e.%2e%2e/download": "/path_params/%2e%2e{a}%2e%2e/download" { #[path] a: "." }
    "/path_params/%2e%2E.%2E/download": "/path_params/%2e%2E{a}%2E/download" { #[path] a: "." }
    "/path_params/%2e..%2e/download": "/path_params/%2e{a}%2e/download" { #[path] a: ".." }
    "/path_params/%2e%2E..x/download": "/path_params/%2e%2E{a}/download" { #[path] a: "..x" }
    "/path_params/%2e%2E..%2e%2e/download": "/path_params/%2e%2E{a}%2e%2e/download" { #[path] a: ".." }
    "/path_params/%2E%2E..%2e%2e/download": "/path_params/%2E%2E{a}%2e%2e/download" { #[path] a: ".." }
}

#[test]
fn paths_that_url_parsers_would_change_are_refused() {
    let cases = declarable(
        file().assembled_paths_that_url_parsers_change,
        |case| &case.assembled,
        &[("/path_params/x//download", "an empty segment in a declared path does not compile (tests/ui)")],
    );
    for Assembled { assembled, safe } in cases {
        let built = assemble(&assembled);
        if safe {
            let sent = compare::segments(&target(&built)).unwrap();
            assert_eq!(sent, compare::segments(&assembled).unwrap(), "{assembled}");
        } else {
            let error = built.unwrap_err().to_string();
            assert!(error.contains("another endpoint"), "{assembled}: {error}");
        }
    }
}

#[derive(Deserialize)]
struct UriTemplate {
    id: String,
    template: String,
    variables: Any,
    /// The expansions that RFC 6570 allows: the keys of an object may be in any order.
    expected: Vec<String>,
}

/// `{hello}`
#[stackone_operation(method = "GET", path = "/{hello}")]
#[derive(Deserialize)]
struct Hello {
    #[path]
    hello: Any,
}

/// `{half}`
#[stackone_operation(method = "GET", path = "/{half}")]
#[derive(Deserialize)]
struct Half {
    #[path]
    half: Any,
}

/// `O{empty}X`
#[stackone_operation(method = "GET", path = "/O{empty}X")]
#[derive(Deserialize)]
struct Empty {
    #[path]
    empty: Any,
}

/// `O{undef}X`
#[stackone_operation(method = "GET", path = "/O{undef}X")]
#[derive(Deserialize)]
struct Undef {
    #[path]
    undef: Any,
}

/// `{?list}`: without `*`, a list is one parameter.
#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
struct List {
    #[query(explode = false)]
    list: Any,
}

/// `{?keys}`
#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
struct Keys {
    #[query(explode = false)]
    keys: Any,
}

/// `{?empty_list}`
#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
struct EmptyList {
    #[query(explode = false)]
    empty_list: Any,
}

/// `{?empty_assoc*}`
#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
struct EmptyAssoc {
    #[query]
    empty_assoc: Any,
}

/// `{?x,y,empty}`
#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
struct XYEmpty {
    #[query(explode = false)]
    x: Any,
    #[query(explode = false)]
    y: Any,
    #[query(explode = false)]
    empty: Any,
}

/// `/search.{format}{?q,geocode,lang,locale,page,result_type}`
#[stackone_operation(method = "GET", path = "/search.{format}")]
#[derive(Deserialize)]
struct Search {
    #[path]
    format: Any,
    #[query(explode = false)]
    q: Option<Any>,
    #[query(explode = false)]
    geocode: Option<Any>,
    #[query(explode = false)]
    lang: Option<Any>,
    #[query(explode = false)]
    locale: Option<Any>,
    #[query(explode = false)]
    page: Option<Any>,
    #[query(explode = false)]
    result_type: Option<Any>,
}

/// `/sparql{?query}`
#[stackone_operation(method = "GET", path = "/sparql")]
#[derive(Deserialize)]
struct Sparql {
    #[query(explode = false)]
    query: Any,
}

/// `/lookup{?Stra%C3%9Fe}`: the name in a declaration is not encoded.
#[stackone_operation(method = "GET", path = "/lookup")]
#[derive(Deserialize)]
struct Lookup {
    #[serde(rename = "Stra%C3%9Fe")]
    #[query("Straße", explode = false)]
    street: Any,
}

/// `{?id,token,keys*}`
#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
struct IdTokenKeys {
    #[query(explode = false)]
    id: Any,
    #[query(explode = false)]
    token: Any,
    #[query]
    keys: Any,
}

/// RFC 6570 encodes the same characters as this crate, so the text is compared as it is.
#[test]
fn uri_templates_expand() {
    for UriTemplate { id, template, variables, expected } in file().uri_template {
        let built = match &*template {
            "{hello}" => request::<Hello>(&variables),
            "{half}" => request::<Half>(&variables),
            "O{empty}X" => request::<Empty>(&variables),
            "O{undef}X" => request::<Undef>(&variables),
            "{?list}" | "{&list}" => request::<List>(&variables),
            "{?keys}" | "{&keys}" => request::<Keys>(&variables),
            "{?empty_list}" => request::<EmptyList>(&variables),
            "{?empty_assoc*}" => request::<EmptyAssoc>(&variables),
            "{?x,y,empty}" => request::<XYEmpty>(&variables),
            "/search.{format}{?q,geocode,lang,locale,page,result_type}" => request::<Search>(&variables),
            "/sparql{?query}" => request::<Sparql>(&variables),
            "/lookup{?Stra%C3%9Fe}" => request::<Lookup>(&variables),
            "{?id,token,keys*}" | "{?id,token}{&keys*}" => request::<IdTokenKeys>(&variables),
            other => panic!("{id}: {other} is not declared"),
        };
        let mut sent = target(&built);
        if !template.starts_with('/') {
            // A declared path starts with a slash.
            sent.remove(0);
        }
        if template.starts_with("{&") {
            // The template continues a query that a request does not have.
            sent = sent.replacen('?', "&", 1);
        }
        assert!(expected.contains(&sent), "{id}: {template} gave {sent}, not one of {expected:?}");
    }
}

#[derive(Deserialize)]
struct Echo {
    id: String,
    path: String,
    params: Any,
    expected: Any,
}

#[stackone_operation(method = "GET", path = "/query/enum_ref_string")]
#[derive(Deserialize)]
struct EchoEnum {
    #[query]
    enum_nonref_string_query: Any,
    #[query]
    enum_ref_string_query: Any,
}

#[stackone_operation(method = "GET", path = "/query/style_deepObject/explode_true/object")]
#[derive(Deserialize)]
struct EchoDeepObject {
    #[query(style = "deepObject")]
    query_object: Any,
}

/// The body is the object of all parameters of the case.
#[stackone_operation(method = "POST", path = "/echo/body/Tag")]
#[derive(Deserialize)]
#[serde(transparent)]
struct EchoTag {
    #[body]
    tag: Any,
}

#[test]
fn openapi_generators_echo_api() {
    let cases = declarable(
        file().echo,
        |case| &case.id,
        &[("echo/auth/basic", "the client adds the credentials to every request")],
    );
    for Echo { id, path, params, expected } in cases {
        let built = match &*path {
            "/query/enum_ref_string" => request::<EchoEnum>(&params),
            "/query/style_deepObject/explode_true/object" => request::<EchoDeepObject>(&params),
            "/echo/body/Tag" => request::<EchoTag>(&params),
            other => panic!("{id}: {other} is not declared"),
        };
        let request = built.unwrap_or_else(|error| panic!("{id}: {error}"));
        let expected = expected.as_str().unwrap();
        if request.body().is_empty() {
            // The case numbers the items of a list. Here a list inside `deepObject` repeats its key.
            let expected = expected.replace("[0]", "").replace("[1]", "");
            let sent = compare::pairs(&request.uri().to_string()).unwrap();
            assert_eq!(sent, compare::pairs_of(&expected).unwrap(), "{id}");
        } else {
            assert_eq!(request.body(), expected, "{id}");
        }
    }
}

/// No operation can be declared with these templates. The test of `tests/ui` asserts that each is a compile error.
#[test]
fn malformed_templates_are_compile_errors() {
    let declarations = include_str!("../../ui/path/placeholder_malformed.rs");
    for template in file().malformed_templates {
        let slash = if template.starts_with('/') { "" } else { "/" };
        assert!(declarations.contains(&format!("path = \"{slash}{template}\")")), "{template} is not declared");
    }
}

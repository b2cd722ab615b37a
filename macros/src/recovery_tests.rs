//! Whatever is wrong with a declaration, an editor still finds the builder, its setters and both conversions.

use proc_macro2::{Group, TokenStream, TokenTree};

/// What the attribute gives, and what the derive adds where it is handed a struct.
fn expand(arguments: &TokenStream, item: TokenStream) -> String {
    let given = crate::attribute::apply(arguments, item);
    let text = given.to_string();
    if text.contains(crate::item::OPERATION) { format!("{text} {}", crate::derive(given)) } else { text }
}

fn expansion(arguments: &str, item: &str) -> String {
    expand(&arguments.parse().unwrap(), item.parse().unwrap())
}

fn survives(arguments: &str, item: &str, setters: &[&str]) {
    let expansion = expansion(arguments, item);
    assert!(expansion.contains("compile_error"), "{arguments} {item} is no mistake:\n{expansion}");
    for part in ["impl_operation !", " build self ", " required {", " operation ("] {
        assert!(expansion.contains(part), "{arguments} {item} has lost `{part}`:\n{expansion}");
    }
    for setter in setters {
        // Before the text that is its documentation.
        assert!(expansion.contains(&format!(" {setter} \"")), "{arguments} {item} has lost `{setter}`:\n{expansion}");
    }
}

#[test]
fn wrong_arguments_leave_the_builder() {
    for arguments in [
        "",
        ",",
        ",,,",
        "=",
        "= = =",
        "method",
        "method =",
        "method = = \"GET\"",
        "method = \"GET\" \"GET\"",
        "method(), path()",
        "method(\"GET\", \"POST\"), path[\"/\"]",
        "method: GET; path: /",
        "method = r#\"GET\"#, path = b\"/\"",
        "\"GET\", 'x', 1.0, true",
        "crate, crate = , crate = 1",
        "crate = ::",
        "response = , response = [], response = Vec<",
        "response = <T as, id = {}",
        "path = \"{{}}\", method = \"\"",
        "path = \"}{\", id = \"\\u{0}\"",
        "::method = \"GET\"",
        "r#method = \"GET\"",
        "self, super, fn, _",
        "#[method]",
        "method = \"GET\", path = \"/\u{e9}\u{1f600}{\u{e9}}\"",
    ] {
        survives(arguments, "pub struct Request { #[path] id: String }", &["id"]);
        survives(arguments, "struct Request;", &[]);
    }
}

#[test]
fn wrong_fields_leave_the_builder() {
    for field in [
        "id: String",
        "#[path] #[path] #[query] id: String",
        "#[path()] #[body] id: String",
        "#[path(,)] id: String",
        "#[path = ] id: String",
        "#[path = x + y] id: String",
        "#[path{\"x\"}] id: String",
        "#[header(\"\", \"\", 1, style, x = y, ::)] id: String",
        "#[header(\"a\\nb\")] id: String",
        "#[query(style = , explode = maybe, flatten = 1, cursor(2))] id: String",
        "#[query(page, offset, cursor, first = \"x\", next_header = 1, full_pages = 2)] id: String",
        "#[query(\"a\" = \"b\")] id: String",
        "#[query((((((x))))))] id: String",
        "#[body(content_type)] id: String",
        "#[body(content_type = \"/\")] id: String",
        "#[cfg_attr(x, path(1))] #[haeder] id: String",
        "#[query(cursor)] id: String",
        "#[query] id: String, #[query(\"id\")] r#type: Option<Option<u8>>",
    ] {
        survives("method = \"GET\", path = \"/\"", &format!("struct Request {{ {field} }}"), &["id"]);
    }
}

#[test]
fn attributes_of_other_macros_are_no_slips_beside_a_kind() {
    for condition in ["", "#[cfg(any())] #[query] page: u8,"] {
        let item = format!("struct Request {{ #[path] #[patch(skip)] id: String, {condition} }}");
        let expansion = expansion("method = \"GET\", path = \"/{id}\"", &item);
        assert!(!expansion.contains("compile_error"), "{expansion}");
        assert!(expansion.contains("# [patch (skip)]"), "{expansion}");
    }
}

#[test]
fn what_is_no_struct_with_fields_is_left_as_it_is() {
    for item in
        ["struct Request(#[path] String);", "enum Request { A { #[query] b: u8 } }", "fn request() {}", "", "#[x]"]
    {
        let expansion = expansion("method = \"GET\", path = \"/\"", item);
        assert!(expansion.contains("compile_error"), "{item}:\n{expansion}");
    }
}

/// The stream with one token left out, doubled, or moved behind the next one, in every place.
fn slips(stream: &TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = stream.clone().into_iter().collect();
    let with = |at: usize, until: usize, instead: &[TokenTree]| -> TokenStream {
        tokens[..at].iter().chain(instead).chain(&tokens[until..]).cloned().collect()
    };
    let mut slips = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        slips.push(with(at, at + 1, &[]));
        slips.push(with(at, at, std::slice::from_ref(token)));
        if let Some(next) = tokens.get(at + 1) {
            slips.push(with(at, at + 2, &[next.clone(), token.clone()]));
        }
        if let TokenTree::Group(group) = token {
            let inner = slips_within(group);
            slips.extend(inner.into_iter().map(|group| with(at, at + 1, &[group])));
        }
    }
    slips
}

fn slips_within(group: &Group) -> Vec<TokenTree> {
    slips(&group.stream()).into_iter().map(|inner| Group::new(group.delimiter(), inner).into()).collect()
}

#[test]
fn no_slip_makes_the_macro_panic_or_fall_silent() {
    let arguments: TokenStream =
        r#"method = "POST", path = "/a/{id}.{x}", response = Vec<T>, id = "a", idempotent, crate = a::b"#
            .parse()
            .unwrap();
    let item: TokenStream = r#"
        #[derive(Debug)]
        pub(crate) struct Request<'a, T: Clone = u8, const N: usize = 1> where T: Copy {
            /// Docs.
            #[path] id: &'a str,
            #[path("x")] r#type: Cow<'a, [Self; N]>,
            #[cfg_attr(any(), header)] #[header("x-token", sensitive)] token: Option<T>,
            #[query(style = "deepObject", explode = true)] filter: Option<BTreeMap<T, [u8; N]>>,
            #[query(cursor)] next: Option<String>,
            #[body(content_type = "text/csv")] body: &'a [u8],
        }"#
    .parse()
    .unwrap();
    let declarations = slips(&arguments).into_iter().map(|arguments| (arguments, item.clone()));
    let declarations = declarations.chain(slips(&item).into_iter().map(|item| (arguments.clone(), item)));
    for (arguments, item) in declarations {
        // Of what is no item the compiler has said so before.
        let is_item = syn::parse2::<syn::DeriveInput>(item.clone()).is_ok();
        let expansion = expand(&arguments, item);
        let says = |part| expansion.contains(part);
        assert!(
            says("impl_operation !") || says("compile_error") || !is_item,
            "neither a request nor a word about why: {expansion}"
        );
    }
}

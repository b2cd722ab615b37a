#!/usr/bin/env python3
"""Sends the operations of an OpenAPI document to Prism (@stoplight/prism-cli, from npm), which checks each request against the
document with other people's code.

    codegen/check-requests.py package/api/slack.com.json

The script generates the source of the document, and a program that builds each operation twice: with its required fields only,
and with all fields. The values are samples of the schemas, and go through the generated types. A request that Prism refuses is
sent to express-openapi-validator too, because each of the two is wrong about some documents. The script needs Node.js, npm and a
network. Exit code 1 if both refuse a request.

An operation is left out if it has a field that cannot be read from JSON (parts of a multipart body), or a schema without a sample
(a pattern without an example).
"""

import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse

import mock_server

ROOT = pathlib.Path(__file__).resolve().parent.parent

MANIFEST = """[package]
name = "requests"
edition = "2024"
[workspace]
[dependencies]
serde = "1"
serde_json = "1"
stackone = {{ path = "{root}/runtime", default-features = false }}
"""

MAIN = """#![allow(dead_code, deprecated)]

#[rustfmt::skip]
mod generated;

fn from<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn run(id: &str, kind: &str, send: fn(&str, &str)) {
    if std::panic::catch_unwind(|| send(id, kind)).is_err() {
        println!("{}", serde_json::json!([id, kind, "a sample cannot be read"]));
    }
}

fn show<O: stackone::Operation>(id: &str, kind: &str, operation: O) {
    match operation.to_http_request() {
        Ok(request) => {
            let headers: Vec<_> = request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
            let body = std::str::from_utf8(request.body()).unwrap();
            println!("{}", serde_json::json!([id, kind, request.method().as_str(), request.uri().to_string(), headers, body]));
        }
        Err(error) => println!("{}", serde_json::json!([id, kind, format!("{error:?}")])),
    }
}
"""

FORMATS = {
    "date-time": "2021-07-21T14:00:00.000Z",
    "date": "2021-07-21",
    "time": "14:00:00Z",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "email": "ada@example.com",
    "uri": "https://example.com/a",
    "uri-reference": "https://example.com/a",
    "url": "https://example.com/a",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "aGVsbG8=",
}


# Texts for patterns without an example.
CANDIDATES = ["some", "some text", "1", "a", "A", "12", "2021-07-21", "some/text", "1.2.3", "0123456789abcdef" * 2, "0123456789abcdef" * 4]
CANDIDATES += ["sha256:" + "0123456789abcdef" * 4, "ssh-ed25519 AAAA"]


class NoSample(Exception):
    """No value of a schema can be made."""


class Samples:
    """Values of the schemas of a document."""

    def __init__(self, document):
        self.document = document

    def resolve(self, node):
        if isinstance(node, bool):
            return {}
        while "$ref" in node:
            found = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                part = urllib.parse.unquote(part).replace("~1", "/").replace("~0", "~")
                found = found[int(part)] if isinstance(found, list) else found[part]
            node = found
        return node

    def of(self, schema, full, depth=0):
        if depth > 8:
            raise NoSample("recursion")
        schema = self.resolve(schema)
        if "allOf" in schema:
            schema = self.merged(schema)
        kind = schema.get("type")
        if isinstance(kind, list):
            kind = next((name for name in kind if name != "null"), "null")
        values = [value for value in schema.get("enum", []) if value is not None]
        if "const" in schema:
            return schema["const"]
        if values and kind == "array" and not isinstance(values[0], list):
            # The enum belongs to the items.
            return [values[0]]
        if values:
            return str(values[0]) if kind == "string" else values[0]
        for choice in ("oneOf", "anyOf"):
            if choice in schema and "properties" not in schema:
                branch = self.one_type(schema[choice])
                return self.tagged(schema, branch, self.of(branch, full, depth + 1))
        if kind == "object" or "properties" in schema:
            return self.object(schema, full, depth)
        if kind == "array":
            return [self.of(schema.get("items", {}), full, depth + 1)] * max(1, schema.get("minItems", 0))
        if kind in ("integer", "number"):
            least = schema.get("minimum", schema.get("exclusiveMinimum", 1))
            return max(1, least + 1 if isinstance(schema.get("exclusiveMinimum"), int) else least)
        if kind == "boolean":
            return True
        if kind == "null":
            return None
        return self.text(schema)

    def merged(self, schema):
        """A schema with the keywords of all parts of its `allOf`. A part may require a property of another part."""
        merged = {key: value for key, value in schema.items() if key != "allOf"}
        merged["properties"], merged["required"] = {}, self.required(schema)
        for part in map(self.resolve, schema["allOf"]):
            part = self.merged(part) if "allOf" in part else part
            merged = {**part, **merged}
            merged["properties"] = merged["properties"] | part.get("properties", {})
            merged["required"] = merged["required"] + self.required(part)
        for name, own in schema.get("properties", {}).items():
            # It may only restrict what a part declares.
            declared = merged["properties"].get(name)
            merged["properties"][name] = {"allOf": [declared, own]} if declared else own
        if not merged["properties"]:
            del merged["properties"]
        return merged

    def one_type(self, choices):
        """The choice of a sample. Text comes first: in a path, the number 1 is also a text, and no `oneOf` allows both."""
        kinds = [self.resolve(choice).get("type") for choice in choices]
        texts = [choice for choice, kind in zip(choices, kinds) if kind == "string"]
        return next(iter(texts + [choice for choice, kind in zip(choices, kinds) if kind != "null"]), choices[0])

    def tagged(self, schema, branch, sample):
        """The sample with the discriminator of its branch."""
        discriminator, reference = schema.get("discriminator"), branch.get("$ref")
        # A branch in the middle of the document has no name.
        if not (discriminator and reference and reference.startswith("#/components/") and isinstance(sample, dict)):
            return sample
        own = reference.rsplit("/", 1)[-1]
        mapping = discriminator.get("mapping", {})
        tag = next((tag for tag, target in mapping.items() if target.rsplit("/", 1)[-1] == own), own)
        return sample | {discriminator["propertyName"]: tag}

    def text(self, schema):
        if "pattern" in schema:
            candidates = [schema.get("example"), schema.get("default"), *CANDIDATES]
            sizes = range(schema.get("minLength", 0), schema.get("maxLength", 1000) + 1)
            matches = (text for text in candidates if isinstance(text, str) and len(text) in sizes and re.search(schema["pattern"], text))
            found = next(matches, None)
            if found is None:
                raise NoSample("a pattern without an example")
            return found
        text = FORMATS.get(schema.get("format"), "some text")
        return text.ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength", len(text) + 1000)]

    @staticmethod
    def required(schema):
        required = schema.get("required")
        return required if isinstance(required, list) else []

    def object(self, schema, full, depth):
        required = self.required(schema)
        others = set()
        # `oneOf` and `anyOf` beside properties say which of them go together.
        for choice in ("oneOf", "anyOf"):
            sets = [self.required(self.resolve(case)) for case in schema.get(choice, [])]
            if sets:
                required = required + sets[0]
                others |= {name for case in sets for name in case} if choice == "oneOf" else set()
        sample = {}
        branches = [branch for choice in ("oneOf", "anyOf") for branch in schema.get(choice, [])]
        if branches and "properties" in self.resolve(branches[0]):
            sample = self.tagged(schema, branches[0], self.of(branches[0], full, depth + 1))
            # A branch may require what only the object declares.
            own = self.resolve(branches[0])["properties"]
            sample = {name: value for name, value in sample.items() if name in own or name not in schema.get("properties", {})}
        values = schema.get("additionalProperties")
        if isinstance(values, dict) and (full or schema.get("minProperties")) and "key" not in schema.get("properties", {}):
            sample["key"] = self.of(values, full, depth + 1)
        for name, property in schema.get("properties", {}).items():
            if property is False:
                # No value fits this schema.
                continue
            property = self.resolve(property)
            if len(sample) == schema.get("maxProperties"):
                break
            is_read_only = any(self.resolve(part).get("readOnly") for part in (property, *property.get("allOf", [])))
            if name in sample or is_read_only or not (name in required or full and name not in others):
                continue
            try:
                sample[name] = self.of(property, full, depth + 1)
            except NoSample:
                if name in required:
                    raise
        for name in required:
            # A schema may require a property that it does not declare.
            if name not in sample and name not in schema.get("properties", {}) and values is not False:
                sample[name] = self.of(values, full, depth + 1) if isinstance(values, dict) else "some text"
        return sample


def operations_of(source):
    """The structs of operations: name, method, path, and fields as (name, attribute, arguments, type)."""
    pattern = re.compile(
        r"#\[::stackone::stackone_operation\((.*)\)\]\n(?:#\[.*\]\n)*pub struct (\w+)(;| \{\n(.*?)\n\})", re.DOTALL | re.MULTILINE
    )
    for item in source.split("\n\n"):
        found = pattern.search(item)
        if not found:
            continue
        arguments, name, _, body = found.groups()
        method = re.search(r'method = "(\w+)"', arguments)[1]
        path = re.search(r'path = "([^"]*)"', arguments)[1]
        fields = re.findall(
            r"#\[(path|query|header|cookie|body|part)(?:\((.*?)\))?\]\n(?:\s*#\[.*\]\n)*\s*pub ((?:r#)?\w+): (.*?),?$", body or "", re.MULTILINE
        )
        yield name, method, path, [(field, place, options, kind) for place, options, field, kind in fields]


def wire_name(field, place, options):
    named = re.match(r'"([^"]*)"', options)
    if named:
        return named[1]
    plain = field.removeprefix("r#")
    return plain.replace("_", "-") if place == "header" else plain


class Program:
    """The program that prints the requests."""

    def __init__(self, document, module):
        self.document, self.samples, self.module = document, Samples(document), module
        self.functions, self.calls, self.left_out = [], [], collections.Counter()
        # Two paths may differ in the names of their placeholders only.
        self.wanted = {(self.shape(path), method): item for path, item in document["paths"].items() for method in item}
        # Some documents have several operations of one path, with fragments that are not sent.
        shapes = collections.Counter((self.shape(path), method) for path, item in document["paths"].items() for method in item if "#" in path)
        plain = {(self.shape(path), method) for path, item in document["paths"].items() for method in item if "#" not in path}
        self.ambiguous = {key for key, count in shapes.items() if count > 1 or key in plain}

    @staticmethod
    def shape(path):
        return re.sub(r"\{[^}]*\}", "{}", path.split("?")[0].split("#")[0])

    def add(self, name, method, path, fields):
        if (self.shape(path), method.lower()) in self.ambiguous:
            self.left_out["several operations of one method and path, which no server can tell apart"] += 1
            return
        item = self.wanted.get((self.shape(path), method.lower()))
        if not item:
            self.left_out["not found in the document by method and path"] += 1
            return
        operation = item[method.lower()]
        # A parameter of the operation comes before one of the path.
        declared = [*operation.get("parameters", []), *item.get("parameters", [])]
        parameters = [self.samples.resolve(parameter) for parameter in declared]
        for full in (False, True):
            try:
                values = [self.field(field, parameters, operation, full) for field in fields]
            except NoSample as reason:
                self.left_out[str(reason)] += 1
                return
            literal = f"generated::{self.module}::{name} {{ {', '.join(values)} }}" if fields else f"generated::{self.module}::{name}"
            kind = "all fields" if full else "required fields"
            self.calls.append(f'    run("{name}", "{kind}", send_{len(self.calls)});\n')
            self.functions.append(f"fn send_{len(self.functions)}(id: &str, kind: &str) {{ show(id, kind, {literal}); }}\n")

    def field(self, field, parameters, operation, full):
        name, place, options, kind = field
        optional = kind.startswith("::std::option::Option<")
        if place == "part":
            raise NoSample("a multipart body")
        if optional and not full:
            return f"{name}: ::std::option::Option::None"
        try:
            value = self.value(name, place, options, parameters, operation, full)
        except NoSample:
            if optional:
                return f"{name}: ::std::option::Option::None"
            raise
        if "::stackone::JsonText<" in kind:
            value = json.dumps(value)
        hashes = "#" * 6
        return f"{name}: from(r{hashes}\"{json.dumps(value, ensure_ascii=False)}\"{hashes})"

    def value(self, name, place, options, parameters, operation, full):
        if place == "body":
            content = self.samples.resolve(operation["requestBody"])["content"]
            media = re.search(r'content_type = "([^"]*)"', options)
            media = media[1] if media else next((type for type in content if "json" in type), None)
            if media not in content or not ("json" in media or "urlencoded" in media):
                raise NoSample("a body that is neither JSON nor a form")
            return self.samples.of(content[media].get("schema", {}), full)
        wire = wire_name(name, place, options).lower()
        for parameter in parameters:
            if parameter["in"] == place and parameter["name"].lower().removesuffix("[]") == wire.removesuffix("[]"):
                schema = parameter.get("schema") or next(iter(parameter.get("content", {}).values()), {}).get("schema", {})
                return self.samples.of(schema, full)
        if place == "path":
            return "some"
        raise NoSample("a field that is no parameter")

    def source(self):
        return f"{MAIN}\n{''.join(self.functions)}\nfn main() {{\n{''.join(self.calls)}}}\n"


def answerable(document):
    """Prism answers with samples of the responses, and cannot make one of each. Only the requests matter here: each operation
    answers 200 without content."""
    original = document
    document = json.loads(json.dumps({key: document[key] for key in ("openapi", "info", "paths", "components") if key in document}))
    # The server's path would only make the addresses longer.
    document["servers"] = [{"url": "http://127.0.0.1"}]
    for item in document["paths"].values():
        item.pop("servers", None)
        for operation in item.values():
            if isinstance(operation, dict) and "responses" in operation:
                operation["responses"] = {"200": {"description": ""}}
                operation.pop("security", None)
                operation.pop("servers", None)
                operation.pop("callbacks", None)
                drop_ignored(operation, original)
        drop_ignored(item, original)
    reachable = set()
    reach(original, document, document["paths"], reachable)
    for section, parts in document.get("components", {}).items():
        document["components"][section] = {name: part for name, part in parts.items() if f"#/components/{section}/{name}" in reachable}
    return document


def drop_ignored(node, document):
    """Removes the headers that OpenAPI says to ignore as parameters, because the client sends its own. Prism requires them."""
    samples = Samples(document)

    def is_ignored(parameter):
        parameter = samples.resolve(parameter)
        return parameter["in"] == "header" and parameter["name"].lower() in ("accept", "authorization", "content-type")

    if "parameters" in node:
        node["parameters"] = [parameter for parameter in node["parameters"] if not is_ignored(parameter)]


def reach(original, document, node, reachable):
    """Collects the components that a node refers to. Prism is slow to read those that no request has. What is inside of an
    operation moves to a place of its own, because the responses are gone."""
    if isinstance(node, list):
        for item in node:
            reach(original, document, item, reachable)
    elif isinstance(node, dict):
        target = node.get("$ref")
        if isinstance(target, str):
            target = urllib.parse.unquote(target)
            is_new = target not in reachable
            reachable.add(target)
            if target.startswith("#/paths/"):
                section = "parameters" if re.search(r"/parameters/\d+$", target) else "schemas"
                moved = document.setdefault("components", {}).setdefault(section, {})
                name = re.sub(r"\W", "-", target)
                node["$ref"] = f"#/components/{section}/{name}"
                reachable.add(node["$ref"])
                if is_new:
                    moved[name] = json.loads(json.dumps(Samples(original).resolve({"$ref": target})))
            # A reference into a component needs the whole.
            whole = "/".join(target.split("/")[:4])
            if target.startswith("#/components/") and whole not in reachable:
                reachable.add(whole)
                reach(original, document, Samples(document).resolve({"$ref": whole}), reachable)
            if is_new:
                reach(original, document, Samples(document).resolve(node), reachable)
        for value in node.values():
            reach(original, document, value, reachable)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", type=pathlib.Path, help="an OpenAPI document in JSON")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "target/check-requests", help="where to generate and compile")
    parser.add_argument("--seconds", type=int, default=180, help="the time that a server may take to start (default: 180)")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="at most N operations, evenly spread")
    options = parser.parse_args()
    document = json.loads(options.document.read_text(encoding="utf-8"))
    work = options.work.resolve()
    (work / "src").mkdir(parents=True, exist_ok=True)
    if os.environ.get("STACKONE_CODEGEN") is None:
        subprocess.run(["cargo", "build", "-q", "-p", "stackone-codegen"], cwd=ROOT, check=True)
    generator = os.environ.get("STACKONE_CODEGEN", ROOT / "target/debug/stackone-codegen")
    subprocess.run([generator, options.document.resolve(), "--out", work / "src/generated"], check=True, capture_output=True)

    source = work / "src/generated/api.rs"
    program = Program(document, "api")
    found = list(operations_of(source.read_text(encoding="utf-8")))
    step = max(1, -(-len(found) // options.sample)) if options.sample else 1
    for operation in found[::step]:
        program.add(*operation)
    (work / "Cargo.toml").write_text(MANIFEST.format(root=ROOT))
    (work / "src/main.rs").write_text(program.source())
    done = subprocess.run(["cargo", "run", "-q"], cwd=work, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit("the program with the operations fails")
    requests = [json.loads(line) for line in done.stdout.splitlines()]
    built = [request for request in requests if len(request) > 3]
    document = answerable(document)

    with mock_server.prism(document, options.seconds) as address:
        refused = check("Prism", address, built, built)
    by_both = []
    if refused:
        with mock_server.express(document, options.seconds) as address:
            by_both = check("express-openapi-validator", address, refused, built)
    for id, kind, error in (request for request in requests if len(request) == 3):
        print(f"{id}, {kind}: not built: {error}")
    left_out = ", ".join(f"{count} {reason}" for reason, count in program.left_out.items()) or "none"
    counts = f"{len(requests) - len(built)} not built, {len(refused)} refused by Prism, {len(by_both)} by both"
    print(f"{len(found)} operations, {len(requests)} requests, {counts}; left out: {left_out}")
    return len(by_both) > 0 or len(built) < len(requests)


def reasons(answer):
    """The errors in an answer of Prism, or the answer."""
    try:
        found = [f"{'/'.join(map(str, error['location']))}: {error['message']}" for error in json.loads(answer)["validation"]]
    except (ValueError, KeyError, TypeError):
        return answer[:600]
    return "; ".join(found)[:600]


def check(server, address, requests, built):
    """Sends the requests, and returns those that the server refuses. `built` are all requests of the document."""
    refused = []
    for id, kind, method, target, headers, body in requests:
        # The response has no content.
        headers = [(name, value) for name, value in headers if name != "accept"]
        status, answer = mock_server.send(address, method, target, headers, body)
        if not 200 <= status < 300:
            refused.append([id, kind, method, target, headers, body])
            print(f"{id}, {kind}: {server}: {status} {reasons(answer)}\n    {method} {target} {headers} {body}"[:1400])
    # A server that accepts everything must not pass: a request without its query, headers and body lacks something.
    bare = (mock_server.send(address, method, target.split("?")[0])[0] for _, _, method, target, *_ in built)
    if not any(400 <= status < 500 for status in bare):
        if len(refused) == len(requests):
            print(f"{server} cannot read the document")
            return refused
        sys.exit(f"{server} refuses no request, whatever it lacks")
    return refused


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Other generators of Rust code from OpenAPI documents: progenitor and oas3-gen, from crates.io.

    codegen/peers.py api/openapi/stackone.json --out benches/target/peers

Writes a package for each generator, with the code that it generates from a document. The document is repaired first, because both
refuse the one of StackOne as it is. `corpus.py --generator` runs them on documents without repairs.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys

PROGRAMS = pathlib.Path(__file__).resolve().parent.parent / "target/peers"

# The crates that the code of oas3-gen names. It writes no manifest.
OAS3_GEN_MANIFEST = """[package]
name = "corpus"
version = "0.0.0"
edition = "2024"

[dependencies]
anyhow = "1"
bytes = "1"
chrono = { version = "0.4", features = ["serde"] }
http = "1"
indexmap = { version = "2", features = ["serde"] }
oas3-gen-support = "0.29"
regex = "1"
reqwest = { version = "0.13", default-features = false, features = ["form", "json", "multipart", "query", "stream"] }
secrecy = "0.10"
serde = { version = "1", features = ["derive"] }
serde_html_form = "0.4"
serde_json = "1"
serde_with = { version = "3", features = ["base64", "chrono_0_4", "indexmap_2", "json"] }
uuid = { version = "1", features = ["serde"] }
validator = { version = "0.21", features = ["derive"] }
"""


class Progenitor:
    """It writes a package."""

    crate, version = "cargo-progenitor", "~0.15"

    def command(self, document, folder):
        program = PROGRAMS / "bin/cargo-progenitor"
        return [program, "progenitor", "-i", document, "-o", folder, "-n", "corpus", "-v", "0.0.0"]

    def finish(self, folder):
        pass

    def repair(self, document):
        """It reads OpenAPI 3.0 only, which has no type `null`. An operation may have one type of success, and one of error. There
        is no `deepObject`, so that filters are sent as text. A default must be a value of its schema, and values of an enum need
        different names."""
        document["openapi"] = "3.0.3"
        for node in nodes(document):
            if isinstance(node.get("oneOf"), list):
                node["oneOf"] = [branch for branch in node["oneOf"] if branch != {"type": "null"}]
            if isinstance(node.get("responses"), dict):
                success = next(found for found in node["responses"].items() if found[0].startswith("2"))
                errors = [found for found in node["responses"].items() if found[0].startswith(("4", "5"))]
                node["responses"] = dict([success, *(found for found in errors if found[1].get("content") == errors[0][1].get("content"))])
            if node.get("in") == "query" and node.get("schema", {}).get("type") == "object":
                node["schema"] = {"type": "string"}
                node.pop("style", None)
            if "default" in node and not isinstance(node["default"], dict):
                del node["default"]
            if isinstance(node.get("enum"), list):
                named = {re.sub(r"\W", "", str(value)).lower(): value for value in reversed(node["enum"]) if value is not None}
                node["enum"] = [value for value in node["enum"] if value in named.values() or value is None]


class Oas3Gen:
    """It writes modules."""

    crate, version = "oas3-gen", "~0.29"

    def command(self, document, folder):
        # With its default, ordered collections, more of its code does not compile.
        options = ["--color", "never", "generate", "client-mod", "--no-ordered-collections"]
        return [PROGRAMS / "bin/oas3-gen", *options, "-i", document, "-o", folder / "src/generated"]

    def finish(self, folder):
        (folder / "Cargo.toml").write_text(OAS3_GEN_MANIFEST)
        (folder / "src/lib.rs").write_text("pub mod generated;\n")

    def repair(self, document):
        pass


PEERS = {"progenitor": Progenitor(), "oas3-gen": Oas3Gen()}


def install(peer):
    """Installs a generator, unless it is there. A release build takes ten minutes."""
    command = ["cargo", "install", "-q", "--debug", "--locked", "--root", PROGRAMS, "--version", peer.version, peer.crate]
    if not (PROGRAMS / "bin" / peer.crate).exists():
        subprocess.run(command, check=True)


def nodes(node):
    """All objects of a document."""
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(child)


def repair(document):
    """Repairs what both refuse."""
    for node in nodes(document):
        # OpenAPI requires a description of each response.
        for response in node.get("responses", {}).values() if isinstance(node.get("responses"), dict) else ():
            response.setdefault("description", "")
        # `required` of a property is no list.
        if isinstance(node.get("required"), bool) and "in" not in node and "content" not in node:
            del node["required"]
    return document


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", type=pathlib.Path, help="an OpenAPI document in JSON")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="the folder of the packages")
    options = parser.parse_args()
    for name, peer in PEERS.items():
        install(peer)
        document = repair(json.loads(options.document.read_text(encoding="utf-8")))
        peer.repair(document)
        folder = options.out / name
        (folder / "src").mkdir(parents=True, exist_ok=True)
        repaired = options.out / f"{name}.json"
        repaired.write_text(json.dumps(document))
        subprocess.run(peer.command(repaired.resolve(), folder.resolve()), check=True, stdout=subprocess.DEVNULL)
        peer.finish(folder)


if __name__ == "__main__":
    sys.exit(main())

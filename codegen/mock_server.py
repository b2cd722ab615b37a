"""Servers of other people that check requests against an OpenAPI document. Both are from npm, and need Node.js, npm and a network
for the first run: Prism (@stoplight/prism-cli), which also answers with samples of the responses, and express-openapi-validator.
"""

import contextlib
import http.client
import json
import pathlib
import re
import socket
import subprocess
import sys
import time
import urllib.parse

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "target/mock-server"

EXPRESS = """
const express = require("express");
const validator = require("express-openapi-validator");

const [apiSpec, port] = process.argv.slice(2);
const app = express();
app.use(express.json({ type: ["json", "+json"], strict: false, limit: "10mb" }));
app.use(express.urlencoded({ extended: true, limit: "10mb" }));
// The credentials of the document are not checked, and no file is kept.
app.use(validator.middleware({ apiSpec, validateApiSpec: false, validateRequests: { coerceTypes: true }, validateSecurity: false, fileUploader: false }));
app.use((request, response) => response.sendStatus(200));
app.use((error, request, response, next) => response.status(error.status || 500).send(error.message));
app.listen(Number(port), "127.0.0.1", () => console.log("listening"));
"""


@contextlib.contextmanager
def prism(document, seconds=180):
    """Runs Prism for a document (a dict), and gives its address. `seconds` is the time that it may take to start."""
    install("@stoplight/prism-cli@5")
    command = [FOLDER / "node_modules/.bin/prism", "mock", "-h", "127.0.0.1", "-p"]
    with running(document, lambda file, port: [*command, str(port), file], "Prism is listening", seconds) as address:
        yield address


@contextlib.contextmanager
def express(document, seconds=180):
    """Runs express-openapi-validator for a document, and gives its address."""
    document = json.loads(json.dumps(document), object_hook=with_valid_pattern)
    install("express@4", "express-openapi-validator@5")
    script = FOLDER / "express.js"
    script.write_text(EXPRESS)
    with running(document, lambda file, port: ["node", script, file, str(port)], "listening", seconds) as address:
        yield address


def with_valid_pattern(node):
    """express-openapi-validator reads patterns with the flag `u`, which does not allow to escape any character."""
    if isinstance(node.get("pattern"), str):
        node["pattern"] = re.sub(r"\\([^\w^$\\.*+?()\[\]{}|/-])", r"\1", node["pattern"])
    return node


def install(*packages):
    missing = [package for package in packages if not (FOLDER / "node_modules" / package.rpartition("@")[0]).exists()]
    if missing:
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--prefix", FOLDER, "--no-audit", "--no-fund", "--silent", *missing], check=True)


@contextlib.contextmanager
def running(document, command, ready, seconds):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Several servers may run at the same time.
    file, log = FOLDER / f"{port}.json", FOLDER / f"{port}.log"
    file.write_text(json.dumps(document))
    with log.open("w") as output:
        process = subprocess.Popen(command(file, port), stdout=output, stderr=output)
    try:
        wait(process, log, ready, seconds)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
    # The log of a server that failed stays.
    file.unlink()
    log.unlink()


def wait(process, log, ready, seconds):
    end = time.monotonic() + seconds
    while ready not in log.read_text():
        if process.poll() is not None or time.monotonic() > end:
            sys.exit(f"the server does not start: see {log}")
        time.sleep(0.2)


def send(address, method, target, headers=(), body=""):
    """Sends a request, and returns the status and the text of the response."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=60)
    connection.request(method, target, body.encode() or None, dict(headers))
    response = connection.getresponse()
    return response.status, response.read().decode("utf-8", "replace")

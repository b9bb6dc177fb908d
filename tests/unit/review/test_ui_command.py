"""`trialhouse ui` as people start it: a process of its own."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from trialhouse.cli.app import main
from trialhouse.cli.commands import ui
from trialhouse.review.app import build_app, get_ready
from trialhouse.review.guard import Guard

TOKEN = "correct-horse-battery-staple"


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="looks into Linux's list of sockets")
def test_it_serves_this_machine_only_without_prefect_and_ends_on_ctrl_c(reviewed: Path) -> None:
    command = [
        sys.executable,
        "-X",
        "importtime",
        "-m",
        "trialhouse",
        "ui",
        "--port",
        "0",
        "--warehouse",
        str(reviewed),
    ]
    environ = os.environ | {"TRIALHOUSE_UI_TOKEN": TOKEN, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environ, start_new_session=True
    ) as process:
        assert process.stderr
        said = []
        for line in process.stderr:
            said.append(line)
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
                break
        try:
            assert found, said
            port = int(found[1])
            request = urllib.request.Request(found[0], headers={"Authorization": f"Bearer {TOKEN}"})
            with urllib.request.urlopen(request, timeout=60) as answer:
                assert b"The arms add up" in answer.read()
            with urllib.request.urlopen(f"{found[0]}?token={TOKEN}", timeout=60) as answer:
                assert answer.url.endswith("/login")
            listening = [line.split()[1] for line in _sockets() if line.split()[3] == "0A"]
            assert [place for place in listening if place.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]
        finally:
            os.killpg(process.pid, signal.SIGINT)
            _, rest = process.communicate(timeout=60)
    errors = "".join(said) + rest
    assert process.returncode in (0, 130)
    imported = {line.rpartition("|")[2].strip() for line in errors.splitlines() if line.startswith("import time:")}
    assert "trialhouse.review.app" in imported
    assert not {name for name in imported if name.partition(".")[0] in ("prefect", "fastapi", "pandas", "apprise")}
    # What only a judgement needs waits for one.
    assert not {name for name in imported if name.startswith(("trialhouse.resolution", "pyarrow", "rapidfuzz"))}
    own_words = [line for line in errors.splitlines() if not line.startswith("import time:")]
    assert own_words[1:] in ([], ["trialhouse: interrupted"])
    assert TOKEN not in errors


def _sockets() -> list[str]:
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    more = Path("/proc/net/tcp6")
    return lines + (more.read_text().splitlines()[1:] if more.exists() else [])


def test_a_port_that_is_taken_is_said(reviewed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["ui", "--port", str(port), "--warehouse", str(reviewed)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"trialhouse: port {port} of 127.0.0.1 cannot be had (Address already in use): choose")


def test_it_is_ready_when_it_says_where_it_is(reviewed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first who asks waits for no template and for no alert to be read."""
    ready: list[str] = []

    def said(_: str) -> None:
        ready.append("said")
        raise KeyboardInterrupt

    monkeypatch.setattr(ui, "get_ready", lambda app: (get_ready(app), ready.append("ready")))
    monkeypatch.setattr(ui, "say", said)
    with pytest.raises(KeyboardInterrupt):
        ui.serve(port=0, warehouse=reviewed)
    assert ready == ["ready", "said"]
    app = build_app(reviewed, Guard(frozenset()), "ada")
    get_ready(app)
    assert app.app.state.shelf._standing is not None
    assert len(app.app.state.templates.cache) == len(app.app.state.templates.list_templates())
    app.app.state.shelf.close()


@pytest.mark.parametrize("port", ["65536", "-1", "eighty"])
def test_what_is_no_port_is_wrong_use(port: str, reviewed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ui", f"--port={port}", "--warehouse", str(reviewed)]) == 2
    assert "port" in capsys.readouterr().err.lower()


def test_a_line_that_is_no_http_ends_nothing(page: object) -> None:
    port = page.port  # type: ignore[attr-defined]
    for sent in (b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\n\r\n", b"GET /" + b"a" * 200_000 + b"\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            answer = b""
            # A server that refuses the line may close before all of it was sent.
            with contextlib.suppress(OSError):
                connection.sendall(sent)
                connection.shutdown(socket.SHUT_WR)
                answer = connection.recv(100)
            assert not answer.startswith(b"HTTP/1.1 2")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("HEAD", "/")
    assert connection.getresponse().status == 200
    connection.close()

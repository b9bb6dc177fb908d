"""A small warehouse with alerts, the review page served over it, and requests of any shape to it."""

import contextlib
import datetime
import http.client
import re
import socket
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from trialhouse.model.source_config import SourceConfig
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import Assignment, refresh
from trialhouse.pipeline.alert_books import live_alerts
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout
from trialhouse.review.app import build_app
from trialhouse.review.guard import Guard, own_hosts
from trialhouse.settings import load_settings

HOSTILE = (
    "<script>window.hacked=1;alert(1)</script>\"'><img src=x onerror=alert(2)></title></textarea>"
    "{{7*7}}{% raw %} &lt;b&gt; \u202egnp.exe\u202c \u05d0\u05d1 \u0007 1.2\u200f-\u200f1.9 \u061c\u200b"
)
"""What a stranger may write into a title: tags, an end of an attribute, template words, other directions."""

TITLE = "{drug} for high blood pressure: a randomised, double-blind, placebo-controlled trial"

ABSTRACT = """{title}

METHODS: We randomly assigned {n} adults to {drug} 40 mg once daily (n = 100) or placebo (n = 90) for 12 weeks.
RESULTS: At week 12, response occurred in 60.0% of the {drug} group and 40.0% of the placebo group. {more}
The trial is registered at ClinicalTrials.gov, {registry_id}.
"""

SUM = "arms/sum_is_enrollment"

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)

NEXT_YEAR = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=365)).date().isoformat()
"""The last day of a waiver: decisions are made now, and none holds for longer than five years."""


@dataclass(frozen=True)
class Paper:
    """A made abstract whose arms do not add up to what it says of all: an alert."""

    drug: str
    registry_id: str
    n: int = 200
    more: str = ""

    def write(self, folder: Path) -> None:
        title = f"{TITLE.format(drug=self.drug)} {self.more}".strip()
        said = ABSTRACT.format(title=title, drug=self.drug, n=self.n, more=self.more, registry_id=self.registry_id)
        (folder / f"{self.registry_id}.txt").write_text(said, encoding="utf-8")


PAPERS = (
    Paper("Quenosartan", "NCT09990001"),
    Paper("Veltocimab", "NCT09990002"),
    Paper("Marubetinib", "NCT09990003"),
    Paper("Hostimab", "NCT09990004", more=HOSTILE),
)


ONE_MORE = Paper("Tolvexamab", "NCT09990005")
"""What a second release has more, with an alert of its own."""


def refreshed(
    warehouse: Path,
    papers: tuple[Paper, ...] = PAPERS,
    day: int = 20,
    folder: Path | None = None,
    *,
    may_be_passed_on: bool = True,
) -> RunStatus:
    """A refresh of a warehouse on a day of November, with the papers in a folder, by default one beside it.

    A paper is the same document only in the same folder. Releases hold whole texts only where they may be passed on.
    """
    folder = folder or warehouse.parent / "texts"
    folder.mkdir(exist_ok=True)
    for paper in papers:
        paper.write(folder)
    settings = load_settings(warehouse=warehouse, environ={}).settings
    own = {"files": SourceConfig(publisher="Tests", may_be_passed_on=may_be_passed_on)}
    settings = settings.model_copy(update={"sources": settings.sources | own})
    return refresh(settings, Assignment(files=(folder,)), clock=lambda: NOW.replace(day=day)).status


def alert_ids(warehouse: Path) -> list[str]:
    """The ids of the alerts of a warehouse."""
    return [alert.alert_id for alert in live_alerts(Layout(warehouse), find_release(warehouse, None)).books.alerts]


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    def cookie(self, name: str) -> str:
        """What a cookie of the answer holds."""
        for value in self.headers.get_all("set-cookie") or []:
            if value.startswith(f"{name}="):
                return value.partition("=")[2].partition(";")[0]
        raise KeyError(name)


@dataclass(frozen=True)
class Served:
    """The review page over a warehouse at a port of this machine."""

    warehouse: Path
    port: int

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def ask(
        self, method: str, target: str, headers: Mapping[str, str | bytes] | None = None, body: bytes | None = None
    ) -> Answer:
        """Send a request as it is given: the target is not made proper, and headers may be any."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            given = {"Host": self.host} | dict(headers or {})
            connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            for name, value in given.items():
                connection.putheader(name, value)
            if body is not None and "Content-Length" not in given:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                if body is not None:
                    connection.send(body)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())

    def get(self, target: str, headers: Mapping[str, str | bytes] | None = None) -> Answer:
        return self.ask("GET", target, headers)

    def browser(self, at: str = "/") -> "Browser":
        """A browser that has loaded a page with a form: it has a session and that form's token."""
        answer = self.get(at)
        (token,) = set(re.findall(r'name="form_token" value="([0-9a-f]{64})"', answer.text))
        return Browser(self, {"trialhouse_session": answer.cookie("trialhouse_session")}, token)


@dataclass(frozen=True)
class Browser:
    """Someone who sends forms as a browser does."""

    served: Served
    cookies: dict[str, str]
    form_token: str

    def send(self, target: str, *fields: tuple[str, str], **headers: str | bytes) -> Answer:
        """Send a form with its token; `headers` say what else a browser says, or says otherwise (None: not at all)."""
        body = urlencode([("form_token", self.form_token), *fields]).encode()
        return self.send_body(target, body, **headers)

    def send_body(self, target: str, body: bytes, **headers: str | bytes) -> Answer:
        given = {
            "Origin": self.served.url,
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.served.ask("POST", target, {n: v for n, v in given.items() if v is not None}, body)

    def waiver(self, alert_id: str, *, seen: str = "", until: str = NEXT_YEAR) -> Answer:
        """Waive an alert of which the last decision `seen` was on the page."""
        return self.send(
            f"/alerts/{alert_id}", ("action", "waive"), ("reason", "source_error"), ("comment", "It is wrong."),
            ("until", until), ("by", "ada"), ("seen", f"{alert_id} {seen}"),
        )  # fmt: skip


@contextlib.contextmanager
def serving(warehouse: Path, token: str | None = None) -> Iterator[Served]:
    """The review page of a warehouse, served by a thread."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen(100)  # from here on nobody is turned away, however long the server takes to begin
        port = bound.getsockname()[1]
        app = build_app(warehouse, Guard(own_hosts(port), token), "ada")
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            yield Served(warehouse, port)
        finally:
            server.should_exit = True
            thread.join()
            app.app.state.shelf.close()

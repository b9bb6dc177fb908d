"""A web site for tests: pages with validators, a robots.txt, and articles on several pages. All texts are made up."""

import hashlib
from collections.abc import Mapping
from urllib.parse import urlencode

from tests.replay.server import Answer, ReplayServer, Request

HTML = "text/html; charset=utf-8"
SENTENCES = (
    "In this trial {n} adults with sumba fever were randomly assigned to belotarin or to placebo for twelve weeks. ",
    "The fever ended in {n} of the adults who took belotarin, which the investigators of the trial had hoped for. ",
    "Headache was reported by {n} of the adults, and none of them left the trial because of it, said its sponsor. ",
    "A longer trial with {n} adults is to begin in the spring, and its results are expected a year after that. ",
)


def prose(seed: int, paragraphs: int = 5) -> list[str]:
    """Paragraphs of invented news; another seed gives other numbers."""
    return ["".join(said.format(n=10 + seed * 100 + number) for said in SENTENCES) for number in range(paragraphs)]


def article(title: str, paragraphs: list[str], *, canonical: str | None = None, head: str = "", tail: str = "") -> str:
    """An article's page: `tail` stands below its text."""
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title} | Example News</title>{link}{head}</head><body>'
        f'<nav><a href="/">Home</a> <a href="/fevers">Fevers</a></nav><main><h1>{title}</h1>{text}{tail}</main>'
        "<footer>Example News, Sampleton</footer></body></html>"
    )


class Site:
    """The handler of a whole site. `robots` is its robots.txt; None is a site without one (404)."""

    def __init__(self, server: ReplayServer, robots: str | None = None) -> None:
        self.url = server.url
        self.server = server
        self.robots = robots
        self._answers: dict[str, Answer] = {}
        server.route("/", self._answer)

    def put(self, place: str, html: str | bytes, headers: Mapping[str, str] | None = None, status: int = 200) -> str:
        """Publish a page at a path (with its query, if any); gives its address. It has an ETag by its content."""
        body = html.encode() if isinstance(html, str) else html
        tag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        self._answers[place] = Answer(
            status=status, headers={"Content-Type": HTML, "ETag": tag, **(headers or {})}, body=body
        )
        return self.url + place

    def move(self, place: str, to: str, status: int = 301) -> str:
        """Send whoever asks for a path to another address."""
        self._answers[place] = Answer(status=status, headers={"Location": to})
        return self.url + place

    def asked(self, place: str) -> int:
        """How often a path was asked for."""
        return sum(_place(request) == place for request in self.server.requests)

    def _answer(self, request: Request) -> Answer:
        place = _place(request)
        if place == "/robots.txt":
            if self.robots is None:
                return Answer(status=404)
            return Answer(headers={"Content-Type": "text/plain"}, body=self.robots.encode())
        answer = self._answers.get(place)
        if answer is None:
            return Answer(status=404, headers={"Content-Type": HTML}, body=b"<h1>Not found</h1>")
        if request.headers.get("if-none-match") == answer.headers.get("ETag", ""):
            return Answer(status=304, headers={"ETag": answer.headers["ETag"]})
        return answer


def _place(request: Request) -> str:
    query = urlencode(request.query, doseq=True)
    return f"{request.path}?{query}" if query else request.path

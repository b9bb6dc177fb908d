"""Questions to a Prefect server over HTTP: importing Prefect's own client takes seconds, and `doctor` has none."""

import base64
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

POOL, WRITERS = "trialhouse", "writers"
"""The work pool of the deployments in `prefect.yaml`, and the queue of those that write."""

SECONDS = 30.0

BUSY, AGAIN_SECONDS = (429, 502, 503), 0.5
"""What a server answers whose database another of its own requests holds: Prefect's own client asks again, too."""


class NoAnswer(Exception):
    """The server is away, or refuses; the message says which address, and why."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class PrefectApi:
    """A server's API: its address as in PREFECT_API_URL, the header by which it knows us, seconds to wait for it."""

    address: str
    authorization: str | None = None
    seconds: float = SECONDS

    @classmethod
    def named_by(cls, environ: Mapping[str, str], seconds: float = SECONDS) -> "PrefectApi":
        """The server of PREFECT_API_URL, with the password or key that Prefect's own client would take."""
        password, key = environ.get("PREFECT_API_AUTH_STRING"), environ.get("PREFECT_API_KEY")
        authorization = f"Bearer {key}" if key else None
        if password:
            authorization = f"Basic {base64.b64encode(password.encode()).decode()}"
        return cls(environ["PREFECT_API_URL"].rstrip("/"), authorization, seconds)

    def ask(self, path: str, content: object = None, method: str | None = None) -> Any:
        """What the server answers, None for nothing: GET, or POST where there is content. One that is busy is asked
        again for as long as its patience of `seconds` lasts. Raises NoAnswer.
        """
        end = time.monotonic() + self.seconds
        while True:
            try:
                return self._ask_once(path, content, method)
            except NoAnswer as error:
                if error.status not in BUSY or time.monotonic() > end:
                    raise
            time.sleep(AGAIN_SECONDS)

    def _ask_once(self, path: str, content: object, method: str | None) -> Any:
        asked = urllib.request.Request(
            f"{self.address}/{path}",
            data=None if content is None else json.dumps(content).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        if self.authorization:
            asked.add_header("Authorization", self.authorization)
        try:
            with urllib.request.urlopen(asked, timeout=self.seconds) as answer:
                text = answer.read()
            return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise NoAnswer(f"{self.address}/{path} answers {error.code} {error.reason}", error.code) from error
        except urllib.error.URLError as error:
            raise NoAnswer(f"nobody answers at {self.address} ({error.reason})") from error
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise NoAnswer(f"nobody answers at {self.address} ({error})") from error

    def deployments(self) -> list[dict[str, Any]]:
        """The deployments of the pool, by name."""
        found = self.ask("deployments/filter", {"work_pools": {"name": {"any_": [POOL]}}})
        return sorted(found, key=lambda one: str(one["name"]))

    def runs(self, **state: object) -> list[dict[str, Any]]:
        """The runs of the pool's deployments whose state is so, as Prefect filters (`type`, `name`), oldest first."""
        wanted = {
            "work_pools": {"name": {"any_": [POOL]}},
            "flow_runs": {"state": state},
            "sort": "EXPECTED_START_TIME_ASC",
        }
        found: list[dict[str, Any]] = self.ask("flow_runs/filter", wanted)
        return found

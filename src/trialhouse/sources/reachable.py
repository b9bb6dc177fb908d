"""Whether a host can be reached at all, asked without asking it anything: a connection is made and closed."""

import socket
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}


def why_unreachable(address: str, seconds: float) -> str | None:
    """Why no connection to the host of an http(s) address comes about within some seconds; None if one does."""
    parts = urlsplit(address)
    port = parts.port or PORTS.get(parts.scheme)
    if parts.hostname is None or port is None:
        return f"{address} is no http or https address"
    try:
        socket.create_connection((parts.hostname, port), seconds).close()
    except OSError as error:
        return f"{parts.hostname}:{port}: {error.strerror or error}"
    return None

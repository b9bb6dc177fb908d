"""The pages of one article in one record: a MIME container with the exact bytes of every page.

An article that its site shows on several pages is one record and one document. Its bytes are a multipart/related
message (RFC 2387): a part for every page, in order, with the page's address (Content-Location), its Content-Type and
its body as it was received, in base64 so that no mail rule touches a byte. A page that was announced and did not come
has a part too, with the reason in `Trialhouse-Missing`. Nothing in the container depends on the time or the run, so
that the same pages give the same bytes. Sources write it, documents read it.
"""

import email
import email.policy
from email.encoders import encode_base64
from email.generator import BytesGenerator
from email.message import Message
from io import BytesIO

from trialhouse.model.ids import stable_id
from trialhouse.model.record import Record

MEDIA_TYPE = "multipart/related"
_COUNT = "Trialhouse-Pages"
_MISSING = "Trialhouse-Missing"
_POLICY = email.policy.compat32.clone(linesep="\r\n")


class ArticlePage(Record):
    """One page of an article: where it is, its Content-Type header as received, and its bytes as received.

    `missing` says why an announced page did not come; then the body is empty.
    """

    address: str
    content_type: str = "text/html"
    body: bytes = b""
    missing: str | None = None


def pack_pages(pages: tuple[ArticlePage, ...]) -> bytes:
    """The container of these pages, the same for the same pages."""
    key = [part for page in pages for part in (page.address, page.body.hex(), page.missing)]
    whole = Message(_POLICY)
    whole["MIME-Version"] = "1.0"
    whole["Content-Type"] = f'{MEDIA_TYPE}; type="text/html"; boundary="{stable_id("pages", *key)}"'
    whole[_COUNT] = str(len(pages))
    whole.set_payload([_part(page) for page in pages])
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, maxheaderlen=0, policy=_POLICY).flatten(whole)
    return out.getvalue()


def _part(page: ArticlePage) -> Message:
    part = Message(_POLICY)
    part["Content-Type"] = _one_line(page.content_type)
    part["Content-Location"] = _one_line(page.address)
    if page.missing is not None:
        part[_MISSING] = _one_line(page.missing)
    part.set_payload(page.body)
    encode_base64(part)
    return part


def is_joined_pages(text: str) -> bool:
    """Whether a decoded file is such a container (a page saved by a browser as MHTML is not)."""
    head = text[:600]
    return head.startswith("MIME-Version: 1.0\n") and f"Content-Type: {MEDIA_TYPE};" in head and f"\n{_COUNT}: " in head


def unpack_pages(text: str) -> tuple[ArticlePage, ...]:
    """The pages of a decoded container, in order. Raises ValueError when it is damaged or cut."""
    whole = email.message_from_string(text)
    parts = whole.get_payload()
    if not isinstance(parts, list) or whole.defects or str(len(parts)) != whole.get(_COUNT):
        found = len(parts) if isinstance(parts, list) else 0
        raise ValueError(f"{found} whole pages of {whole.get(_COUNT)} are in it")
    return tuple(_page(part) for part in parts if isinstance(part, Message))


def _page(part: Message) -> ArticlePage:
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes) or part.defects:
        raise ValueError(f"the page {part.get('Content-Location')} cannot be decoded")
    return ArticlePage(
        address=part.get("Content-Location", ""),
        content_type=part.get("Content-Type", "text/html"),
        body=body,
        missing=part.get(_MISSING),
    )


def _one_line(value: str) -> str:
    """A value of a header: ASCII, on one line."""
    return " ".join(value.encode("ascii", "backslashreplace").decode("ascii").split())

"""Bytes to text, whatever their encoding says or is; and bytes that are no text, recognised and named."""

import codecs
import re

from trialhouse.model.document import UnreadableDocument
from trialhouse.text.json_values import REPLACEMENT, SURROGATE
from trialhouse.text.lazy_patterns import lazy_compile

_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_MAGICS = tuple(magic for magic, _ in _MAGIC)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKS = tuple(mark for mark, _ in _BYTE_ORDER_MARKS)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{2,40})", re.I)
_HEADER_CHARSET = lazy_compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.I)

_HEAD = 4096
"""Bytes in which a page declares its character set (HTML asks for the first 1024)."""

_SAMPLE = 200_000
"""Bytes that are enough to guess an encoding; guessing over all of a long file costs minutes."""

_ODD_CONTROLS = bytes([*range(0x00, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_MOST_ODD = 0.05


def decode(data: bytes, where: str, content_type: str | None = None) -> str:
    """The text of some bytes, line ends as "\\n".

    Tried in this order: a byte order mark, UTF-16 without a mark, strict UTF-8, the character set that a header
    (`content_type`) or the page itself declares, UTF-8 with a few broken places, a guess. UTF-8 keeps its byte order
    mark as a character, as Python reads such a file, so that offsets agree. Half a surrogate pair becomes U+FFFD.
    `where` names the input in errors.
    Raises UnreadableDocument with reason "empty" or "binary".
    """
    if not data.strip(b" \t\r\n\f\x0b\xef\xbb\xbf"):
        raise UnreadableDocument("empty", f"{where}: the file holds no text; fetch it again or leave it out.")
    if data.startswith(_MAGICS):
        named = next(name for magic, name in _MAGIC if data.startswith(magic))
        raise UnreadableDocument(
            "binary", f"{where}: this is {named}, not text; give its text (or its unpacked content) instead."
        )
    strict = _strict_utf8(data)
    text = _decode(data, content_type) if strict is None else strict
    if not text.strip().strip("\ufeff\x00"):
        raise UnreadableDocument("empty", f"{where}: the file holds no text; fetch it again or leave it out.")
    is_as_given = strict is not None and len(data) <= _SAMPLE
    odd = _odd_characters(text[:_SAMPLE], data if is_as_given else None)
    if odd > _MOST_ODD * min(len(text), _SAMPLE):
        raise UnreadableDocument(
            "binary", f"{where}: {odd} of the first {min(len(text), _SAMPLE)} characters are no text; give a text file."
        )
    # What was strict UTF-8 can be written as such.
    text = text if strict is not None else _encodable(text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _odd_characters(text: str, data: bytes | None) -> int:
    """The number of control characters that no text has, and of replacement characters. `data` is the text in UTF-8
    where it is at hand.

    Looked for in bytes, where a control character is one byte and part of no other: a pattern takes ten times as long.
    To look for each of them takes half the time of counting all, and nearly no text has any.
    """
    data = text.encode("utf-8", "surrogatepass") if data is None else data
    has_controls = any(control in data for control in _ODD_CONTROLS)
    controls = len(data) - len(data.translate(None, _ODD_CONTROLS)) if has_controls else 0
    return controls + text.count(REPLACEMENT)


def _encodable(text: str) -> str:
    """The text with each half of a surrogate pair replaced; nearly every text has none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return SURROGATE.sub(REPLACEMENT, text)
    return text


def _strict_utf8(data: bytes) -> str | None:
    """The text where nothing speaks against UTF-8 and all of it is: nearly always."""
    if data.startswith(_MARKS) or b"\x00" in data[:_HEAD]:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _decode(data: bytes, content_type: str | None) -> str:
    """The text of bytes that are not plainly UTF-8."""
    if (marked := marked_encoding(data)) is not None:
        return data.decode(marked, errors="replace")
    if b"\x00" in data[:_HEAD]:
        if (wide := _wide(data)) is not None:
            return wide
        try:
            return data.decode()
        except UnicodeDecodeError:
            pass  # not UTF-8 throughout: the next lines find out what it is
    declared = _declared(data, content_type)
    if declared is not None:
        return declared
    return _broken_utf8(data) or _guessed(data)


def _declared(data: bytes, content_type: str | None) -> str | None:
    """The text in the declared character set, if one is declared, known, and fits every byte."""
    names = []
    if content_type and (header := _HEADER_CHARSET.search(content_type)):
        names.append(header[1])
    for pattern in (_XML_ENCODING, _META_CHARSET):
        if found := pattern.search(data[:_HEAD]):
            names.append(found[1].decode("ascii"))
    for name in names:
        # The web reads "latin-1" as its superset cp1252, and GB2312 as GB18030.
        known = {"iso-8859-1": "cp1252", "latin1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}.get(
            name.lower(), name
        )
        try:
            text = data.decode(known)
        except (LookupError, UnicodeDecodeError):
            continue
        if "\x00" not in text:
            return text
    return None


def _wide(data: bytes) -> str | None:
    name = wide_encoding(data)
    return data.decode(name, errors="replace") if name else None


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark, which is told by its beginning: of Latin text, every other byte is zero."""
    head = data[:_HEAD]
    half = len(head) // 2 or 1
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[offset::2].count(0) > 0.6 * half and head[1 - offset :: 2].count(0) < 0.1 * half:
            return name
    return None


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark names, other than UTF-8; it takes the mark away when it decodes."""
    return next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def _broken_utf8(data: bytes) -> str | None:
    """UTF-8 in which a few places are broken (a page cut within a character, a stray byte)."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("�")
    whole = sum(1 for character in text[:_SAMPLE] if character > "\x7f") - text[:_SAMPLE].count("�")
    cut_at_end = broken == 1 and text.endswith("�")
    return text if cut_at_end or whole >= 4 * broken else None


def _guessed(data: bytes) -> str:
    """A text mostly of ASCII is Western European; for the rest charset-normalizer looks at a sample."""
    sample = data[:_SAMPLE]
    if (guessed := guessed_encoding(sample)) is not None:
        return data.decode(guessed, errors="replace")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace") if _is_mostly_high(sample) else data.decode("latin-1")


def guessed_encoding(sample: bytes) -> str | None:
    """The likely encoding of a text that is not UTF-8, from a sample of it; None for one mostly of ASCII."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few texts are guessed at

    best = from_bytes(sample).best() if _is_mostly_high(sample) else None
    return best.encoding if best is not None else None


def _is_mostly_high(sample: bytes) -> bool:
    return sum(1 for byte in sample if byte >= 0x80) > 0.15 * len(sample)

"""XML that comes from outside: parsed without entities of its own, without network and without outside grammars.

A DOCTYPE that only names a public grammar (as PubMed's files do) is harmless, since grammars are not loaded. One that
declares things inside the document is refused: nothing that is read here needs it, and entities made of entities are
how a file of a thousand bytes becomes a thousand million.
"""

import re
from xml.parsers import expat

from lxml import etree

PIECE = 64 * 1024
"""Bytes that are looked at at once: the prolog ends within the first piece of every document that is meant well."""

LONGEST_PROLOG = 16 * PIECE
"""Bytes before the first element that are read at most where they must be decoded first."""

_DECLARED_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


class UnsafeXml(ValueError):
    """XML that is not parsed because of what it declares."""


class BrokenXml(ValueError):
    """XML that is not well formed: the message says where."""


class _PrologEnded(Exception):
    """The first element begins: what can be declared has been declared."""


class _Nothing:
    """What comes of a document that is only checked."""

    def close(self) -> None:
        """The document has ended."""


def parser() -> etree.XMLParser:
    """A parser that resolves no entities, asks no network, loads no grammar and keeps libxml2's limits of size."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )


def structure_parser() -> etree.XMLParser:
    """A parser like `parser` for trees whose words are not read from them: it leaves out the white space between tags
    and the table of xml:id, which are a sixth of the time that a small record takes.
    """
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_blank_text=True,
        collect_ids=False,
    )


def checking_parser() -> etree.XMLParser:
    """A parser like `parser`, which makes nothing of a document: it only says where one is not well formed."""
    return etree.XMLParser(
        target=_Nothing(),  # type: ignore[arg-type]  # handlers that it does not have are not called
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
    )


def parse_xml(data: bytes) -> etree._Element:
    """The root of a document. Raises UnsafeXml for what it declares, BrokenXml for what is not well formed."""
    refuse_entities(data)
    try:
        return etree.fromstring(data, parser())
    except etree.XMLSyntaxError as error:
        raise BrokenXml(
            f"the XML is not well formed ({error.msg}): ask for it again, or mend it at its source"
        ) from error


def refuse_entities(data: bytes) -> None:
    """Raise UnsafeXml when a document declares entities or anything else inside its DOCTYPE.

    Only what comes before the first element is read, by a real parser and in the document's own encoding, so that no
    spelling of the declaration gets by. Raises BrokenXml when that part is not well formed.
    """
    try:
        try:
            _read_prolog(data, None)
        except LookupError:
            _read_prolog(_as_utf8(data), "utf-8")
    except expat.ExpatError as error:
        raise BrokenXml(f"the XML is not well formed ({error}): ask for it again, or mend it at its source") from error


def _as_utf8(data: bytes) -> bytes:
    """The beginning of a document in an encoding that expat does not know, such as Chinese ones, through Python's."""
    declared = _DECLARED_ENCODING.match(data)
    name = declared.group(1).decode() if declared else "unknown"
    try:
        return data[:LONGEST_PROLOG].decode(name, "replace").encode("utf-8", "replace")
    except (LookupError, UnicodeError) as error:
        raise BrokenXml(f"the XML says that its encoding is {name}, which nobody here can read: mend it") from error


def _read_prolog(data: bytes, encoding: str | None) -> None:
    """Read up to the first element. Raises LookupError for an encoding that expat does not know."""
    reader = expat.ParserCreate(encoding)
    reader.StartDoctypeDeclHandler = _refuse_internal_subset
    reader.StartElementHandler = _end_prolog
    try:
        for start in range(0, len(data), PIECE):
            reader.Parse(data[start : start + PIECE], False)
        reader.Parse(b"", True)
    except _PrologEnded:
        return
    except UnsafeXml:
        raise
    except ValueError as error:
        raise LookupError(str(error)) from error


def _refuse_internal_subset(name: str, system_id: str | None, public_id: str | None, has_subset: int) -> None:
    if has_subset:
        raise UnsafeXml(
            f"the XML declares entities or other things of its own in its DOCTYPE ({name[:80]}), which is how small "
            "files are made to fill the memory: it is not parsed; a file that is meant well is saved without them"
        )


def _end_prolog(name: str, attributes: dict[str, str]) -> None:
    raise _PrologEnded

"""What stands between the records of a file of PubMed: its head, deletions, records of books, its end."""

import re

from trialhouse.bulk.batch import Problem, Rest, shown
from trialhouse.bulk.records import LARGEST, RECORD, Piece

_PART = re.compile(
    rb"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|</?PubmedArticleSet(?:\s[^>]*)?>"
    rb"|(?P<deleted><DeleteCitation>.*?</DeleteCitation>|<DeleteCitation\s*/>)"
    rb"|(?P<book><PubmedBookArticle[\s>].*?</PubmedBookArticle>)"
    rb"|(?P<unknown>.(?:[^<]|<!|<(?!/?PubmedArticleSet|DeleteCitation|PubmedBookArticle))*)",
    re.S,
)
_PMID = re.compile(rb"<PMID((?:\s[^>]*)?)>\s*0*([0-9]{1,12})\s*</PMID\s*>")
_VERSION = re.compile(rb"\sVersion\s*=\s*[\"']([0-9]{1,9})[\"']")
_COMMENT = re.compile(rb"<!--.*?-->", re.S)


def read_rest(piece: Piece, rest: Rest) -> None:
    """Note the deletions and problems of what stands between two records, and what is too large to be read."""
    if piece.is_too_large:
        rest.problems.append(_too_large(piece))
        return
    for part in _PART.finditer(piece.data):
        at = piece.offset + part.start()
        if part["deleted"]:
            _read_deleted(part["deleted"], at, rest)
        elif part["book"]:
            pmid = _PMID.search(part["book"])
            told = "the record is of a book or a chapter, not of an article: it was set aside"
            problem = Problem(int(pmid[2]) if pmid else None, at, "book", told, shown(part["book"]))
            rest.problems.append(problem)
        elif part["unknown"]:
            start = part["unknown"][:80].decode("utf-8", "replace")
            told = f"what stands between two records is not known here and was left out: {start!r}"
            rest.problems.append(Problem(None, at, "unknown_element", told, shown(part["unknown"])))


def _too_large(piece: Piece) -> Problem:
    size = f"of more than {LARGEST >> 20} MB"
    if RECORD.match(piece.data):
        pmid = _PMID.search(piece.data)
        told = f"the record is one {size}: it was set aside"
        return Problem(int(pmid[2]) if pmid else None, piece.offset, "too_large", told, shown(piece.data))
    told = f"what stands between two records is {size}: it was left out"
    return Problem(None, piece.offset, "unknown_element", told, shown(piece.data))


def _read_deleted(element: bytes, at: int, rest: Rest) -> None:
    words = _COMMENT.sub(b"", element)
    for pmid in _PMID.finditer(words):
        version = _VERSION.search(pmid[1])
        rest.deleted.append((int(pmid[2]), int(version[1]) if version else 1))
    unread = _PMID.sub(b"", words).removeprefix(b"<DeleteCitation>").removesuffix(b"</DeleteCitation>")
    if unread.strip() and b"<DeleteCitation" not in unread:
        start = unread.strip()[:80].decode("utf-8", "replace")
        told = f"DeleteCitation holds more than PubMed ids: {start!r}"
        rest.problems.append(Problem(None, at, "unknown_element", told, shown(element)))

"""XML from outside cannot make the program open files, ask the network or fill the memory."""

import codecs

import pytest

from tests.replay.answers import ENTITY_BOMB, WRONG_CHARSET
from trialhouse.text.safe_xml import BrokenXml, UnsafeXml, parse_xml, refuse_entities

ENTITY = '<!DOCTYPE a [<!ENTITY e "word">]><a>&e;</a>'


def test_a_bomb_of_entities_is_refused_with_words():
    with pytest.raises(UnsafeXml, match=r"declares entities .* in its DOCTYPE \(a\)"):
        parse_xml(ENTITY_BOMB.body)


@pytest.mark.parametrize(
    "data",
    [
        ENTITY.encode(),
        b'<?xml version="1.0"?>\n<!-- a word --><?go on?>' + ENTITY.encode(),
        b"\xef\xbb\xbf" + ENTITY.encode(),
        ENTITY.encode("utf-16"),
        codecs.BOM_UTF16_BE + ENTITY.encode("utf-16-be"),
        f'<?xml version="1.0" encoding="utf-16"?>{ENTITY}'.encode("utf-16"),
        f'<?xml version="1.0" encoding="gb18030"?>{ENTITY}'.encode("gb18030"),
        f'<?xml version="1.0" encoding="shift_jis"?>{ENTITY}'.encode("shift_jis"),
        # Encodings that hide the letters of the declaration from a search for them.
        b'<?xml version="1.0" encoding="utf-7"?>' + ENTITY.encode().replace(b"<!", b"+ADwAIQ-"),
        b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd" [<!ENTITY % p SYSTEM "http://example.org/p">%p;]><a/>',
        b'<!DOCTYPE a PUBLIC "-//X//Y" "http://example.org/a.dtd" []><a/>',
        b'<!DOCTYPE a [<!ATTLIST a b CDATA "c">]><a/>',
        b"<!-- " + b"long " * 50_000 + b"-->" + ENTITY.encode(),
    ],
)
def test_every_spelling_of_an_own_declaration_is_refused(data):
    with pytest.raises(UnsafeXml):
        refuse_entities(data)


def test_a_file_of_the_machine_is_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("never shown")
    with pytest.raises(UnsafeXml) as caught:
        parse_xml(f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><a>&e;</a>'.encode())
    assert "never shown" not in str(caught.value)


def test_a_public_grammar_may_be_named_and_is_not_loaded():
    # pytest-socket would refuse the request for it.
    root = parse_xml(
        b'<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
        b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd"><PubmedArticleSet><PMID>1</PMID></PubmedArticleSet>'
    )
    assert root.findtext("PMID") == "1"


def test_the_encoding_that_the_document_declares_is_read():
    assert parse_xml(WRONG_CHARSET.body).text == "Ménière"
    assert parse_xml('<?xml version="1.0" encoding="gb18030"?><a>随机</a>'.encode("gb18030")).text == "随机"
    assert parse_xml('<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>'.encode("latin-1")).text == "é"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no element found"),
        (b"<a><b></a>", "mismatch"),
        (b"{}", "invalid token"),
        (b'<?xml version="1.0" encoding="nowhere-1"?><a/>', "its encoding is nowhere-1"),
        # An entity that is declared nowhere is no bomb, and no word either.
        (b"<a>&nbsp;</a>", "nbsp"),
    ],
)
def test_what_is_not_well_formed_is_said(data, says):
    with pytest.raises(BrokenXml, match=says):
        parse_xml(data)

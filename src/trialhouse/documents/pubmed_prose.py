"""The words of a PubMed record in reading order, with their zones: title, abstract, other abstracts, registrations.

It reads as a plain text of the record would: a section of the abstract begins with its label and a colon, so that the
same rules find the same things in both.
"""

from collections.abc import Collection, Iterator, Sequence

from lxml import etree

from trialhouse.documents.language_codes import iso_639_1
from trialhouse.documents.prose_lines import Line, zones_of
from trialhouse.documents.pubmed_record import PubmedRecord
from trialhouse.documents.section_labels import is_undivided, section_of
from trialhouse.model.document import Identifier, Section, Zone, ZoneKind
from trialhouse.model.identifiers import normalise_registry_id
from trialhouse.text.flattening import Flattening
from trialhouse.text.xml_stretches import Stretch, add_words

TRIAL_REGISTRIES = frozenset(
    "anzctr chictr clinicaltrials.gov cris ctri drks eudract irct isrctn japiccti jmacct jprn ntr pactr rebec repec "
    "rpcec slctr tctr umin-ctr umin ctis jrct lbctr itmctr".split()
)
"""Names that PubMed gives data banks which are registries of trials; all others (GENBANK, figshare) hold other data."""

_CATEGORIES = {section.value: section for section in Section}


class ProseWriter:
    """The lines of a record's prose while they are written; up to `own_words` they are the document's own words."""

    def __init__(self, record: PubmedRecord) -> None:
        self.record = record
        self.words = Flattening(record.text)
        self.lines: list[Line] = []
        self.own_words = 0

    def add(
        self, element: Stretch, kind: ZoneKind, *, label: str | None = None, language: str | None = None
    ) -> tuple[int, int]:
        """Add a line: the element's words, behind its label where it has one. Gives the span of the words."""
        if self.lines:
            self.words.separate("\n")
        start, locator = self.words.length, self.record.locator(element)
        place = element.attribute(self.record.text, "Label") if label else None
        if place:
            written = self.record.text[slice(*place)].rstrip(" :.")
            add_words(self.words, place[0], place[0] + len(written), locator)
            self.words.separate(": ")
        begin = self.words.length
        add_words(self.words, *element.inner, locator)
        if self.words.length > begin:
            section = _section(element.node.get("NlmCategory"), label)
            self.lines.append(Line(start, self.words.length, kind, section, label, language))
        return begin, self.words.length

    def zones(self, text: str) -> tuple[Zone, ...]:
        """The zones of the lines: those of the body are cut at labels that stand within them."""
        return tuple(zone for line in self.lines for zone in zones_of(line, text))


def write_prose(
    record: PubmedRecord, title: Stretch | None, parts: Sequence[Stretch], language: str | None
) -> tuple[ProseWriter, list[Identifier]]:
    """Everything of a record that is read as words, line by line, and the registrations among it.

    `parts` are those of the abstract, `language` is that of title and abstract.
    """
    writer = ProseWriter(record)
    if title is not None:
        writer.add(title, ZoneKind.TITLE, language=language)
    for element in parts:
        writer.add(element, ZoneKind.BODY, label=_label(element), language=language)
    registered = list(_add_registrations(record, writer))
    main = {one.node for one in (title, *parts) if one is not None}
    for element, code in _other_texts(record, main, language):
        writer.add(element, ZoneKind.OTHER_LANGUAGE if code else ZoneKind.RELATED, label=_label(element), language=code)
    writer.own_words = writer.words.length
    for element in record.all("Abstract/CopyrightInformation", "OtherAbstract/CopyrightInformation"):
        writer.add(element, ZoneKind.FOOTER)
    return writer, registered


def _add_registrations(record: PubmedRecord, writer: ProseWriter) -> Iterator[Identifier]:
    """Add the accession numbers of registries of trials as lines; other data banks hold no trials and are left."""
    for element in record.all("AccessionNumberList/AccessionNumber"):
        bank = element.parent.findtext("../DataBankName") or ""
        typed = normalise_registry_id(record.words(element))
        if typed or bank.strip().lower() in TRIAL_REGISTRIES:
            start, end = writer.add(element, ZoneKind.CITATION)
            if typed:
                yield Identifier(scheme="registry", value=typed[1], registry=typed[0], start=start, end=end)


def abstract(record: PubmedRecord) -> list[Stretch]:
    """The parts of the abstract; of a record that has only another party's English one, of that."""
    own = [one for one in record.all("Abstract/AbstractText") if record.raw(one).strip()]
    return own or [one for one in record.all("OtherAbstract/AbstractText") if _language(one) in ("en", None)]


def _other_texts(
    record: PubmedRecord, main: Collection[etree._Element], language: str | None
) -> Iterator[tuple[Stretch, str | None]]:
    """The title and abstracts in other languages, with the language; None for what says the same in the same one.

    A summary in plain language, or an agency's own abstract, is no copy to compare and no second report of results.
    `main` holds the elements that are read as the main text.
    """
    original = next((code for code in languages(record) if code != language), None)
    for element in record.all("Article/VernacularTitle"):
        if element.node not in main:
            yield element, original
    for element in record.all("OtherAbstract/AbstractText"):
        if element.node not in main:
            code = _language(element)
            yield element, code if code != language else None


def languages(record: PubmedRecord) -> list[str]:
    """The languages of the article, as far as they are known."""
    return [code for said in record.listed("Language") if (code := iso_639_1(said))]


def _language(element: Stretch) -> str | None:
    return iso_639_1(element.parent.get("Language"))


def _label(element: Stretch) -> str | None:
    """The label of a part as it is written, without a colon of its own; None for the one that says there is none."""
    label = " ".join((element.node.get("Label") or "").split()).rstrip(" :.")
    return label if label.upper() not in ("", "UNLABELLED", "UNASSIGNED") else None


def _section(category: str | None, label: str | None) -> Section:
    """The library's category of a part, else what its label says; no methods alone are "METHODS AND RESULTS"."""
    said = _CATEGORIES.get((category or "").upper(), Section.UNASSIGNED)
    if said is Section.METHODS and label and is_undivided(label):
        return Section.UNASSIGNED
    if said is Section.UNASSIGNED and label:
        return section_of(label) or Section.UNASSIGNED
    return said

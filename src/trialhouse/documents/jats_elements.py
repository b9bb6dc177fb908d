"""The elements of the Journal Article Tag Suite: those that are read, and those that are left out, with the reason.

Names are those of JATS 1.3 (NISO Z39.96-2021, Archiving and Interchange) and of its forerunner, NLM 2 and 3. An element
in neither table is reported as unknown.
"""

BLOCKS = frozenset(
    "list def-list disp-quote verse-group statement table-wrap table-wrap-group fig fig-group boxed-text "
    "supplementary-material disp-formula disp-formula-group media array preformat chem-struct-wrap fn-group "
    "ref-list question question-wrap answer answer-set explanation code graphic p sec".split()
)
"""Elements that interrupt the words of a paragraph."""

HOLDERS = frozenset("list list-item def-list def-item def disp-quote verse-group statement p".split())
"""Blocks within a paragraph whose paragraphs are read as lines of their own."""

READ = frozenset(
    "article pmc-articleset front article-meta journal-meta journal-title-group journal-title article-id title-group "
    "article-title subtitle trans-title-group trans-title trans-subtitle article-categories subj-group subject "
    "pub-date pub-date-not-available year month day permissions license license-p license_ref ali:license_ref "
    "copyright-statement related-article related-object abstract trans-abstract body sec title p list list-item "
    "def-list def-item def term disp-quote verse-group verse-line statement back ref-list ref citation nlm-citation "
    "element-citation mixed-citation citation-alternatives pub-id ext-link uri custom-meta-group custom-meta-wrap "
    "custom-meta meta-name meta-value notes fn-group fn author-notes ack floats-group floats-wrap front-stub "
    "contrib-group contrib name surname given-names collab name-alternatives volume issue fpage lpage "
    "elocation-id".split()
)
"""Elements that are read, or that hold what is."""

INLINE = frozenset(
    "bold italic sub sup sc underline underline-start underline-end overline overline-start overline-end monospace "
    "roman sans-serif strike fixed-case break styled-content named-content abbrev email hr ruby rb rt rp "
    "inline-formula alternatives tex-math private-char glyph-data glyph-ref inline-graphic inline-media "
    "chem-struct milestone-start milestone-end target xref x institution institution-id institution-wrap "
    "phone fax price date-in-citation string-name string-date".split()
)
"""Elements within words: their text is read, but for pictures and TeX."""

LEFT_OUT: dict[str, frozenset[str]] = {
    "tables and figures: a cell means nothing without its row and column, a caption reports nothing": (
        frozenset(
            "table-wrap table-wrap-group table-wrap-foot table thead tbody tfoot tr th td col colgroup fig fig-group "
            "caption graphic attrib alt-text long-desc array label disp-formula disp-formula-group oasis:table "
            "chem-struct-wrap preformat code legend".split()
        )
    ),
    "boxes and other files beside the text: they speak of the field, or hold no words": frozenset(
        "boxed-text supplementary-material media self-uri inline-supplementary-material question question-wrap answer "
        "answer-set explanation option question-preamble question-wrap-group textual-form".split()
    ),
    "people beside the authors, and what else is said of people": frozenset(
        "contrib-id prefix suffix degrees role on-behalf-of "
        "collab-alternatives collab-name collab-wrap anonymous aff aff-alternatives addr-line country city state "
        "postal-code corresp author-comment bio person-group etal address "
        "contributed-resource-group resource-group resource-name resource-id resource-wrap principal-award-recipient "
        "principal-investigator contrib-funded support-source support-description support-group".split()
    ),
    "money, ethics statements and contributions: about the authors' means": frozenset(
        "funding-group funding-statement funding-source award-group award-id award-name award-desc grant-num "
        "grant-sponsor contract-num contract-sponsor gov open-access".split()
    ),
    "where it stands in its journal: a document is named by its identifiers": frozenset(
        "journal-id issn issn-l isbn publisher publisher-name publisher-loc volume-id volume-series "
        "issue-id issue-part issue-sponsor issue-title issue-title-group page-range "
        "abbrev-journal-title journal-subtitle trans-journal-title product conference conf-acronym conf-date conf-loc "
        "conf-name conf-num conf-sponsor conf-theme string-conf supplement counts count fig-count table-count "
        "equation-count ref-count page-count word-count series-text series-title compound-kwd compound-kwd-part "
        "compound-subject compound-subject-part season era object-id self-uri article-version "
        "article-version-alternatives volume-issue-group aff-alternatives".split()
    ),
    "the text's own history, and how its file was made": frozenset(
        "history date event event-desc processing-meta restricted-by custom-meta-processing extended-by "
        "pub-history".split()
    ),
    "index terms: given to be found by, they report nothing": frozenset(
        "kwd-group kwd nested-kwd unstructured-kwd-group".split()
    ),
    "rights beside the licence": frozenset(
        "copyright-year copyright-holder ali:free_to_read free_to_read ali:license license-ref".split()
    ),
    "the words of a reference: its identifiers are read": frozenset(
        "source edition chapter-title part-title comment annotation data-title version patent size std "
        "std-organization access-date time-stamp article-title-alternatives string-name issue-title note".split()
    ),
    "texts beside this one: glossaries, appendices, peer reviews, replies, translations of the whole": frozenset(
        "glossary app app-group sub-article response alt-title def-head term-head appendix headgroup "
        "notes-group speech speaker sig sig-block index index-entry index-group index-term index-title-group "
        "nav-pointer see see-entry see-also see-also-entry toc toc-div toc-entry toc-group".split()
    ),
}
"""Elements that are not read, by the reason."""

KNOWN = READ | INLINE | BLOCKS | frozenset().union(*LEFT_OUT.values())

NO_ARTICLE = frozenset(["sub-article", "response"])
"""Articles within an article."""


def is_mathml(name: str) -> bool:
    """Whether an element is of MathML, whose text is read and which is not looked into."""
    return name.startswith(("mml:", "m:")) or name == "math"

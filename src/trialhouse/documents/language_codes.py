"""Names of languages as sources write them, and as the warehouse does: ISO 639-1."""

# MEDLINE writes ISO 639-2, bibliographic codes; some languages have a second, terminological code there.
_TWO_LETTERS = dict(
    pair.split(":")
    for pair in (
        "afr:af alb:sq sqi:sq amh:am ara:ar arm:hy hye:hy aze:az baq:eu eus:eu ben:bn bos:bs bul:bg cat:ca chi:zh "
        "zho:zh cze:cs ces:cs dan:da dut:nl nld:nl eng:en epo:eo est:et fin:fi fre:fr fra:fr geo:ka kat:ka ger:de "
        "deu:de gla:gd gle:ga glg:gl gre:el ell:el heb:he hin:hi hrv:hr scr:hr hun:hu ice:is isl:is ind:id ita:it "
        "jpn:ja kin:rw kor:ko lat:la lav:lv lit:lt mac:mk mkd:mk mal:ml mao:mi mri:mi may:ms msa:ms nor:no per:fa "
        "fas:fa pol:pl por:pt pus:ps rum:ro ron:ro rus:ru san:sa slo:sk slk:sk slv:sl spa:es srp:sr scc:sr swe:sv "
        "tam:ta tel:te tha:th tib:bo bod:bo tur:tr ukr:uk urd:ur uzb:uz vie:vi wel:cy cym:cy"
    ).split()
)
_KNOWN = frozenset(_TWO_LETTERS.values())


def iso_639_1(code: str | None) -> str | None:
    """The two-letter code of a language given by two or three letters, with or without a region; None if unknown.

    "und" (undetermined), "mul" (several) and "zxx" (none) are no language.
    """
    bare = (code or "").strip().lower().replace("_", "-").split("-")[0]
    return bare if bare in _KNOWN else _TWO_LETTERS.get(bare)

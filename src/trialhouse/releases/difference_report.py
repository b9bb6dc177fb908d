"""The difference of two releases as one HTML page: counts, a chart of the causes, and a fold for each trial.

The page asks for nothing else and runs no script. Whatever comes from a release is escaped: titles and quotes are
written by strangers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from trialhouse.model.words import ChangeCause, ChangeKind
from trialhouse.releases.change_words import LONGEST_NAME, by_cause, row_in_words, shortened, shown_and_counted
from trialhouse.releases.differences import Change, Difference
from trialhouse.releases.row_names import TrialName

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --faint: #59636e; --line: #d1d9e0; --ground: #ffffff;
  --panel: #f6f8fa; --bar: #0969da; --came: #1a7f37; --went: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #9198a1; --line: #3d444d; --ground: #0d1117;
  --panel: #161b22; --bar: #4493f8; --came: #3fb950; --went: #ff7b72; } }
body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: var(--ink); background: var(--ground);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 1rem 0 0.3rem; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; color: var(--faint); font-weight: 600; }
th, td { border-bottom: 1px solid var(--line); padding: 0.25rem 0.6rem 0.25rem 0; vertical-align: top;
  overflow-wrap: anywhere; }
td.number, th.number { text-align: right; } .faint { color: var(--faint); }
.added { color: var(--came); } .removed { color: var(--went); }
details { border: 1px solid var(--line); border-radius: 6px; margin: 0.5rem 0; padding: 0.5rem 0.8rem; }
details[open] { background: var(--panel); } summary { cursor: pointer; }
.changes { table-layout: fixed; } .table { width: 13rem; } .row { width: 18rem; } .column { width: 12rem; }
svg text { fill: var(--ink); font: 13px system-ui, sans-serif; } svg rect { fill: var(--bar); }
svg .number { text-anchor: end; }
@media (max-width: 52rem) { body { margin: 1rem auto; } .changes tr { display: block; padding: 0.3rem 0;
  border-bottom: 1px solid var(--line); } .changes td { display: block; border: 0; padding: 0; }
  .changes tr:first-child { display: none; } .changes td:first-child { color: var(--faint); }
  .counts { font-size: 0.75rem; } .counts :not(:first-child) { overflow-wrap: normal; } }
"""

BAR_HEIGHT, BAR_GAP, LABEL_WIDTH, LONGEST_BAR = 18, 8, 190, 42
"""Pixels, and for the longest bar the hundredth of the page that a phone has beside the labels."""

OPEN_TRIALS = 3
"""So many trials are unfolded, if there are no more."""


def difference_html(difference: Difference) -> str:
    """The page of a difference."""
    old, new = difference.span
    title = escape(f"What changed{difference.within} from {old} to {new}")
    parts = difference.by_trial()
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        # The page can reach nothing, whatever a title may hold.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f"<p>{_in_short(difference)}</p>\n{_chart(difference.changes)}\n{_counts(difference)}\n<h2>By trial</h2>\n"
        + "\n".join(_trial(difference, trial, changes, len(parts)) for trial, changes in parts)
        + "\n</body>\n</html>\n"
    )


def _in_short(difference: Difference) -> str:
    reviewed = escape(" ".join(difference.reviewed.sentences()))
    if not difference.changes:
        within = escape(difference.within)
        if not reviewed:
            return f"Nothing differs{within}."
        return f"Nothing differs in what was read of trials{within}. {reviewed}"
    rows = {(change.table_name, change.row_id) for change in difference.changes}
    trials = f"{len(difference.trials):,} {'trial' if len(difference.trials) == 1 else 'trials'}"
    return f"{len(rows):,} {'row differs' if len(rows) == 1 else 'rows differ'}, of {trials}. {reviewed}".strip()


def _chart(changes: Iterable[Change]) -> str:
    """Bars of the number of changes by cause, the longest first; each says its number."""
    numbers = Counter(change.cause for change in changes).most_common()
    if not numbers:
        return ""
    step, most = BAR_HEIGHT + BAR_GAP, numbers[0][1]
    bars = "".join(_bar(n * step, cause, number, most) for n, (cause, number) in enumerate(numbers))
    return (
        '<h2>Changes by cause</h2>\n<svg role="img" aria-label="Changes by cause" '
        f'width="100%" height="{len(numbers) * step}">{bars}</svg>'
    )


def _bar(top: int, cause: ChangeCause, number: int, most: int) -> str:
    width = LONGEST_BAR * number / most
    text = top + BAR_HEIGHT - 5
    return (
        f'<text x="0" y="{text}">{cause}</text>'
        f'<text class="number" x="{LABEL_WIDTH - 6}" y="{text}">{number:,}</text>'
        f'<rect x="{LABEL_WIDTH}" y="{top}" width="{width:.2f}%" height="{BAR_HEIGHT}"></rect>'
    )


def _counts(difference: Difference) -> str:
    rows = "\n".join(
        f"<tr><td>{count.table_name}</td><td>{count.change}</td><td>{count.cause}</td>"
        f'<td class="number">{count.rows:,}</td><td class="number">{_number(count.cells)}</td></tr>'
        for count in difference.counts()
    )
    head = (
        '<tr><th>table</th><th>change</th><th>cause</th><th class="number">rows</th><th class="number">cells</th></tr>'
    )
    return f'<h2>Counts</h2>\n<table class="counts">{head}\n{rows}</table>' if rows else ""


def _number(number: int) -> str:
    return f"{number:,}" if number else ""


def _trial(difference: Difference, trial: TrialName | None, changes: Sequence[Change], trials: int) -> str:
    shown, counted = shown_and_counted(changes, difference.table_name)
    name = escape(str(trial)) if trial else "Of no one trial"
    causes = "\n".join(_cause(difference, *group) for group in by_cause(shown))
    note = f'<p class="faint">{escape(counted)}</p>' if counted else ""
    number = f"{len(changes):,} {'change' if len(changes) == 1 else 'changes'}"
    is_open = " open" if trials <= OPEN_TRIALS else ""
    return f'<details{is_open}><summary>{name} <span class="faint">{number}</span></summary>\n{causes}{note}</details>'


def _cause(difference: Difference, cause: tuple[ChangeCause, str], changes: Sequence[Change]) -> str:
    documents = sorted({change.document_id for change in changes if change.document_id})
    named = f' <span class="faint">{escape(", ".join(documents))}</span>' if documents else ""
    rows = "\n".join(_change(difference.name_of(change), change) for change in changes)
    return (
        f"<h3>{cause[0]}</h3>\n<p>{escape(cause[1])}{named}</p>\n"
        '<table class="changes"><tr><th class="table">table</th><th class="row">row</th><th class="column">column</th>'
        f"<th>before</th><th>after</th></tr>\n{rows}</table>"
    )


def _change(name: str, change: Change) -> str:
    cells = f"<tr><td>{escape(change.table_name)}</td><td>{escape(shortened(name, LONGEST_NAME))}</td>"
    if change.change is ChangeKind.CHANGED:
        before, after = (escape(shortened(value)) for value in (change.old_value, change.new_value))
        return f"{cells}<td>{escape(change.column_name or '')}</td><td>{before}</td><td>{after}</td></tr>"
    kind, said = change.change, escape(row_in_words(change))
    return f'{cells}<td class="{kind}">{kind}</td><td colspan="2">{said}</td></tr>'

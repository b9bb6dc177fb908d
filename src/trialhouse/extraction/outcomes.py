"""The book of outcomes: rows of one measure, time frame and population, filled while sentences are read."""

import re
from collections.abc import Hashable, Mapping

from trialhouse.extraction import directions, pressure_halves, refuted, subgroups
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.cell import Cell
from trialhouse.extraction.compared import RATIOS, Comparison, is_share, turned
from trialhouse.extraction.context import About, about, heading
from trialhouse.extraction.declared import Declared, outcome_type
from trialhouse.extraction.differences import Gap, behind_gap, with_interval
from trialhouse.extraction.effects import difference_effect, gap_effect
from trialhouse.extraction.elements import Matter
from trialhouse.extraction.frames.bound import CONFIDENCE, GUESSED_MEASURE, THRESHOLD, Bound
from trialhouse.extraction.heads import PValue
from trialhouse.extraction.inherited_times import with_inherited_times
from trialhouse.extraction.ledger import Ledger
from trialhouse.extraction.lexer import BINDABLE, Kind
from trialhouse.extraction.line import Line
from trialhouse.extraction.measured import Stated, alike, is_row_of_baseline, measured, proof
from trialhouse.extraction.outcome_rows import Row, claim_of, joined, place
from trialhouse.extraction.pressure_halves import halves
from trialhouse.extraction.pressure_pairs import is_pair
from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.refuted import is_refuted
from trialhouse.extraction.statistics_said import change_sign
from trialhouse.extraction.terms import measures
from trialhouse.model.enums import Effect, OutcomeType
from trialhouse.model.extraction import AnalysisClaim, MeasurementClaim, OutcomeClaim
from trialhouse.text.lazy_patterns import lazy_compile

_IN_FAVOUR = lazy_compile(r"\s*(?:%|percentage points?)?\s*(?:in favou?r of|favou?ring)\b", re.I)
_FOR = lazy_compile(
    r"\s*[)\]]?\s*for\s+(?!(?:superiority|non|trend|interaction|both|all|each|the (?:difference|comparison))\b)"
)
_SAYS_NOTHING = lazy_compile(
    r"(?:(?:highly|statistically|also|not|very|only|clinically|more)\s+)*(?:significan\w+|found|observed|seen|noted)\b"
    r"|\W*(?:(?:the|an?|highly|significant|placebo|subtracted|corrected|adjusted|treatment|mean|median|estimated"
    r"|absolute|relative|risk|between|group|overall)[\s-]+)*(?:differ\w*|ETDs?|reductions?)(?:\s+(?:was|were))?\W*\Z"
    r"|\W*(?:(?:the|an?|vaccine|overall|similar)\s+)*efficacy(?:\s+(?:of|was))?\W*\Z"
    r"|there (?:was|were) no (?:[a-z]+ ){0,3}differences? (?:between|among)\b"
    r"|(?:\w+ )?(?:superior|(?:non-?)?inferior)(?: to\b|\Z)",
    re.I,
)


def confidence(measured: Mapping[str, float], rule: str, what: About) -> float:
    """How sure a claim of a rule is: as measured, else its prior; less where its measure is only guessed.

    What was measured are mostly claims with a known measure: for a guessed one it cannot make a rule surer than before.
    """
    prior = CONFIDENCE[rule]
    sure = measured.get(rule, prior)
    return round(min(sure, prior) * GUESSED_MEASURE if what.is_guess else sure, 3)


class OutcomeBook:
    """Collects outcomes in the order of the text; rows are joined when they are about the same thing."""

    def __init__(self, matter: Matter, table: ArmTable, keys: list[str], declared: Declared, ledger: Ledger) -> None:
        self.matter = matter
        self.table = table
        self.keys = keys
        self.declared = declared
        self.ledger = ledger
        self.rows: list[Row] = []
        self.latest: dict[Hashable, Row] = {}
        """The last row of each measure, time, population and subgroup."""
        self.changes: dict[str, dict[str, float]] = {}
        """The last change from baseline that was said of each measure in each arm."""
        self.last: About | None = None
        """What the numbers read last were about, which a sentence that says "the drop" takes its measure from."""
        self.last_words = ""

    def note_heading(self, sentence: Sentence) -> bool:
        """Take the measure and time of a line that heads results, for the lines below it; whether it is one."""
        found = heading(self.matter, sentence)
        if found is None:
            return False
        measure, time = found
        text = self.matter.reading.text
        self.last = About(
            measure=text[measure.start : measure.end],
            norm=measure.norm if measure.is_known else None,
            measure_at=(measure.start, measure.end),
            time_frame=text[time[1] : time[2]] if time else None,
            weeks=time[0] if time else None,
            time_at=time[1:] if time else None,
            population=None,
            population_at=None,
            window=(sentence.start, sentence.end),
            kind=measure.kind,
            key=measure.norm,
        )
        self.last_words = text[sentence.start : sentence.end]
        return True

    def add_bound(self, line: Line, bound: Bound, mine: list[Comparison], window: tuple[int, int]) -> None:
        """Values of arms and the comparisons of those arms."""
        start = line.items[bound.first].start if bound.time else bound.start
        first = bound.pairs[0][1]
        what = (
            self._about(line, (first.start, first.end), bound.window)
            if bound.window
            else self._about(line, (start, bound.end), window)
        )
        if bound.time:
            what = what._replace(weeks=bound.time[0], time_frame=bound.time[1], time_at=bound.time[2:])
        if not self._is_sure(line, bound.rule, what, bound):
            return
        parted = halves(line.text, what, bound)
        if reason := self._doubt(line, what, bound) or (None if parted else pressure_halves.REASON):
            self._refuse(line, bound, reason)
        elif parted:
            for half, own in parted:
                self._write(line, half, own, mine if len(parted) == 1 else [])

    def _write(self, line: Line, what: About, bound: Bound, mine: list[Comparison]) -> None:
        """A row of values, with the comparisons of their arms; one p-value of two halves of a pair is of neither."""
        first = bound.pairs[0][1]
        row = self._row(line, what, new=True)
        sure = confidence(self.matter.words.rules, bound.rule, what)
        before = self.last_words if what.carried else ""
        stated = Stated(line, what, bound.rule, before, sure, is_baseline=is_row_of_baseline(line, bound))
        said_of: list[MeasurementClaim] = []
        for arm, cell in bound.pairs:
            key = None if arm is None else self.keys[arm]
            said_of += measured(stated, key, _alike(first, cell), first)
            for said in (cell, *cell.asides):
                self._mark_cell(line, said)
        row.measurements += alike(said_of)
        changed = {m.arm: m.value for m in row.measurements if m.arm and m.is_change_from_baseline}
        self.changes.setdefault(what.norm or what.measure, {}).update(changed)
        for one in mine:
            row.analyses.append(self._analysis(line, one, what))

    def add_differences(
        self, line: Line, bound: Bound, control: int, mine: list[Comparison], window: tuple[int, int]
    ) -> None:
        """A list of differences from a control: comparisons, not results of the arms."""
        what = self._about(line, (bound.start, bound.end), window)
        if not self._is_sure(line, bound.rule, what, bound):
            return
        if any(is_pair(line.text, cell) for _, cell in bound.pairs):
            self._refuse(line, bound, pressure_halves.REASON)
            return
        row = self._row(line, what, new=False)
        for arm, cell in bound.pairs:
            if arm is None:
                continue
            told = with_interval(line, cell)
            number = cell.numbers[-1]
            effect = difference_effect(line.text[line.said.sentence.start : bound.start], number)
            falls = _IN_FAVOUR.match(line.text, cell.end) and self._falls(what, arm, control)
            value = -number.value if falls and number.value > 0 else number.value
            p = next((c.p for c in mine if c.arm == arm and c.p), None)
            said = (effect, value, "percentage points" if number.unit == "%" else number.unit)
            row.analyses.append(self._compared(line, (arm, control), said, told, p=p, rule=bound.rule, what=what))

    def add_gap(self, line: Line, gap: Gap, window: tuple[int, int]) -> None:
        """A difference of an arm from its control stated as such, with the p-value in its bracket."""
        cell = line.items[gap.index].cell
        if cell is None or is_pair(line.text, cell):
            return
        what = self._about(line, (cell.start, cell.end), window)
        if what.is_guess and self.last is None:
            return
        if gap.population:
            what = what._replace(population=gap.population[0], population_at=gap.population[1:])
        row = self._row(line, what, new=False)
        number = cell.numbers[-1]
        cell, p = behind_gap(line, gap.index, cell, min(window[1], cell.end + 140))
        effect = gap_effect(line.text[line.said.sentence.start : cell.start], line.text[cell.end :][:40], number, what)
        changed, sign = change_sign(line.text, line.said.sentence, cell)
        falls = changed and sign < 0 and effect is not Effect.RISK_DIFFERENCE
        value = -abs(number.value) if falls else number.value * gap.sign
        said = (effect, value, "percentage points" if number.unit == "%" else number.unit)
        arms = (gap.arm, gap.comparator)
        row.analyses.append(self._compared(line, arms, said, cell, p=p, rule="frame.placebo_adjusted", what=what))

    def _compared(
        self,
        line: Line,
        arms: tuple[int, int],
        said: tuple[Effect, float, str | None],
        cell: Cell,
        *,
        p: PValue | None,
        rule: str,
        what: About,
    ) -> AnalysisClaim:
        """A value that is itself a difference, as a claim; its numbers are entered as bound."""
        self._mark_cell(line, cell)
        for part in (p, cell.interval):
            if part:
                self._mark(line, part.start, part.end)
        interval = turned(said[1], cell.interval)
        return AnalysisClaim.filled(
            arm=self.keys[arms[0]],
            comparator=self.keys[arms[1]],
            effect=said[0],
            estimate=said[1],
            unit=said[2],
            ci_pct=interval.level if interval else None,
            ci_low=interval.low if interval else None,
            ci_high=interval.high if interval else None,
            p_value=p.value if p else None,
            p_modifier=p.modifier if p else None,
            p_raw=p.raw if p else None,
            rule=rule,
            confidence=confidence(self.matter.words.rules, rule, what),
            evidence=proof(line, cell.start, cell.end),
            field_evidence={},
        )

    def _is_sure(self, line: Line, rule: str, what: About, bound: Bound) -> bool:
        """Whether the values of a frame are sure enough to be said; else they become candidates."""
        is_sentence = what.is_guess and what.measure_at[0] <= bound.start < what.measure_at[1]
        if confidence(self.matter.words.rules, rule, what) >= THRESHOLD and not is_sentence:
            return True
        self._refuse(line, bound, "low_confidence")
        return False

    def _doubt(self, line: Line, what: About, bound: Bound) -> str | None:
        """Why the values of a frame are not said, if they are denied, of two subgroups, or of unknown direction."""
        sentence = line.said.sentence
        if is_refuted(line, bound, self.table):
            return refuted.REASON
        if subgroups.is_unclear(self.matter, sentence, (bound.start, bound.end), _refs(line)):
            return subgroups.RULE
        return directions.REASON if directions.is_unknown(line, bound, what.norm or what.measure) else None

    def _refuse(self, line: Line, bound: Bound, reason: str) -> None:
        """Make the numbers of a frame candidates."""
        inside = [n for n in line.said.numbers if any(c.start <= n.start < c.end for _, c in bound.pairs)]
        for number in inside:
            if number.kind in BINDABLE:
                self.ledger.add(number.kind, number.start, number.end, reason)
        self.ledger.bound.update(n.start for n in inside)

    def _mark_cell(self, line: Line, cell: Cell) -> None:
        """Enter the numbers of a cell as bound."""
        self.ledger.bound.update(n.start for n in cell.used)
        if cell.interval:
            self._mark(line, cell.interval.start, cell.interval.end)

    def _falls(self, what: About, arm: int, control: int) -> bool:
        """Whether this measure is known to have fallen more in an arm than in its control."""
        said = self.changes.get(what.norm or what.measure, {})
        mine, other = said.get(self.keys[arm]), said.get(self.keys[control])
        return mine is not None and other is not None and mine < min(other, 0)

    def add_comparisons(self, line: Line, comparisons: list[Comparison]) -> None:
        """Comparisons that stand without values; two p-values for two measures "respectively" are parted."""
        parted = self._parted(line, comparisons)
        for at, one in enumerate(comparisons):
            low = comparisons[at - 1].end if at else line.said.sentence.start
            high = line.said.sentence.end
            if _FOR.match(line.text, one.end):
                low = one.start
                high = comparisons[at + 1].start if at + 1 < len(comparisons) else high
            what = self._about(line, (one.start, one.end), (low, high))
            if not parted and (self.last or _holds(what, one)) and _is_nothing(what, one):
                if self.last is None:
                    continue
                what = _renamed(line, what, (*self.last.measure_at, self.last.norm, self.last.kind))
            if parted:
                one.rule = "analysis.measures_respectively"
                name = parted[at]
                what = _renamed(line, what, name)
            self._row(line, what, new=False).analyses.append(self._analysis(line, one, what))

    def _parted(self, line: Line, comparisons: list[Comparison]) -> list[tuple[int, int, str, str | None]] | None:
        """The measures of several p-values in their order: "CDAI and SDAI … (P = …, P = …, respectively)"."""
        if len(comparisons) < 2 or any(c.estimate for c in comparisons) or "r" not in line.symbols:
            return None
        begin = line.said.sentence.start
        named = [
            (m.start, m.end, m.norm, m.kind)
            for m in measures(line.text, begin, comparisons[0].start, self.matter.words)
        ]
        return named if len(named) == len(comparisons) else None

    def claims(self) -> list[OutcomeClaim]:
        """The outcomes, each with its evidence by field."""
        rows = [row for row in joined(self.rows) if row.measurements or row.analyses]
        timed = with_inherited_times(rows, self.matter, self.declared.primary)
        return [claim_of(row, self.matter.reading.text) for row in timed]

    def _about(self, line: Line, span: tuple[int, int], window: tuple[int, int]) -> About:
        return about(
            self.matter,
            line.said.sentence,
            span,
            window,
            refs=_refs(line),
            last=self.last,
            primary=self.declared.primary,
        )

    def _row(self, line: Line, what: About, *, new: bool) -> Row:
        """The row for what some numbers are about: one already there for comparisons, else a new one."""
        words = line.said.sentence.words
        kind = outcome_type(self.declared, what, words)
        what = self._completed(what, kind)
        if not what.carried:
            self.last_words = words
        self.last = what
        key = what.norm or what.measure.lower(), place(what)
        if new or key not in self.latest:
            self.latest[key] = Row(what, kind, line.said.sentence.index)
            self.rows.append(self.latest[key])
        return self.latest[key]

    def _completed(self, what: About, kind: OutcomeType | None) -> About:
        """What the text declared of a primary measure, where the sentence is silent: its time and population."""
        known = self.declared.types.get(what.key or what.norm or "")
        weeks, frame, at = what.weeks, what.time_frame, what.time_at
        if weeks is None and known and known[1] is not None and known[2]:
            weeks, at = known[1], known[2]
            frame = self.matter.reading.text[at[0] : at[1]]
        population, place = what.population, what.population_at
        if population is None and kind is OutcomeType.PRIMARY and self.declared.population:
            population, place = self.declared.population[0], self.declared.population[1:]
        if weeks is what.weeks and population is what.population:
            return what
        return what._replace(time_frame=frame, weeks=weeks, time_at=at, population=population, population_at=place)

    def _analysis(self, line: Line, one: Comparison, what: About) -> AnalysisClaim:
        """A comparison as a claim; a difference of shares is a risk difference."""
        self._mark(line, one.start, one.end)
        for part in (one.p, one.interval):
            if part:
                self._mark(line, part.start, part.end)
        estimate = one.estimate
        effect = estimate.effect if estimate else Effect.P_VALUE_ONLY
        unit = estimate.unit if estimate and effect not in RATIOS else None
        if (
            estimate
            and effect is Effect.MEAN_DIFFERENCE
            and unit in ("%", "percentage points")
            and what.kind != "continuous"
            and (is_share(one.bound) or one.bound is None)
        ):
            effect = Effect.RISK_DIFFERENCE
        if effect is Effect.RISK_DIFFERENCE and unit == "%":
            unit = "percentage points"
        return AnalysisClaim.filled(
            arm=None if one.arm is None else self.keys[one.arm],
            comparator=None if one.comparator is None else self.keys[one.comparator],
            effect=effect,
            effect_raw=estimate.head if estimate and effect is None else None,
            estimate=estimate.value if estimate else None,
            unit=unit,
            ci_pct=one.interval.level if one.interval else None,
            ci_low=one.interval.low if one.interval else None,
            ci_high=one.interval.high if one.interval else None,
            p_value=one.p.value if one.p else None,
            p_modifier=one.p.modifier if one.p else None,
            p_raw=one.p.raw if one.p else None,
            rule=one.rule,
            confidence=confidence(self.matter.words.rules, one.rule, what),
            evidence=proof(line, one.start, one.end),
            field_evidence={},
        )

    def _mark(self, line: Line, start: int, end: int) -> None:
        """Enter the numbers of a stretch as bound."""
        self.ledger.bound.update(n.start for n in line.said.numbers if start <= n.start < end)


def _refs(line: Line) -> list[tuple[int, int]]:
    """The places of a sentence that name arms."""
    return [(item.start, item.end) for item in line.refs]


def _holds(what: About, one: Comparison) -> bool:
    """Whether a measure is a guess from words that hold the comparison itself."""
    return what.is_guess and what.measure_at[0] <= one.start < what.measure_at[1]


def _is_nothing(what: About, one: Comparison) -> bool:
    """Whether a measure is only guessed from words that hold the comparison itself, or say that it was significant."""
    return _holds(what, one) or (what.norm is None and _SAYS_NOTHING.match(what.measure) is not None)


def _renamed(line: Line, what: About, name: tuple[int, int, str | None, str | None]) -> About:
    """What is said, of another measure."""
    text = line.text[name[0] : name[1]]
    return what._replace(measure=text, norm=name[2], measure_at=name[:2], kind=name[3], key=name[2], carried=False)


def _alike(first: Cell, cell: Cell) -> Cell:
    """A cell with the unit of the first of its list, where it says none of its own."""
    one, number = first.numbers[-1], cell.numbers[-1]
    bare = number.unit is None and number.kind is one.kind is Kind.VALUE and one.unit != "participants"
    if cell is first or not bare or cell.start < first.end:
        return cell
    return cell._replace(numbers=(*cell.numbers[:-1], number._replace(unit=one.unit)))

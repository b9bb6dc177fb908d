"""The file of trust: its columns exist, it can be said otherwise in part, and a wrong one is told with its line."""

from pathlib import Path

import pytest

from trialhouse.config_files import read_trust_config
from trialhouse.model.tables import TABLES
from trialhouse.model.trust_config import KINDS, TRUSTED_COLUMNS, TrustConfig, TrustWord
from trialhouse.resolution import designs, outcomes
from trialhouse.resolution.proof import column_of
from trialhouse.resources import data_root
from trialhouse.settings import SettingsError, load_settings

INSTALLED = data_root() / "config" / "trust.toml"
KINDS_IN_ORDER = ", ".join(f'"{kind}"' for kind in KINDS)

FIELDS = {
    "trials": designs.TRIAL_FIELDS,
    "arms": designs.ARM_FIELDS,
    "arm_interventions": designs.INTERVENTION_FIELDS,
    "outcomes": outcomes.OUTCOME_FIELDS,
    "outcome_measurements": outcomes.MEASUREMENT_FIELDS,
    "outcome_analyses": outcomes.ANALYSIS_FIELDS,
}


def test_every_column_of_the_file_is_a_column_of_a_table() -> None:
    columns = {f"{table.qualified_name}.{column.name}" for table in TABLES for column in table.columns}
    named = {column for order in read_trust_config(INSTALLED).orders.values() for column in order.columns}
    assert named
    assert named <= columns


@pytest.mark.parametrize("table", FIELDS)
def test_every_column_that_is_read_from_documents_has_an_order_and_no_other_has(table: str) -> None:
    """What resolution lets survive is what orders can be of; a tuple is of its first column."""
    firsts = {column_of(table, item if isinstance(item, str) else item[0]) for item in FIELDS[table]}
    assert {name.partition(".")[2] for name in TRUSTED_COLUMNS if name.startswith(f"{table}.")} == firsts
    config = read_trust_config(INSTALLED)
    assert all(set(KINDS) <= set(config.order_of(f"{table}.{column}")[1].order) for column in firsts)


def test_the_installed_file_says_everything() -> None:
    config = read_trust_config(INSTALLED)
    assert config.missing() is None
    assert config.order_of("trials.enrollment")[1].order[0] == TrustWord.ACTUAL_REGISTRY
    assert config.order_of("trials.enrollment")[1].order.index(TrustWord.PLANNED_REGISTRY) > len(KINDS)
    assert config.order_of("trials.acronym")[0] is None


def loaded(tmp_path: Path, text: str) -> TrustConfig:
    """The trust of settings with a folder of one's own that holds this file alone."""
    (tmp_path / "trust.toml").write_text(text)
    return load_settings(environ={"TRIALHOUSE_CONFIG": str(tmp_path)}).settings.trust


def test_a_file_of_ones_own_says_only_what_is_otherwise(tmp_path: Path) -> None:
    installed = load_settings(environ={}).settings.trust
    assert loaded(tmp_path, "") == installed
    order = '["fulltext", "registry", "abstract", "portal", "preprint", "news"]'
    mine = loaded(tmp_path, f"[orders.results]\norder = {order}\n")
    assert mine.orders["results"].order[0] == "fulltext"
    assert mine.orders["results"].columns == installed.orders["results"].columns
    assert {name: one for name, one in mine.orders.items() if name != "results"} == {
        name: one for name, one in installed.orders.items() if name != "results"
    }
    moved = loaded(
        tmp_path, f'[orders.p]\ncolumns = ["outcome_analyses.p_value"]\norder = {order}\nwhy = "We ask so."\n'
    )
    assert moved.order_of("outcome_analyses.p_value")[0] == "p"
    assert "outcome_analyses.p_value" not in moved.orders["results"].columns
    assert moved.default == installed.default


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[orders.x]\norder = ["registry"]\n', r"line 2: orders\.x\.order: .*leaves out fulltext, abstract"),
        (f'[orders.x]\nwhy = "so"\norder = [{KINDS_IN_ORDER},\n  "blog"]\n', r"line 4: orders\.x\.order\.6: "),
        (f'[default]\norder = [{KINDS_IN_ORDER}, "news"]\n', r"line 2: default\.order: .*'news' stands twice"),
        ('[orders.x]\n# "trials.size"\ncolumns = ["trials.size"]\n', r"line 3: .*no column.*trials\.enrollment"),
        ('[orders.x]\ncolumns = ["nowhere.size"]\n', r"line 2: .*tables are: trials, arms"),
        ('[orders.x]\ncolumns = ["trials.evidence_status"]\n', r"line 2: .*no column that is read from documents"),
        ('[orders.x]\ncolumns = ["arms.n_is_derived"]\n', r"line 2: .*together with arms\.n_randomized: name that one"),
        ('[orders.x]\ncolumn = ["trials.phase"]\n', r"line 2: unknown key 'column' in \[orders\.x\]; known are: c"),
        ('[orders.x]\ncolumns = ["trials.phase"]\n', r"orders\.x: it has no 'order'"),
        ('[orders.x]\ncolumns = ["trials.phase"]\n[orders.y]\ncolumns = ["trials.phase"]\n', "name it in one"),
        ('[default]\ncolumns = ["trials.phase"]\n', "default is of all other columns"),
        ("[order]\n", "^unknown key 'order' in .*/trust.toml; known are: default, orders"),
        ("[orders.x\n", "is not valid TOML"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=f"(?s){told}"):
        loaded(tmp_path, text)


def test_only_what_can_change_a_row_changes_the_name_of_the_orders() -> None:
    config = read_trust_config(INSTALLED)
    name, order = next(iter(config.orders.items()))
    reworded = order.model_copy(update={"why": "Otherwise put.", "columns": order.columns[::-1]})
    turned = order.model_copy(update={"order": order.order[::-1]})
    others = {key: one for key, one in config.orders.items() if key != name}
    assert config.model_copy(update={"orders": {**others, name: reworded}}).sha256 == config.sha256
    assert config.model_copy(update={"orders": {**others, name: turned}}).sha256 != config.sha256
    assert config.model_copy(update={"orders": others}).sha256 != config.sha256

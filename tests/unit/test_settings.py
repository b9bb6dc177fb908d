from pathlib import Path

import pytest

from trialhouse.model.check_config import CheckConfig, bounds_of
from trialhouse.settings import SettingsError, load_settings

CONFIGURATION = """
[defaults]
batch_size = 50
[profiles.seeds]
include_corpus = true
[profiles.small]
batch_size = 5
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "config" / "sources").mkdir(parents=True)
    (tmp_path / "config" / "trialhouse.toml").write_text(CONFIGURATION)
    (tmp_path / "config" / "sources" / "files.toml").write_text('license = "CC0-1.0"\n')
    return tmp_path


def test_later_layers_win_and_each_setting_knows_where_it_came_from(root: Path) -> None:
    plain = load_settings(root=root, environ={})
    profile = load_settings(root=root, environ={}, profile="small")
    environment = load_settings(root=root, environ={"TRIALHOUSE_BATCH_SIZE": "3"}, profile="small")
    assert [loaded.settings.batch_size for loaded in (plain, profile, environment)] == [50, 5, 3]
    assert [loaded.origins["batch_size"] for loaded in (plain, profile, environment)] == [
        "config/trialhouse.toml [defaults]",
        "config/trialhouse.toml [profiles.small]",
        "environment",
    ]
    assert plain.origins["max_document_megabytes"] == "default"


def test_the_warehouse_comes_from_the_command_line_then_the_environment(root: Path, tmp_path: Path) -> None:
    environ = {"TRIALHOUSE_WAREHOUSE": str(tmp_path / "from-environment")}
    assert load_settings(root=root, environ=environ).settings.warehouse == tmp_path / "from-environment"
    loaded = load_settings(root=root, environ=environ, warehouse=tmp_path / "given")
    assert (loaded.settings.warehouse, loaded.origins["warehouse"]) == (tmp_path / "given", "command line")


def test_a_source_that_nobody_described_may_not_be_passed_on(root: Path) -> None:
    settings = load_settings(root=root, environ={}).settings
    assert settings.terms("files").license == "CC0-1.0"
    assert settings.terms("elsewhere").may_be_passed_on is False


@pytest.mark.parametrize(
    ("environ", "profile", "content", "told"),
    [
        ({}, "nowhere", None, "there are: seeds, small"),
        ({"TRIALHOUSE_BATCH_SIZE": "many"}, None, None, "'batch_size' from environment"),
        ({}, None, "[profiles.seeds]\nbatch = 3\n", "unknown setting 'batch'"),
        ({}, None, "[profiles.seeds\n", "not valid TOML"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(
    root: Path, environ: dict[str, str], profile: str | None, content: str | None, told: str
) -> None:
    if content is not None:
        (root / "config" / "trialhouse.toml").write_text(content)
    with pytest.raises(SettingsError) as error:
        load_settings(root=root, environ=environ, profile=profile)
    assert told in str(error.value)


def test_a_key_of_a_source_that_nothing_reads_is_told(root: Path) -> None:
    (root / "config" / "sources" / "files.toml").write_text("min_records = 3\n")
    with pytest.raises(SettingsError, match=r"'min_records' in .*/config/sources/files\.toml"):
        load_settings(root=root, environ={})


def test_a_configuration_of_ones_own_is_named_where_it_lies(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "trialhouse.toml").write_text("[defaults]\nbatch_size = 9\n[profiles.live]\n")
    environ = {"TRIALHOUSE_CONFIG": str(own)}
    # Its only profile is meant where none is named.
    loaded = load_settings(root=root, environ=environ)
    assert (loaded.settings.profile, loaded.file) == ("live", own / "trialhouse.toml")
    assert loaded.origins["batch_size"] == f"{own}/trialhouse.toml [defaults]"

    (own / "trialhouse.toml").write_text("[defaults]\nbogus = 1\n[profiles.live]\n")
    with pytest.raises(SettingsError) as told:
        load_settings(root=root, environ=environ)
    known = str(told.value).removeprefix(f"unknown setting 'bogus' in {own}/trialhouse.toml [defaults]; known are: ")
    assert {"batch_size", "contact_email"} <= set(known.split(", "))
    assert not {"root", "sources", "topics", "profile", "trust", "checks", "warehouse"} & set(known.split(", "))

    (own / "trialhouse.toml").write_text("[profiles.live]\n[profiles.other]\n")
    with pytest.raises(SettingsError, match=r"'seeds' in .*own/trialhouse\.toml; name one by --profile or TRIALHOUSE_"):
        load_settings(root=root, environ=environ)
    (own / "trialhouse.toml").unlink()
    with pytest.raises(SettingsError, match=r"no .*own/trialhouse\.toml: make it, or .* TRIALHOUSE_CONFIG"):
        load_settings(root=root, environ=environ)


def test_a_file_cannot_set_what_nothing_reads_there(root: Path) -> None:
    (root / "config" / "trialhouse.toml").write_text('[profiles.seeds]\nwarehouse = "/elsewhere"\n')
    with pytest.raises(SettingsError, match=r"unknown setting 'warehouse' in config/trialhouse\.toml"):
        load_settings(root=root, environ={})


def test_a_typo_in_a_table_of_a_topic_is_told_with_what_is_known(root: Path) -> None:
    (root / "config" / "topics").mkdir()
    topic = 'topic = "one"\ndescription = "x"\n[search]\nctgv = "y"\n'
    (root / "config" / "topics" / "one.toml").write_text(topic)
    told = r"topics/one\.toml: unknown key 'ctgv' in \[search\]; known are: pubmed, ctgov, europepmc$"
    with pytest.raises(SettingsError, match=told):
        load_settings(root=root, environ={})


def test_a_checkout_without_a_folder_of_its_own_says_how_it_comes_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person removes `warehouse/` to begin anew, and the SQL that lies in it."""
    monkeypatch.setattr("trialhouse.settings.data_root", lambda: root)
    for name in ("src/trialhouse", "seeds", "warehouse/releases"):
        (root / name).mkdir(parents=True)
    (root / "pyproject.toml").touch()
    with pytest.raises(SettingsError) as told:
        load_settings(environ={})
    gone = f"{root}/warehouse/checks is gone, which came with Trialhouse"
    assert str(told.value) == f"{gone}: `git -C {root} checkout warehouse` brings it back"


def test_the_checkouts_own_configuration_loads() -> None:
    settings = load_settings(environ={}).settings
    assert settings.include_corpus
    assert settings.terms("corpus").may_be_passed_on
    assert not settings.terms("files").may_be_passed_on


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("topics/one.toml", 'topic = "other"\ndescription = "x"\n', r"config/topics/one\.toml .* other\.toml"),
        ("topics/one.toml", 'topic = "one"\n', r"config/topics/one\.toml: description: Field required"),
        (
            "topics/one.toml",
            'topic = "one"\ndescription = "x"\nquery = "y"\n',
            r"'query' in .*/topics/one\.toml",
        ),
        ("topics/one.toml", 'topic = "one"\ndescription = "x"\nsearch = { pubmde = "y" }\n', r"'pubmde' in \[search\]"),
        ("sources/pubmed.toml", "requests_per_second = 0\n", r"config/sources/pubmed\.toml: requests_per_second"),
    ],
)
def test_a_topic_or_source_that_cannot_be_used_is_told_with_its_file(
    root: Path, name: str, content: str, told: str
) -> None:
    (root / "config" / "topics").mkdir()
    (root / "config" / name).write_text(content)
    with pytest.raises(SettingsError, match=told):
        load_settings(root=root, environ={})


def test_a_profile_asks_for_topics_that_there_are(root: Path) -> None:
    (root / "config" / "trialhouse.toml").write_text('[profiles.seeds]\nrefresh_topics = ["nowhere"]\n')
    with pytest.raises(SettingsError, match="no topic 'nowhere'"):
        load_settings(root=root, environ={})


def test_a_folder_of_ones_own_configures_everything(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "topics").mkdir(parents=True)
    (own / "trialhouse.toml").write_text('[profiles.live]\nrefresh_topics = ["a"]\ncontact_email = "a@example.org"\n')
    (own / "topics" / "a.toml").write_text('topic = "a"\ndescription = "x"\nregistry_ids = ["NCT01234567"]\n')
    loaded = load_settings(root=root, profile="live", environ={"TRIALHOUSE_CONFIG": str(own)})
    assert loaded.settings.topics["a"].registry_ids == ("NCT01234567",)
    assert loaded.settings.sources == {}


def test_every_threshold_of_the_checkout_has_bounds_and_an_end_is_within_them() -> None:
    checks = load_settings(environ={}).settings.checks
    assert [name for name in checks.thresholds if bounds_of(name) is None] == []
    ends = {"any_share": 1, "other_share": 0, "a_percent": 100, "some_rows": 0}
    assert CheckConfig(thresholds=ends).thresholds == ends


def test_a_folder_of_ones_own_may_hold_the_checks_alone(root: Path, tmp_path: Path) -> None:
    (root / "config" / "checks.toml").write_text("[thresholds]\na = 1\nb = 2\n")
    own = tmp_path / "own"
    own.mkdir()
    environ = {"TRIALHOUSE_CONFIG": str(own)}
    with pytest.raises(SettingsError, match=rf"there is no {own}/trialhouse\.toml"):
        load_settings(root=root, environ=environ)
    (own / "checks.toml").write_text("[thresholds]\nb = 3\n")
    loaded, installed = (
        load_settings(root=root, environ=environ).settings,
        load_settings(root=root, environ={}).settings,
    )
    assert loaded.checks.thresholds == {"a": 1, "b": 3}
    assert loaded.model_copy(update={"checks": installed.checks}) == installed
    (own / "sources").mkdir()
    with pytest.raises(SettingsError, match=rf"there is no {own}/trialhouse\.toml"):
        load_settings(root=root, environ=environ)


def test_what_a_folder_of_ones_own_does_not_say_of_checks_holds_as_installed(root: Path, tmp_path: Path) -> None:
    (root / "config" / "checks.toml").write_text(
        '[gate]\nmost_set_aside_percent = 3\n[thresholds]\na = 1\nb = 2\n[severity]\n"arms/x" = "info"\n'
    )
    own = tmp_path / "own"
    own.mkdir()
    (own / "trialhouse.toml").write_text("[profiles.seeds]\n")
    environ = {"TRIALHOUSE_CONFIG": str(own)}
    installed = load_settings(root=root, environ={}).settings.checks
    assert load_settings(root=root, environ=environ).settings.checks == installed
    (own / "checks.toml").write_text('[thresholds]\nb = 0.5\n[severity]\n"arms/y" = "warn"\n')
    checks = load_settings(root=root, environ=environ).settings.checks
    assert (checks.gate.most_set_aside_percent, checks.thresholds) == (3, {"a": 1, "b": 0.5})
    assert checks.severity == {"arms/x": "info", "arms/y": "warn"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[threshold]\na = 1\n", r"'threshold' in .*/config/checks\.toml; known are: thresholds, gate, severity"),
        ("[gate]\nmost = 1\n", r"checks\.toml: unknown key 'most' in \[gate\]"),
        ("[gate]\nmost_set_aside_percent = 101\n", r"gate\.most_set_aside_percent"),
        ("[thresholds]\na = nan\n", r"thresholds\.a"),
        ("[thresholds]\nrounding_units = -1\n", r"checks\.toml: thresholds: .*rounding_units is -1, .* 0 or more"),
        ("[thresholds]\nfew_participants = -5\n", r"few_participants is -5, and must be an amount"),
        ("[thresholds]\nparticipants_differ_share = 50\n", r"differ_share is 50, and must be a share: from 0 to 1"),
        ("[thresholds]\nsignificant_p = 1\n", r"significant_p is 1, and must be a p-value"),
        ("[thresholds]\nallocation_deviations = 0\n", r"allocation_deviations is 0, and must be a factor"),
        ("[thresholds]\na_share = 2\nb_p = 0\n", r"a_share is 2.*; b_p is 0"),
        ('[severity]\n"arms/x" = "fatal"\n', r"severity\.arms/x"),
    ],
)
def test_a_configuration_of_checks_that_cannot_be_used_is_told(root: Path, content: str, told: str) -> None:
    (root / "config" / "checks.toml").write_text(content)
    with pytest.raises(SettingsError, match=told):
        load_settings(root=root, environ={})

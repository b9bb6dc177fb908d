"""Expressions that are compiled when they are first asked: as good as compiled ones, and none of the package broken."""

import copy
import gc
import importlib
import pickle
import pkgutil
import re

import pytest

import trialhouse
from trialhouse.text.lazy_patterns import LazyPattern, lazy_compile


def test_is_asked_as_a_compiled_expression_is() -> None:
    found = lazy_compile(r"(?P<dose>\d+) mg", re.IGNORECASE)
    assert [match["dose"] for match in found.finditer("10 MG or 20 mg")] == ["10", "20"]
    assert found.groupindex["dose"] == 1
    assert found.flags & re.IGNORECASE
    assert found.search("none") is None


def test_words_and_flags_of_an_expression_go_into_others() -> None:
    dose = lazy_compile(r"\d+ mg")
    assert lazy_compile(rf"{dose.pattern} daily").fullmatch("10 mg daily")


def test_is_compiled_once_and_not_before_it_is_asked() -> None:
    broken = lazy_compile("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("")
    good = lazy_compile("a")
    assert "compiled" not in vars(good)
    good.search("a")
    compiled = vars(good)["compiled"]
    good.match("a")
    assert vars(good)["compiled"] is compiled


def test_a_copy_is_the_same_expression() -> None:
    dose = lazy_compile(r"\d+ mg", re.IGNORECASE)
    assert copy.deepcopy(dose).search("10 MG")
    assert pickle.loads(pickle.dumps(dose)).search("10 MG")


def test_every_expression_of_the_package_can_be_compiled() -> None:
    for module in pkgutil.walk_packages(trialhouse.__path__, "trialhouse."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found = [one for one in gc.get_objects() if type(one) is LazyPattern and one.pattern != "("]
    assert len(found) > 1000
    assert [one.pattern for one in found if not isinstance(re.compile(one.pattern, one._flags), re.Pattern)] == []

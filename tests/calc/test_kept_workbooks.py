"""The engine keeps workbooks that it has parsed, and computes each as if it were new."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("ironcalc")

from smsheets.api import workbook_bytes
from smsheets.calc import engine
from smsheets.kinds import KINDS
from smsheets.layout.content import sample_profile
from smsheets.profile_file import make_profile
from smsheets.reader.checks import formulas as checks
from smsheets.reader.read import read_workbook

_SHEETS = ("One", "Two")
_PLACES = st.tuples(st.sampled_from(_SHEETS), st.integers(1, 4), st.integers(1, 3))
_VALUES = st.dictionaries(_PLACES, st.sampled_from([None, "", "text", "2027-01-05", True, 0, 7, 1.5]), max_size=10)
_FORMULAS = st.dictionaries(
    _PLACES, st.sampled_from(['=IF(A1="","",A1)', "=SUM(A1:C4)", "=Two!B2&One!A3", "=1/0", '=""']), max_size=10
)


@given(st.lists(st.tuples(_VALUES, _FORMULAS), min_size=2, max_size=5))
def test_nothing_of_an_earlier_workbook_is_left(workbooks: list[tuple[engine.Values, engine.Formulas]]) -> None:
    kept = engine.ParsedWorkbook(_SHEETS)
    for values, formulas in workbooks:
        new = engine.ParsedWorkbook(_SHEETS)
        assert kept.computed(values, formulas) == new.computed(values, formulas)


def test_a_workbook_is_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine keeps the texts of all workbooks that one had the values of."""
    monkeypatch.setattr(engine, "_MOST_WRITTEN", 30)
    monkeypatch.setattr(engine, "_kept", [])
    formulas = {("One", 1, 2): "=A1"}
    for number in range(100):
        results = engine.evaluate(("One",), {("One", 1, 1): f"text {number}"}, formulas)
        assert results == {("One", 1, 2): f"text {number}"}
        assert all(model.written <= 30 for model in engine._kept)
    assert len(engine._kept) <= 1


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_workbook_is_computed_once(kind: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rows are evaluated elsewhere, where ROW() is another number, and some texts of the samples have emojis."""
    profile = make_profile({**sample_profile(language), "language": language})
    data, _ = workbook_bytes(kind, profile, sample=True)
    computed: list[int] = []

    def counted(*arguments: object) -> object:
        computed.append(1)
        return engine.evaluate(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(checks, "evaluate", counted)
    assert read_workbook(data, name="a.xlsx").problems == ()
    assert len(computed) == 1

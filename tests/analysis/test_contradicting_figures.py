"""Figures of the KPI report that cannot all be right: a rate against its parts, a part against its whole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from advice import cells, do, say
from hypothesis import given
from hypothesis import strategies as st
from kpi_rows import kpi, lacking, post, report, told

from smsheets.analysis.finding import Level
from smsheets.plan.kpi_report import KpiRow
from smsheets.plan.reference import AddsUp, Unit
from smsheets.spec.reference import load_kpi_definitions, load_platforms

KNOWN = load_kpi_definitions()
PARTS = (kpi("instagram", "engagement", "50 60", row=7), kpi("instagram", "reach", "1000 1200", row=8))


def rate(actual: str, metric: str = "engagement_rate_by_reach", **more: object) -> KpiRow:
    return kpi("instagram", metric, actual, "0.05 0.05", row=9, **more)


class TestRateContradicts:
    def test_a_rate_that_its_own_rows_do_not_give(self) -> None:
        [finding] = told("kpi-report.rate_contradicts", report(rate("0.05 0.5"), *PARTS))
        assert say(finding) == (
            "Instagram: 'Engagement rate by reach' is typed as 50% for February, but its own rows (Engagement, Reach)"
            " give 5%. Months in which the two differ: 1."
        )
        assert do(finding).startswith("Empty the cells of 'Engagement rate by reach', then the sheet calculates it")
        assert len(cells(finding)) == 1
        assert cells(finding)[0].startswith("KPIs!")
        assert cells(finding)[0].endswith("9")

    @pytest.mark.parametrize("typed", ["0.05 0.0499", "- 0.05", "0.0545 0.0455", "- -"])
    def test_rounded_and_unknown_ones_are_right(self, typed: str) -> None:
        assert told("kpi-report.rate_contradicts", report(rate(typed), *PARTS)) == []

    def test_nothing_is_said_where_a_part_is_unknown_or_of_another_channel(self) -> None:
        assert told("kpi-report.rate_contradicts", report(rate("0.5"), PARTS[0])) == []
        elsewhere = kpi("facebook", "reach", "1000", row=8)
        assert told("kpi-report.rate_contradicts", report(rate("0.5"), PARTS[0], elsewhere)) == []

    def test_a_rate_of_which_both_parts_are_rows_is_not_asked_for(self) -> None:
        """What is asked for is what is still unknown."""
        figures = "50 60 70 80 90"
        parts = (kpi("instagram", "engagement", figures, row=7), kpi("instagram", "reach", "900 " * 5, row=8))
        [asked] = lacking("kpi-report.behind_target", report(rate("0.05 - - - - -"), *parts))
        assert [cell[-1] for cell in cells(asked)] == ["7", "8"]


@pytest.mark.parametrize("metric", [name for name, item in KNOWN.items() if item.adds_up is AddsUp.RATIO])
@given(above=st.integers(1, 10**6), below=st.integers(1, 10**6), wrong=st.sampled_from([0, 1, 10, 100]))
def test_every_ratio_is_held_against_its_parts(metric: str, above: int, below: int, wrong: int) -> None:
    """Whatever the metric: the right figure is silent, one that is ten or a hundred times as much is named."""
    item = KNOWN[metric]
    right = Decimal(above) / below * item.times
    typed = right * wrong if wrong else right * Decimal("1.02")
    parts = (kpi("x", item.numerator or "", str(above), row=7), kpi("x", item.denominator or "", str(below), row=8))
    found = told("kpi-report.rate_contradicts", report(kpi("x", metric, str(typed), row=9), *parts))
    assert bool(found) is (abs(typed - right) > max(right / 10, Decimal("0.0005")))


class TestAboveLimit:
    @pytest.mark.parametrize("metric", [name for name, item in KNOWN.items() if item.limit is not None])
    def test_no_share_is_more_than_all(self, metric: str) -> None:
        [finding] = told("kpi-report.above_limit", report(kpi("x", metric, "1 3.5")))
        assert "is 350% for February; more than 100% is not possible." in say(finding)
        assert told("kpi-report.above_limit", report(kpi("x", metric, "1 0.2"))) == []

    def test_where_the_parts_are_rows_the_rate_is_told_once(self) -> None:
        rows = (rate("5"), *PARTS)
        assert told("kpi-report.above_limit", report(*rows)) == []
        assert len(told("kpi-report.rate_contradicts", report(*rows))) == 1

    def test_growth_can_be_more_than_all(self) -> None:
        assert told("kpi-report.above_limit", report(kpi("x", "follower_growth", "3"))) == []


class TestPartAboveWhole:
    def test_months(self) -> None:
        rows = (
            kpi("instagram", "engagement", "5000 900 3000", row=7),
            kpi("instagram", "reach", "1000 1000 1000", row=8),
        )
        [finding] = told("kpi-report.part_above_whole", report(*rows))
        assert say(finding) == "Instagram: more Engagement than Reach (March: 3,000 and 1,000). Such pairs: 2."
        assert [cell[-1] for cell in cells(finding)] == ["7", "8", "7", "8"]
        assert finding.level is Level.WARNING

    def test_posts(self) -> None:
        posts = (post(6, 90, reach=100, saves=20), post(7, 10, reach=100, impressions=99), post(8, 5, reach=None))
        first, second = told("kpi-report.part_above_whole", report(posts=posts))
        assert {say(first).split(" (")[0], say(second).split(" (")[0]} == {
            "Instagram: more Engagement than Reach",
            "Instagram: more Reach than Impressions",
        }

    def test_orders_can_come_without_a_click(self) -> None:
        rows = (kpi("x", "orders", "9 9", row=7), kpi("x", "link_clicks", "5 0", row=8))
        [finding] = told("kpi-report.part_above_whole", report(*rows))
        assert (finding.level, finding.values["count"]) == (Level.NOTE, 1)
        assert "by message or by phone, leave them" in do(finding)

    def test_youtube_counts_impressions_in_its_lists_only(self) -> None:
        rows = [kpi(channel, "reach", "500", row=7) for channel in ("youtube", "facebook")]
        rows += [kpi(channel, "impressions", "400", row=8) for channel in ("youtube", "facebook")]
        [finding] = told("kpi-report.part_above_whole", report(*rows))
        assert say(finding).startswith("Facebook")

    def test_figures_of_other_months_channels_or_the_whole_business_are_no_pair(self) -> None:
        rows = (
            kpi("x", "engagement", "- 50", row=7),
            kpi("x", "reach", "10 -", row=8),
            kpi(None, "reach", "1 1", row=9),
        )
        assert told("kpi-report.part_above_whole", report(*rows)) == []


PAIRS = [(part, whole, but) for part, item in KNOWN.items() for whole, but in item.at_most.items()]


def test_the_table_of_pairs_names_metrics_and_platforms_that_exist() -> None:
    assert len(PAIRS) >= 9
    assert {whole for _, whole, _ in PAIRS} <= set(KNOWN)
    assert {name for _, _, but in PAIRS for name in but} <= set(load_platforms())
    assert all(KNOWN[part].unit is KNOWN[whole].unit is Unit.COUNT for part, whole, _ in PAIRS)


@pytest.mark.parametrize(("part", "whole"), [(part, whole) for part, whole, _ in PAIRS])
def test_every_pair_of_the_table_is_looked_at(part: str, whole: str) -> None:
    def found(more: str, less: str) -> int:
        return len(
            told("kpi-report.part_above_whole", report(kpi("x", part, more, row=7), kpi("x", whole, less, row=8)))
        )

    assert (found("11", "10"), found("10", "10"), found("-", "10"), found("11", "-")) == (1, 0, 0, 0)

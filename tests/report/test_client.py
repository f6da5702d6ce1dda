"""The report for a client: what is in it, and above all what is not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import msgspec
import pytest
from report.html_tree import Element, parse
from report.sample_analysis import sample_analysis

from smsheets import Profile, analyze, new_workbook, read_workbook
from smsheets.analysis.context import Context
from smsheets.analysis.plan_states import State
from smsheets.analysis.result import BusinessAnalysis
from smsheets.periods import Period, last_whole_month, read_period
from smsheets.plan.calendar import KeyDate
from smsheets.plan.record import Record
from smsheets.problems import problem_texts
from smsheets.report.client import ClientEntry, ClientReport, Remark, client_report, read_comment, worst_first
from smsheets.report.html.client import Look, contrast, readable, render_client, render_index
from smsheets.report.wording import Words
from smsheets.safe_text import safe_file_names
from smsheets.spec.reference import load_finding_texts

SAMPLES = Path(__file__).parents[2] / "samples" / "filled"
JUNE = Period(first=date(2027, 6, 1))
DAY = date(2027, 7, 5)


@cache
def business(language: str = "en") -> BusinessAnalysis:
    analysis = analyze(*sorted(SAMPLES.glob("*.xlsx"))) if language == "en" else sample_analysis(language)
    return analysis.businesses[0]


def report(context: Context | None = None, period: Period = JUNE, **more: bool) -> ClientReport:
    return client_report("Clay & Kiln", context or business().context, period, **more)


@cache
def tree(language: str = "en", period: Period = JUNE) -> Element:
    made = client_report("Clay & Kiln", business(language).context, period, budget=True)
    return parse(render_client(made, "EUR", DAY, Look(colour="#f2c14e", prepared_by="Studio Nord"), Words(language)))


def said(lines: tuple[object, ...]) -> list[str]:
    return [Words("en").value(line) for line in lines]  # type: ignore[arg-type]


def without_kpis(**more: object) -> Context:
    """The sample without its KPI rows, or with other rows."""
    context = business().context
    assert context.plans.kpi_report is not None
    plan = msgspec.structs.replace(context.plans.kpi_report, **{"kpis": (), **more})
    return msgspec.structs.replace(context, plans=msgspec.structs.replace(context.plans, kpi_report=plan))


def test_the_month_in_sentences() -> None:
    made = report()
    assert said(made.up)[:2] == [
        "Orders rose by 5.2%, from 58 to 61.",
        "Orders on Instagram rose by 6.1%, from 33 to 35.",
    ]
    assert "Orders on Facebook fell from 9 to 8." in said(made.down)
    assert said(made.done)[0] == "22 posts went out: Instagram 10, Facebook 7, Pinterest 1, TikTok 4."
    assert said(made.next)[0] == "Planned for July 2027: 12 posts."
    assert "Jul 19, 2027: “Autumn shop campaign” begins." in said(made.next)


def test_an_occasion_comes_next_where_somebody_has_an_idea_for_it() -> None:
    context = business().context
    assert context.plans.calendar is not None
    days = (
        KeyDate(date=date(2027, 7, 1), name="Summer sale", kind="occasion"),
        KeyDate(date=date(2027, 7, 2), name="Back to school", kind="occasion", idea="Lunch boxes"),
        KeyDate(date=date(2027, 7, 3), name="Craft market", kind="own_date"),
    )
    calendar = msgspec.structs.replace(context.plans.calendar, key_dates=days)
    plans = msgspec.structs.replace(context.plans, calendar=calendar)
    named = said(report(msgspec.structs.replace(context, plans=plans)).next)
    assert [line for line in named if line.startswith(("Jul 1,", "Jul 2,", "Jul 3,"))] == [
        "Jul 2, 2027: Back to school.", "Jul 3, 2027: Craft market.",
    ]  # fmt: skip


def test_a_row_for_each_channel_with_the_denominator_and_a_reason_for_each_blank() -> None:
    rows = {row.channel: row.figures for row in report().channels}
    assert list(rows) == ["instagram", "facebook", "pinterest", "tiktok", "x"]
    assert [said((figure.note,))[0] for figure in rows["facebook"]] == ["", "not measured", "by followers", "", "", ""]
    assert said((rows["pinterest"][2].note,)) == ["by impressions, from the posts"]
    assert said((rows["x"][4].note,)) == ["no figure"]
    for figures in rows.values():
        assert all(figure.note for figure in figures if figure.amount is None)


def test_a_quarter_adds_up_what_can_be_added() -> None:
    made = report(period=Period(first=date(2027, 4, 1), months=3))
    followers, reach, rate, posts, clicks, orders = made.channels[0].figures
    assert [figure.amount for figure in (followers, posts, clicks, orders)] == [6240, 19, 1549, 96]
    assert (reach.amount, said((reach.note,))) == (None, ["cannot be added up"])
    assert said((rate.note,)) == ["by reach, from the posts"]
    (facebook,) = [row for row in made.channels if row.channel == "facebook"]
    assert facebook.figures[2].amount != Decimal("0.364")  # engagement of three months / followers of one


def test_the_year_before_is_there_where_the_workbook_has_it() -> None:
    context = business().context
    assert context.plans.kpi_report is not None
    start = msgspec.structs.replace(context.plans.kpi_report.start, period_start=date(2026, 6, 1))
    rows = tuple(
        msgspec.structs.replace(row, actual=(Decimal(40), *[None] * 11, Decimal(50)))
        for row in context.plans.kpi_report.kpis
        if row.metric == "orders"
    )
    made = report(without_kpis(start=start, kpis=rows))
    assert made.has_year
    assert {row.figures[5].year_share for row in made.channels if row.figures[5].amount} == {Decimal("0.25")}
    page = render_client(made, "EUR", DAY, Look(), Words("en"))
    assert "Compared with May 2027 and June 2026." in page
    assert "+25% year on year" in page


def test_an_earlier_report_has_the_year_before_and_the_month_before_the_first() -> None:
    """Each row takes the figures of its channel and metric; a rate those of its two parts."""
    context = business().context
    now = context.plans.kpi_report
    assert now is not None
    start = msgspec.structs.replace(now.start, period_start=date(2026, 1, 1))
    rows = tuple(msgspec.structs.replace(row, actual=(Decimal(80),) * 12) for row in now.kpis)
    last_year = msgspec.structs.replace(now, start=start, kpis=tuple(reversed(rows)))
    with_both = msgspec.structs.replace(context, earlier_reports=(last_year,))
    assert not report().has_year
    june = {row.channel: row.figures for row in report(with_both).channels}
    assert june["instagram"][5].year_share == Decimal(35) / 80 - 1
    assert june["instagram"][0].before == 5690
    january = report(with_both, Period(first=date(2027, 1, 1))).channels[0]
    assert (january.channel, january.figures[0].before, january.figures[0].amount) == ("instagram", 80, 3820)


def test_last_years_report_is_one_to_compare_with(tmp_path: Path) -> None:
    """In any order; not while this year's has not begun, nor where both have a month in common or other currencies."""
    paths = [tmp_path / "last.xlsx", tmp_path / "this.xlsx", tmp_path / "euros.xlsx"]
    first, currencies = (date(2026, 1, 1), date(2027, 1, 1), date(2026, 1, 1)), ("USD", "USD", "EUR")
    for path, start, currency in zip(paths, first, currencies, strict=True):
        profile = Profile(company="Clay", start=start, months=2, channels=("x",), currency=currency, lean=True)
        new_workbook("kpi-report", path, profile)
    last, this, euros = map(read_workbook, paths)
    for given in ((last, this), (this, last)):
        analysis = analyze(*given, as_of=date(2027, 2, 9))
        context = analysis.businesses[0].context
        assert (analysis.problems, context.plans.kpi_report, context.earlier_reports) == ((), this.plan, (last.plan,))
    for given, day in (
        ((last, this), date(2026, 2, 9)),
        ((euros, this), date(2027, 2, 9)),
        ((this, read_workbook(paths[1])), date(2027, 2, 9)),
    ):
        assert "set.two-of-a-kind" in {problem.code for problem in analyze(*given, as_of=day).problems}


def test_without_figures_of_channels_those_of_posts_count() -> None:
    rows = {row.channel: row.figures for row in report(without_kpis()).channels}
    assert rows["instagram"][4].amount == Decimal(194)
    assert said((rows["instagram"][4].note,)) == ["from the posts"]


def test_a_month_without_figures_says_so() -> None:
    made = report(without_kpis(post_results=()), Period(first=date(2028, 1, 1)))
    assert not made.known
    assert "There are no figures for January 2028 yet." in render_client(made, "EUR", DAY, Look(), Words("en"))


def test_a_post_that_sells_is_not_weak() -> None:
    made = report()
    assert (len(made.best), len(made.weakest)) == (3, 3)
    assert said((made.best[0].text,)) == ["Three jugs, half a litre to two. In the shop since this morning."]
    assert said(made.best[0].says)[0] == "66 clicks, 3.9 times the usual"  # what it is ranked by comes first
    assert not {post.text for post in made.best} & {post.text for post in made.weakest}


@pytest.mark.parametrize(
    ("link", "href"),
    [
        ("https://www.instagram.com/p/C1/", "https://www.instagram.com/p/C1/"),
        ("javascript:alert(1)", None),
        ("https://a.example/\" onmouseover='alert(1)", None),
        ("data:text/html,<script>alert(1)</script>", None),
        ("mailto:a@b.example", None),
    ],
)
def test_a_post_is_linked_only_where_it_is_on_the_web(link: str, href: str | None) -> None:
    made = report()
    post = msgspec.structs.replace(made.best[0], link=link)
    page = parse(render_client(msgspec.structs.replace(made, best=(post,)), "EUR", DAY, Look(), Words("en")))
    found = [item.attributes["href"] for item in page.all() if item.attributes.get("rel", "").startswith("noopener")]
    assert found == ([href] if href else [])


def test_the_next_month_begins_on_its_weekday() -> None:
    made = report()
    assert [day.day.day for day in made.days] == list(range(1, 32))
    days = [item for item in tree().all() if item.attributes.get("class", "").startswith("day")]
    assert days[0].attributes["class"] == "day from5"  # a Thursday, the weeks of the United States begin on Sunday
    assert "Craft market" in tree().text
    busy = msgspec.structs.replace(made.days[0], posts=made.days[0].posts * 9)
    page = render_client(msgspec.structs.replace(made, days=(busy,)), "EUR", DAY, Look(), Words("en"))
    assert "3 more posts" in page


def test_the_comment_is_that_of_the_review_or_ones_own() -> None:
    may = report(period=Period(first=date(2027, 5, 1)))
    assert [remark.text for remark in may.comment][1:] == ["At most one post in five sells."]
    assert report().comment == ()
    own = read_comment("# June\r\n\nA *good* month,\nall in all.\n- Orders rose.\n- <b>We</b> rest.\n")
    assert own == (
        Remark("heading", "June"),
        Remark("text", "A *good* month, all in all."),
        Remark("item", "Orders rose."),
        Remark("item", "<b>We</b> rest."),
    )
    made = client_report("Clay & Kiln", business().context, Period(first=date(2027, 5, 1)), own)
    assert "&lt;b&gt;We&lt;/b&gt; rest." in render_client(made, "EUR", DAY, Look(), Words("en"))
    assert made.comment == own


LISTED = ("channel", "role", "kind", "tone", "priority", "status", "category", "carry_rule", "period")
"""Fields whose words are those of a list, not a person's own."""


def texts_of(records: Iterable[Record], *fields: str) -> set[str]:
    """What people typed into some fields of records, or into all of them."""
    return {
        value
        for record in records
        for field in fields or record.__struct_fields__
        if field not in LISTED and isinstance(value := getattr(record, field), str)
    }


def internal_words(language: str) -> set[str]:
    """People, accounts, own time, messages, codes and ids of the sample, each as its workbooks have it."""
    plans = business(language).plans
    strategy, budget, kpis = plans.strategy, plans.budget, plans.kpi_report
    calendar, roadmap = plans.calendar, plans.roadmap
    assert strategy is not None
    assert budget is not None
    assert kpis is not None
    assert calendar is not None
    assert roadmap is not None
    words = {*load_finding_texts(), *problem_texts()}
    for records in (strategy.team, strategy.setup, strategy.goals, budget.own_time, kpis.inbox, kpis.decisions):
        words |= texts_of(records)
    words |= texts_of(strategy.channels, "handle", "purpose", "audience") | texts_of(roadmap.tasks)
    words |= texts_of(budget.lines, "line_id", "line", "owner", "note")
    words |= texts_of(calendar.posts, "post_id", "owner", "approver", "asset")
    words |= texts_of(roadmap.initiatives, "initiative_id", "owner", "risk", "resources", "result")
    return words - {"Clay & Kiln", *METRICS} - texts_of(kpis.review, "what_came", "what_next")


METRICS = ("followers", "orders", "response_time", "count", "hours", "up", "down", "weekly", "monthly", "yes", "partly")
"""Words of lists that goals are made of."""


@pytest.mark.parametrize("period", [JUNE, Period(first=date(2027, 4, 1), months=3)], ids=["month", "quarter"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_internal_is_in_it(language: str, period: Period) -> None:
    text = tree(language, period).one("body").text
    words = internal_words(language)
    assert len(words) > 300
    found = sorted(word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text))
    assert found == []
    assert re.findall(r"\b\w[\w ]*![A-Z]{1,3}\d+|\.xlsx|[a-z-]+\.[a-z]+_[a-z]+", text) == []
    strategy, budget = business(language).plans.strategy, business(language).plans.budget
    assert strategy is not None
    assert budget is not None
    own_time = {amount for line in budget.lines if line.category == "own_time" for amount in line.actual if amount}
    numbers = set(re.findall(r"\d[\d.,]*\d", text))
    assert not {f"{amount:.2f}" for amount in own_time} & numbers
    sheets = {
        "en": ("Own time", "Team", "Inbox", "Problems", "Findings"),
        "de": ("Eigene Zeit", "Postfach"),
    }
    assert [word for word in sheets[language] if word in text] == []
    assert re.findall(r"\d\s*(?:h|hours?|Std|Stunden?)\b", text) == []


def test_the_same_report_gives_the_same_page() -> None:
    one, other = (render_client(report(budget=True), "EUR", DAY, Look(), Words("en")) for _ in range(2))
    assert one == other
    assert "<title>Clay &amp; Kiln: Social media report, June 2027</title>" in one
    assert "script" not in one.replace("subscript", "")


@pytest.mark.parametrize("colour", ["#f2c14e", "#ffffff", "#000000", "#1f5f8b", "#00ff00", "#7f7f7f"])
def test_every_colour_of_a_brand_can_be_read(colour: str) -> None:
    page = render_client(report(), "EUR", DAY, Look(colour=colour), Words("en"))
    ink = re.search(r"--band-ink: (#\w{6})", page)
    accents = re.findall(r":root \{[^{}]*--accent: (#\w{6})", page)[-2:]
    assert ink is not None
    assert contrast(colour, ink[1]) >= 4.5
    assert contrast(accents[0], "#ffffff") >= 4.5
    assert contrast(accents[1], "#1b222b") >= 4.5
    assert readable("#1f5f8b", "#ffffff") == "#1f5f8b"


def test_a_logo_and_who_sends_it_are_shown() -> None:
    page = parse(
        render_client(report(), "EUR", DAY, Look(logo="data:image/png;base64,iVBO", prepared_by="Ann"), Words("de"))
    )
    assert page.one("img").attributes == {"src": "data:image/png;base64,iVBO", "alt": ""}
    assert "Erstellt von Ann" in page.text


def test_the_list_has_the_worst_first() -> None:
    good, bad = report(), report(period=Period(first=date(2027, 5, 1)))
    entries = [
        ClientEntry(report=msgspec.structs.replace(made, business=name), file=f"{name}.html", state=state)
        for name, made, state in (
            ("a", good, State.ON_TRACK), ("b", good, State.LOOK), ("c", bad, State.LOOK), ("d", good, State.OFF)
        )
    ]  # fmt: skip
    assert [entry.file for entry in worst_first(entries)] == ["d.html", "b.html", "c.html", "a.html"]
    page = parse(render_index(worst_first(entries), Look(), Words("en")))
    assert [item.attributes["href"] for item in page.all() if item.tag == "a"] == [
        "d.html",
        "b.html",
        "c.html",
        "a.html",
    ]


@pytest.mark.parametrize(
    ("text", "first", "months"),
    [("2027-06", date(2027, 6, 1), 1), ("2027-Q2", date(2027, 4, 1), 3), (" 2027-q4 ", date(2027, 10, 1), 3)],
)
def test_periods_as_they_are_typed(text: str, first: date, months: int) -> None:
    assert read_period(text) == Period(first=first, months=months)


@pytest.mark.parametrize(
    "text", ["2027", "2027-13", "2027-00", "2027-Q5", "0001-01", "9999-01", "٢٠٢٧-01", "2027-06-01"]
)
def test_what_is_no_period(text: str) -> None:
    assert read_period(text) is None


def test_the_last_whole_month_ends_on_the_day_or_before() -> None:
    assert last_whole_month(date(2027, 6, 30)).first == date(2027, 6, 1)
    assert last_whole_month(date(2027, 6, 29)).first == date(2027, 5, 1)
    assert last_whole_month(date(2027, 1, 5)).last == date(2026, 12, 31)
    assert JUNE.before.first == date(2027, 5, 1)
    assert JUNE.year_before.last == date(2026, 6, 30)


def test_names_of_files_are_plain_and_each_is_there_once() -> None:
    given = ("Clay & Kiln", "Töpferei Grün", "clay-kiln", "../../etc", "CON", "index", "🏺", "", "a" * 200)
    assert safe_file_names(given, "index", default="business") == (
        "clay-kiln", "töpferei-grün", "clay-kiln-2", "etc", "con-2", "index-2", "business", "business-2", "a" * 60
    )  # fmt: skip

"""The calendar's sheets compute what `smsheets.plan` computes: same posts in, same counts, gaps, shares, links out."""

from __future__ import annotations

import io
import random
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
import pytest

from smsheets.layout.content import Content, fill, starting_content
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout
from smsheets.plan.cadence import gap_to_wanted, weekly_counts, weeks_kept
from smsheets.plan.calendar import Calendar, MixTarget, MixView, Post
from smsheets.plan.content import compute_mix
from smsheets.plan.record import round_figure
from smsheets.profile import Profile
from smsheets.spec.load import load_spec
from smsheets.spec.reference import load_platforms
from smsheets.spec.vocabulary import Value
from smsheets.writer.workbook import write_workbook

AS_OF = date(2027, 7, 5)
WEEK = date(2027, 6, 28)
CHANNELS = ("instagram", "facebook", "x")
WANTED: dict[str, tuple[int, int | None] | None] = {"instagram": (2, 4), "facebook": (1, None), "x": None}
PILLARS = {"how_to": Decimal("0.5"), "customers": Decimal("0.3"), "products": Decimal("0.2")}
MIX_VIEW = MixView(from_day=date(2027, 5, 1), to_day=date(2027, 7, 31))


class Computed:
    """A written workbook's cached values by table and column."""

    def __init__(self, content: Content, language: str = "en", country: str = "DE") -> None:
        profile = Profile(channels=CHANNELS, start=date(2027, 1, 1), language=language, country=country)
        rows = {name: len(values) for name, values in content.tables.items()}
        self.layout: Layout = place_workbook(load_spec("calendar"), profile, rows)
        buffer = io.BytesIO()
        assert write_workbook(self.layout, fill(self.layout, content), buffer)
        self.book = openpyxl.load_workbook(buffer, data_only=True)

    def column(self, table_id: str, column_id: str, repetition: int = 0) -> list[object]:
        """The values of a column from the first data row on; an empty text is None."""
        table = self.layout.tables[table_id]
        col = table.repetitions[column_id][repetition].col
        sheet = self.book[table.sheet]
        return [_plain(sheet.cell(row, col).value) for row in range(table.first_row, table.last_row + 1)]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.date()
    return None if value == "" else value


def random_posts(count: int) -> list[Post]:
    """Posts of every sort, also half filled ones."""
    chance, later = random.Random(11), random.Random(12)

    def pick(*values: str | None) -> str | None:
        return chance.choice(values)

    def day(first: int, last: int) -> date | None:
        return date(2027, 1, 1) + timedelta(days=chance.randint(first, last)) if chance.random() < 0.9 else None

    return [
        Post(
            post_id=f"P{number}",
            date=day(90, 220),
            time=later.choice([None, time(9, 30), time(18), time(23, 59)]),
            title=later.choice([None, "Ice cream bowls", "A plate rim in ten seconds", "🎉 Twenty letters or so"]),
            channel=pick(*CHANNELS, *CHANNELS, None),
            pillar=pick(*PILLARS, "community", None),
            status=pick("published", "published", "draft", "scheduled", "idea", "cancelled", None),
            published_on=day(90, 220) if chance.random() < 0.3 else None,
            copy=pick("New bowls", None),
            hashtags=pick("#clay", None),
            link=pick(None, "https://a.example/b", "https://a.example/b?c=d", "https://a.example/#e"),
            utm_source=pick(None, "x"),
            utm_medium=pick(None, "paid social"),
            utm_campaign=pick(None, "summer"),
        )
        for number in range(1, count + 1)
    ]


def _row(post: Post) -> dict[str, Value]:
    values = {name: getattr(post, name) for name in Post.__struct_fields__ if name != "where"}
    return {
        name: value.isoformat() if isinstance(value, date) else f"{value:%H:%M}" if isinstance(value, time) else value
        for name, value in values.items()
        if value is not None
    }


POSTS = random_posts(300)
CALENDAR = Calendar(
    posts=tuple(POSTS),
    mix_targets=tuple(
        MixTarget(pillar=pillar, promotional=pillar == "products", target_share=share)
        for pillar, share in PILLARS.items()
    ),
    mix_view=MIX_VIEW,
)


@pytest.fixture(scope="module")
def computed() -> Computed:
    forms: dict[str, dict[str, Value]] = {
        "start": {"as_of": AS_OF.isoformat(), "period_start": "2027-01-01"},
        "month_view": {"month": "2027-06-15"},
        "cadence_view": {"week_of": (WEEK + timedelta(days=3)).isoformat()},
        "mix_view": {"from_day": "2027-05-01", "to_day": "2027-07-31"},
    }
    wanted: list[dict[str, Value]] = [
        {"channel": channel, "low": pair[0], "high": pair[1]} for channel, pair in WANTED.items() if pair
    ]
    mix: list[dict[str, Value]] = [
        {"pillar": pillar, "promotional": pillar == "products", "target_share": float(share)}
        for pillar, share in PILLARS.items()
    ]
    key_dates: list[dict[str, Value]] = [{"date": "2027-06-17", "name": "Craft market"}]
    tables: dict[str, list[dict[str, Value]]] = {
        "posts": [_row(post) for post in POSTS],
        "cadence_wanted": wanted,
        "mix_targets": mix,
        "key_dates": key_dates,
        "text_limits": [{"channel": "x", "limit": 280}],
    }
    return Computed(Content(forms=forms, tables={**tables}))


def test_posts(computed: Computed) -> None:
    assert computed.column("posts", "out_on")[: len(POSTS)] == [post.out_on for post in POSTS]
    assert computed.column("posts", "tracked_link")[: len(POSTS)] == [post.tracked_link for post in POSTS]
    lengths = [len(post.full_text) or None for post in POSTS]
    assert computed.column("posts", "characters")[: len(POSTS)] == lengths
    limits = [280 if post.channel == "x" else None for post in POSTS]
    assert computed.column("posts", "limit")[: len(POSTS)] == limits


def _gap(channel: str, planned: int) -> float | None:
    pair = WANTED[channel]
    low, high = pair if pair is not None else (None, None)
    gap = gap_to_wanted(planned, None if low is None else Decimal(low), None if high is None else Decimal(high))
    return None if gap is None else float(gap)


def test_the_week_shown(computed: Computed) -> None:
    (weeks,) = zip(*(weekly_counts(POSTS, channel, [WEEK]) for channel in CHANNELS), strict=True)
    assert computed.column("cadence_now", "planned")[:3] == [week.planned for week in weeks]
    assert computed.column("cadence_now", "published")[:3] == [week.published for week in weeks]
    gaps = [_gap(channel, week.planned) for channel, week in zip(CHANNELS, weeks, strict=True)]
    assert computed.column("cadence_now", "gap")[:3] == gaps
    assert set(computed.column("cadence_now", "planned")[3:]) == {None}, "spare places stay blank"


@pytest.mark.parametrize("place", range(len(CHANNELS)))
def test_every_week_and_channel(computed: Computed, place: int) -> None:
    mondays = computed.column("cadence_planned", "from_day")
    inside = [n for n, value in enumerate(computed.column("cadence_planned", "planned", place)) if value is not None]
    assert len(inside) > 15
    weeks = weekly_counts(POSTS, CHANNELS[place], [mondays[n] for n in inside])  # type: ignore[misc]
    planned = computed.column("cadence_planned", "planned", place)
    published = computed.column("cadence_published", "published", place)
    gaps = computed.column("cadence_gaps", "gap", place)
    assert [planned[n] for n in inside] == [week.planned for week in weeks]
    assert [published[n] or 0 for n in inside] == [week.published for week in weeks]
    assert [gaps[n] for n in inside] == [_gap(CHANNELS[place], week.planned) for week in weeks]


def test_planned_and_published_a_week_are_of_the_weeks_the_report_counts(computed: Computed) -> None:
    mondays = weeks_kept(CALENDAR, AS_OF)
    assert computed.column("cadence_wanted", "weeks_counted")[:2] == [len(mondays)] * 2
    assert computed.column("cadence_wanted", "counted_from")[0] == mondays[0]
    for place, channel in enumerate(channel for channel in CHANNELS if WANTED[channel]):
        weeks = weekly_counts(POSTS, channel, mondays)
        for column in ("planned", "published"):
            each = Decimal(sum(getattr(week, column) for week in weeks)) / len(mondays)
            shown = computed.column("cadence_wanted", f"{column}_weekly")[place]
            assert shown == float(round_figure(each, Decimal("0.1"))), column


@pytest.mark.parametrize(
    ("as_of", "shown"),
    [
        ("2027-06-01", [2.0, None, 0]),  # nothing is over: what is planned, over the days of the plan
        ("2027-06-14", [2.0, None, 0]),
        ("2027-06-20", [1, 1, 1]),
        ("2027-06-27", [1.5, 0.5, 2]),
        ("2027-07-05", [1.3, 0.3, 3]),
    ],
)
def test_weeks_that_are_not_over_are_not_counted(as_of: str, shown: list[float | None]) -> None:
    days = {"2027-06-15": "published", "2027-06-23": "draft", "2027-06-27": "draft", "2027-06-28": "draft"}
    posts: list[dict[str, Value]] = [{"date": day, "channel": "x", "status": word} for day, word in days.items()]
    forms: dict[str, dict[str, Value]] = {"start": {"as_of": as_of, "period_start": "2027-01-01"}}
    tables: dict[str, list[dict[str, Value]]] = {"posts": posts, "cadence_wanted": [{"channel": "x", "low": 2}]}
    small = Computed(Content(forms=forms, tables=tables))
    columns = ("planned_weekly", "published_weekly", "weeks_counted")
    assert [small.column("cadence_wanted", column)[0] for column in columns] == shown


def test_mix(computed: Computed) -> None:
    mix = compute_mix(CALENDAR)
    assert computed.column("mix_targets", "planned")[:3] == [row.planned_posts for row in mix.pillars]
    for column in ("planned", "published"):
        shares = [float(getattr(row, column)) for row in mix.pillars]
        assert computed.column("mix_targets", f"{column}_share")[:3] == pytest.approx(shares)
        sides = [float(getattr(mix.promotional, column)), float(getattr(mix.other, column))]
        assert computed.column("mix_balance", f"{column}_share") == pytest.approx(sides)
    form = computed.layout.forms["mix_view"]
    left_out = computed.book[form.sheet].cell(form.row_of["without_pillar"], form.value_col).value
    assert left_out == mix.left_out


def test_month_view(computed: Computed) -> None:
    june = [date(2027, 6, day) for day in range(1, 31)]
    assert computed.column("month_days", "date") == [*june, None]
    counts = [sum(post.is_planned and post.date == day for post in POSTS) or None for day in june]
    assert computed.column("month_days", "posts")[:30] == counts
    tuesdays = computed.column("month_grid", "day", 1)
    days = [re.match(r"\d+(?= |\n|$)", str(text)) for text in tuesdays[:5]]
    assert [found and found[0] for found in days] == ["1", "8", "15", "22", "29"]
    thursday = str(computed.column("month_grid", "day", 3)[2]).split("\n")
    assert thursday[0].startswith("17 ")
    assert thursday[0].endswith(" · Craft market")


def _shown(post: Post) -> str:
    """A post in its day of the month view."""
    words = (post.title or post.copy or "").replace("\n", " ")
    sign = "✓ " if post.status == "published" else "! " if (post.date or AS_OF) < AS_OF else ""
    name = load_platforms()[post.channel].name if post.channel else ""
    return f"{sign}{name}: {words[:18]}{'…' if len(words) > 18 else ''}"


def test_a_day_shows_its_first_three_posts_in_the_order_of_their_times(computed: Computed) -> None:
    in_grid = {
        int(re.findall(r"^\d+", str(text))[0]): str(text).split("\n")
        for place in range(7)
        for text in computed.column("month_grid", "day", place)
        if text
    }
    assert sorted(in_grid) == list(range(1, 31))
    most = 0
    for day, (first, *lines) in in_grid.items():
        posts = [post for post in POSTS if post.is_planned and post.date == date(2027, 6, day)]
        posts.sort(key=lambda post: post.time or time())
        assert [line for line in lines if line] == [_shown(post) for post in posts[:3]], day
        assert (f"(+{len(posts) - 3})" in first) == (len(posts) > 3)
        most = max(most, len(posts))
    assert most > 3


@pytest.mark.parametrize(
    ("as_of", "shown"),
    [
        ("2027-03-31", "2027-03-01"),
        ("2026-11-29", "2027-01-01"),
        ("2028-01-01", "2027-01-01"),
        ("2027-12-31", "2027-12-01"),
    ],
)
def test_the_month_view_opens_on_the_month_of_the_as_of_date(as_of: str, shown: str) -> None:
    content = Content(forms={"start": {"period_start": "2027-01-01", "months": 12, "as_of": as_of}})
    assert Computed(content).column("month_days", "date")[0] == date.fromisoformat(shown)


def test_every_month_can_be_picked(computed: Computed) -> None:
    months = [date(2027, month, 1) for month in range(1, 13)]
    assert computed.column("months_shown", "month") == months
    counts = [
        sum(post.is_planned and post.date.replace(day=1) == month for post in POSTS if post.date) for month in months
    ]
    assert [count or 0 for count in computed.column("months_shown", "planned")] == counts


@pytest.mark.parametrize("country", ["DE", "US"])
def test_the_week_begins_as_in_the_country(country: str) -> None:
    content = Content(forms={"start": {"period_start": "2027-08-01"}})
    days = Computed(content, country=country).column("month_grid", "day")
    first = {"DE": None, "US": "1"}[country]
    assert (str(days[0]).partition("\n")[0] if days[0] else None) == first, "1 August 2027 is a Sunday"


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_blank_workbook_shows_no_zeros_and_no_errors(language: str) -> None:
    profile = Profile(channels=CHANNELS, language=language)
    blank = Computed(starting_content(load_spec("calendar"), profile), language)
    for table in blank.layout.tables.values():
        for column in table.columns:
            if column.spec.formula is not None and table.spec.id not in ("month_days", "month_grid"):
                values = set(blank.column(table.spec.id, column.spec.id, column.item.n - 1 if column.item else 0))
                assert 0 not in values, (table.spec.id, column.spec.id)
    errors = [cell.value for sheet in blank.book for row in sheet.iter_rows() for cell in row if cell.data_type == "e"]
    assert errors == []


def test_the_month_view_is_there_before_any_post() -> None:
    blank = Computed(starting_content(load_spec("calendar"), Profile(channels=CHANNELS)))
    assert set(blank.column("month_days", "posts")) == {None}

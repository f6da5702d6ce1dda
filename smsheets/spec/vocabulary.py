"""The words that a spec is written in: types of cells, looks, where lists and rows come from, kinds of charts."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

from msgspec import Meta

Identifier = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
Value = str | int | float | bool | None
TimeUnit = Literal["hour", "day", "week"]


class FieldType(Enum):
    """What a cell holds. `percent` is a share (0.05 is shown as 5 %); `month` is a month's first day."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    INTEGER = "integer"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    MONTH = "month"
    TIME = "time"
    YES_NO = "yes_no"
    ID = "id"
    LINK = "link"


NUMBER_TYPES = (FieldType.NUMBER, FieldType.INTEGER, FieldType.MONEY, FieldType.PERCENT)
DAY_TYPES = (FieldType.DATE, FieldType.MONTH)
TEXT_TYPES = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ID, FieldType.LINK)


class Look(Enum):
    """A conditional look, by role. The words in the cell say the same, so colour is never alone.

    `share`, `day`, `moment` change no colour: they show a number as a percentage, as a day, as a day with its time.
    `hidden` is for what a chart reads and nobody else: `#N/A`.
    """

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"
    MUTED = "muted"
    INFO = "info"
    BAR = "bar"
    BAR_DONE = "bar_done"
    MARKER = "marker"
    SHARE = "share"
    HIDDEN = "hidden"
    DAY = "day"
    MOMENT = "moment"


class ListSource(Enum):
    """Where the values of a list come from.

    `channels` and `people` are the business's; `metrics` are in kpis.yaml, `tools` in tools.yaml, which only
    suggests; `weekdays` are named in the workbook's language, Monday first, as are days of closing (`weekends`).
    """

    CHANNELS = "channels"
    PEOPLE = "people"
    METRICS = "metrics"
    TOOLS = "tools"
    WEEKDAYS = "weekdays"
    WEEKENDS = "weekends"


class RowSource(Enum):
    """Where rows of a new workbook come from that depend on the business (see `smsheets.layout.prefill`)."""

    CHANNELS = "channels"
    CHANNEL_ADS = "channel_ads"
    CHANNEL_CADENCE = "channel_cadence"
    CHANNEL_PLAN = "channel_plan"
    CHANNEL_KPIS = "channel_kpis"
    KPI_DEFINITIONS = "kpi_definitions"
    KEY_DATES = "key_dates"
    MONTHS = "months"
    PUBLIC_HOLIDAYS = "public_holidays"
    TEXT_LIMITS = "text_limits"


class SeriesRole(Enum):
    """What a chart's series stands for; each has one colour in all charts."""

    PLANNED = "planned"
    ACTUAL = "actual"
    TARGET = "target"


class ChartKind(Enum):
    """The chart kinds that Excel, Google Sheets and LibreOffice all draw."""

    COLUMN = "column"
    BAR = "bar"
    LINE = "line"
    PIE = "pie"

"""Values that are hostile to whoever reads them: texts against patterns, numbers without end, words nobody knows.

Each stands in a valid template, so that it comes as far as the reading of its cell and the check of the formulas.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from made_files import Raw, around, attack, cell, in_part, layout_of, on_template, sheet_of, sheet_part, with_rows
from make_xlsx import HEAD, MAIN, OFFICE

from smsheets.cells import column_letters

LONG = 32_767

BOMBS = (
    "1" * LONG,
    "1," * 16_000 + "x",
    "1.1" * 10_000,
    "1 " * 16_000,
    "(" * LONG,
    "-" * LONG,
    "%" * LONG,
    "€" * LONG,
    "eur" * 10_000,
    "€1" * 16_000,
    "12 " + "k" * LONG,
    "a" * LONG + "1",
    "a " * 16_000 + "1",
    "~ " * 16_000,
    "12" + "." * LONG + "x",
    "1'" * 16_000,
    "1.000," * 5_000,
    "31.12." * 5_000,
    "31" + " " * LONG + "x",
    "31-" * 10_000,
    "31 jan " * 4_000,
    "january" + "-" * LONG,
    "2027" + " .," * 10_000,
    "mon, " * 6_000,
    "12:30 " * 5_000,
    "," * LONG,
    ", " * 16_000,
    " and " * 6_000,
    "a/b/" * 8_000,
    "a & " * 8_000,
    "abc/" * 8_000 + "+",
    "- • * " * 5_000,
    "\t \n" * 10_000,
    "http://" + "a" * LONG,
    "www." * 8_000,
    "Ǆ" * LONG,
    "ﷺ" * LONG,  # eighteen characters each, once it is normalised
    "̀" * LONG,
    "a" + "̖̀" * 16_000,
    "\u202e" * LONG,
    "👨‍👩‍👧‍👦" * 4_000,
    "smsheets " + "a" * LONG + " v1",
    "smsheets budget v" + "9" * LONG,
)

NUMBERS = (
    Raw('n"><v>1e308</v>'),
    Raw('n"><v>-1e308</v>'),
    Raw('n"><v>-0</v>'),
    Raw('n"><v>-0.0</v>'),
    Raw('n"><v>NaN</v>'),
    Raw('n"><v>INF</v>'),
    Raw('n"><v>Infinity</v>'),
    Raw('n"><v>1e999</v>'),
    Raw('n"><v>5e-324</v>'),
    Raw(f'n"><v>{"9" * 10_000}</v>'),
    Raw(f'n"><v>-{"9" * 10_000}</v>'),
    Raw(f'n"><v>0.{"9" * 30_000}</v>'),
    Raw(f'n"><v>{"9" * 4_000}</v>'),
    Raw(f'n"><v>{"٣" * 300}</v>'),
    Raw('n"><v>1_000</v>'),
    Raw('n"><v>0x10</v>'),
    Raw('n"><v>2958465.999999</v>'),
    Raw('n"><v>99999999999</v>'),
    Raw('d"><v>9999-12-31T23:59:59.999999</v>'),
    Raw('d"><v>0001-01-01T00:00:00+23:59</v>'),
    Raw('d"><v>24:00:00</v>'),
    Raw('b"><v>9</v>'),
    Raw('e"><v>#EVIL&#10;!</v>'),
    Raw('str"><f>1+1</f><v>&#9;</v>'),
    Raw('n"><f t="shared" si="0"/><v>1</v>'),
    Raw('n"><f>' + "(" * 4_000 + "1" + ")" * 4_000 + "</f><v>1</v>"),
    Raw('n"><f>' + "+".join(["1"] * 15_000) + "</f><v>1</v>"),
    Raw('n"><f>' + "IF(" * 1_000 + "1" + ")" * 1_000 + "</f>"),
    "1E+999999",
    "1E+999999999999999999",
    "-1e-999999999",
    "Infinity",
    "NaN",
    "sNaN123",
    "9" * 5_000,
    "0." + "0" * 5_000 + "1",
    "1" + ".000" * 8_000,
    "1" + ",00" * 8_000 + ",000",
    "31.12.9999",
    "99.99.9999",
    "0000-00-00",
    "29.02.2027",
    "31.12.٢٠٢٧",
    "٣٫٥",
    "²",
    "²²:³³",
    "1٣.1٣.2027",
    "Ⅷ",
    "๑๒",
    "=1+1",
    "=cmd|'/c calc'!A1",
    "@SUM(1)",
    "{=1}",
    "#REF!",
    "{column}",
    "{0.__class__}",
    "%s%n",
    "[red]x[/red][link=http://x]y[/link]",
    "\u2028\u2029\x85",
)


def _keys(kind: str, table: str) -> list[str]:
    return [column.key for column in layout_of(kind).tables[table].columns if column.spec.formula is None]


def _everywhere(kind: str, table: str, values: Iterable[object]) -> Iterator[Mapping[str, object]]:
    """Each value in every input column of a row of its own."""
    keys = _keys(kind, table)
    for value in values:
        yield dict.fromkeys(keys, value)


@attack()
def pattern_bombs_in_posts(path: Path) -> None:
    with_rows(path, "calendar", "posts", _everywhere("calendar", "posts", BOMBS))


@attack()
def pattern_bombs_in_budget(path: Path) -> None:
    with_rows(path, "budget", "lines", _everywhere("budget", "lines", BOMBS))


@attack()
def pattern_bombs_in_kpis(path: Path) -> None:
    with_rows(path, "kpi-report", "post_results", _everywhere("kpi-report", "post_results", BOMBS))


@attack()
def pattern_bombs_in_initiatives(path: Path) -> None:
    with_rows(path, "roadmap", "initiatives", _everywhere("roadmap", "initiatives", BOMBS))


@attack()
def pattern_bombs_in_goals(path: Path) -> None:
    with_rows(path, "strategy", "goals", _everywhere("strategy", "goals", BOMBS))


@attack()
def odd_numbers_in_posts(path: Path) -> None:
    with_rows(path, "calendar", "posts", _everywhere("calendar", "posts", NUMBERS))


@attack()
def odd_numbers_in_budget(path: Path) -> None:
    with_rows(path, "budget", "lines", _everywhere("budget", "lines", NUMBERS))


@attack()
def odd_numbers_in_kpis(path: Path) -> None:
    with_rows(path, "kpi-report", "kpis", _everywhere("kpi-report", "kpis", NUMBERS))


@attack()
def odd_numbers_in_initiatives(path: Path) -> None:
    with_rows(path, "roadmap", "initiatives", _everywhere("roadmap", "initiatives", NUMBERS))


@attack()
def odd_numbers_in_goals(path: Path) -> None:
    with_rows(path, "strategy", "goals", _everywhere("strategy", "goals", NUMBERS))


def _of_a_stranger(path: Path, rows: Iterable[Iterable[str]]) -> None:
    """A workbook with one sheet of texts, and nothing that says it is ours."""
    sheets = '<sheet name="Plan" sheetId="1" r:id="rId1"/>'
    book = f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    lines = (
        f'<row r="{n}">'
        + "".join(cell(f"{column_letters(col)}{n}", text) for col, text in enumerate(row, 1))
        + "</row>"
        for n, row in enumerate(rows, 1)
    )
    properties = HEAD + "<Properties/>"
    on_template(
        path,
        {"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet_of(lines), "docProps/custom.xml": properties},
    )


BOMBS_FOR_ADOPT = (
    "1 T-" * 8_000,
    "1" + " " * LONG + "x",
    " " * LONG + "x",
    "1" * 60,
    "1 T-, " * 10,
    "IG" + " " * LONG + "x",
    "a-" * 16_000,
    "(" * LONG,
)


@attack("this workbook was not made by smsheets")
def pattern_bombs_of_a_stranger(path: Path) -> None:
    """For the patterns of other people's calendars, in every column."""
    bombs = [bomb[:LONG] for bomb in (*BOMBS, *BOMBS_FOR_ADOPT) if "smsheets" not in bomb and "👨" not in bomb]
    good = ["2027-01-04", "Instagram", "Hello", "10:00", "draft"]
    rows = ([bomb if col == at else text for at, text in enumerate(good)] for col in range(5) for bomb in bombs)
    _of_a_stranger(path, [["Date", "Platform", "Caption", "Time", "Status"], good, *rows, [*good[:4], "x"]])


@attack("this workbook was not made by smsheets")
def rows_of_a_stranger_without_end(path: Path) -> None:
    rows = (["2027-01-04", "Instagram", f"Post {n}"] for n in range(50_000))
    _of_a_stranger(path, itertools.chain([["Date", "Platform", "Caption"]], rows))


@attack("this workbook was not made by smsheets")
def platforms_of_a_stranger_without_end(path: Path) -> None:
    rows = (["2027-01-04", f"Platform {n}", f"Post {n}"] for n in range(1_600))
    _of_a_stranger(path, itertools.chain([["Date", "Platform", "Caption"]], rows))


@attack("this workbook was not made by smsheets")
def months_of_a_stranger_without_end(path: Path) -> None:
    months = [f"{month:02}/{2000 + year}" for year in range(20) for month in range(1, 13)]
    rows = ([f"Ads {n}", *["120"] * len(months)] for n in range(100))
    _of_a_stranger(path, itertools.chain([["Category", *months]], rows))


@attack("this workbook was not made by smsheets")
def own_columns_of_a_stranger_without_end(path: Path) -> None:
    own = range(900)
    rows = (["2027-01-04", "Instagram", f"Post {n}", *[f"Note {n} {m}" for m in own]] for n in range(200))
    _of_a_stranger(path, itertools.chain([["Date", "Platform", "Caption", *[f"Own {m}" for m in own]]], rows))


SHARED = Raw('s"><v>0</v>')


def _one_text(text: str) -> dict[str, Iterator[str]]:
    """This text becomes the first shared one."""
    return {"xl/sharedStrings.xml": _first_text(text)}


def _first_text(text: str) -> Iterator[str]:
    head, _, rest = in_part("xl/sharedStrings.xml", "<si>", f"<si><t>{text}</t></si><si>", "calendar").partition("<si>")
    yield head + "<si>" + rest


@attack()
def one_long_text_in_every_cell(path: Path) -> None:
    """Thirty thousand characters, named by three hundred thousand cells."""
    keys = _keys("calendar", "posts")
    rows = (dict.fromkeys(keys, SHARED) for _ in range(4_900))
    with_rows(path, "calendar", "posts", rows, _one_text("1, " * 10_900))


@attack()
def wrong_word_in_every_cell(path: Path) -> None:
    keys = _keys("calendar", "posts")
    rows = (dict.fromkeys(keys, f"word {number}") for number in range(4_900))
    with_rows(path, "calendar", "posts", rows)


@attack()
def wrong_word_in_every_amount(path: Path) -> None:
    keys = _keys("budget", "lines")
    rows = (dict.fromkeys(keys, f"word {number}") for number in range(2_400))
    with_rows(path, "budget", "lines", rows)


@attack("the table 'Posts' has more than 5,000 filled rows.")
def rows_without_end(path: Path) -> None:
    with_rows(path, "calendar", "posts", ({"title": "x"} for _ in range(100_000)))


@attack()
def the_same_id_in_every_row(path: Path) -> None:
    rows = ({_keys("calendar", "posts")[0]: "P1", _keys("calendar", "posts")[1]: "x"} for _ in range(4_900))
    with_rows(path, "calendar", "posts", rows)


@attack()
def unknown_ids_in_every_row(path: Path) -> None:
    """Ids of rows that are not there, each to be compared with all that are."""
    rows = ({"initiative_id": f"I{n}", "initiative": f"x{n}", "depends_on": f"I-{n}, I_{n}"} for n in range(4_900))
    with_rows(path, "roadmap", "initiatives", rows)


@attack()
def initiatives_that_wait_for_each_other(path: Path) -> None:
    rows = ({"initiative_id": f"I{n}", "initiative": f"x{n}", "depends_on": f"I{n + 1}"} for n in range(1, 4_900))
    with_rows(path, "roadmap", "initiatives", rows)


@attack()
def posts_that_look_alike(path: Path) -> None:
    noise = random.Random(1)
    words = [noise.randbytes(4).hex() for _ in range(400)]
    rows = (
        {
            "post_id": f"P{n}",
            "date": 46_400 + n % 300,
            "copy": " ".join(noise.choices(words, k=60)),
            "channel": "Instagram",
        }
        for n in range(4_900)
    )
    with_rows(path, "calendar", "posts", rows)


AWKWARD = (
    "a" + "\u0316\u0301" * 16_000,
    "👨‍👩‍👧‍👦" * 4_000,
    "🇩🇪" * 16_000,
    "क्षत्रिय" * 4_000,
    "www.a.de " * 3_500,
    "@a@b.c " * 4_500,
    "#1a" * 10_000,
    "Grüße " * 5_000,
)


@attack()
def posts_that_take_long_to_count(path: Path) -> None:
    """Accents, emojis, addresses and hashtags without end, each text another one."""
    channels = ("X", "Mastodon", "Threads", "Bluesky")
    rows = (
        {"post_id": f"P{n}", "date": 46_400 + n, "copy": f"{n} {AWKWARD[n % 8]}"[:LONG], "channel": channels[n % 4]}
        for n in range(300)
    )
    with_rows(path, "calendar", "posts", rows)


@attack()
def inputs_that_were_never_calculated(path: Path) -> None:
    formula = Raw('n"><f>' + "(" * 500 + "A1" + ")" * 500 + "</f>")
    keys = _keys("calendar", "posts")
    with_rows(path, "calendar", "posts", (dict.fromkeys(keys, formula) for _ in range(2_000)))


def _facts(**facts: str) -> dict[str, Iterator[str]]:
    """The hidden sheet says something else."""
    part = f"xl/worksheets/sheet{len(layout_of('calendar').sheets) + 2}.xml"
    rows = (
        f'<row r="{2 + n}"><c r="A{2 + n}" t="inlineStr"><is><t>{name}</t></is></c>'
        f'<c r="B{2 + n}" t="inlineStr"><is><t>{value}</t></is></c></row>'
        for n, (name, value) in enumerate(facts.items())
    )
    return {part: around(part, '<row r="2"', rows)}


@attack()
def facts_without_end(path: Path) -> None:
    many = ",".join(f"channel {n}" for n in range(3_000))
    facts = {"months": "9" * 5_000, "start": "9999-12-01", "channels": many[:32_000], "version": "9" * 5_000}
    on_template(path, _facts(smsheets="calendar", language="xx", currency="X" * 9_000, country="../../x", **facts))


@attack()
def facts_in_odd_digits(path: Path) -> None:
    on_template(path, _facts(smsheets="calendar", months="²", version="²", start="0001-01-01", country="[red]"))


@attack()
def kind_that_is_a_path(path: Path) -> None:
    on_template(path, _facts(smsheets="../../../etc/passwd", language="../../x"))


@attack()
def start_values_without_end(path: Path) -> None:
    """On the first sheet, and the hidden sheet is gone."""
    part = sheet_part("calendar", "Start here")
    text = "".join(around(part, "</sheetData>", []))
    on_template(path, {part: text.replace("<v>12</v>", f"<v>{'9' * 300}.5</v>"), "docProps/custom.xml": ""})

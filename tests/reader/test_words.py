"""Words as people type them: yes and no, labels, several things in one cell."""

from __future__ import annotations

import pytest

from smsheets.reader.values.words import normal_label, parse_yes_no, split_many


@pytest.mark.parametrize(
    "text", ["Yes", "y", "TRUE", "1", "x", "X", "✓", "✔️", "Ja", "Oui", "Sí", "sì", "sim", "wahr", "waar", " yes* "]
)
def test_yes(text: str) -> None:
    assert parse_yes_no(text) is True


@pytest.mark.parametrize(
    "text", ["No", "n", "false", "0", "nein", "Non", "nee", "não", "falsch", "onwaar", "falso", "✗"]
)
def test_no(text: str) -> None:
    assert parse_yes_no(text) is False


@pytest.mark.parametrize("text", ["", "maybe", "yes and no", "2", "-", "?"])
def test_neither_yes_nor_no(text: str) -> None:
    assert parse_yes_no(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Planned   Amount * ", "planned amount"),
        ("Date:", "date"),
        ("Straße", "strasse"),
        ("Ｄａｔｅ", "date"),
        ("Owner’s “note”", 'owner\'s "note"'),
        ("Post\u00a0ID\n(short)", "post id (short)"),
        ("Cha\u00adnnel\u200b", "channel"),
        ("*", ""),
    ],
)
def test_labels(text: str, expected: str) -> None:
    assert normal_label(text) == expected


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Instagram, Facebook; X / TikTok\nThreads & Bluesky", "Instagram|Facebook|X|TikTok|Threads|Bluesky"),
        ("Instagram/Facebook", "Instagram|Facebook"),
        ("Instagram+TikTok + Google+", "Instagram|TikTok|Google+"),
        ("TikTok and Pinterest und LinkedIn", "TikTok|Pinterest|LinkedIn"),
        ("A/B test", "A/B test"),
        ("Q&A, R&D", "Q&A|R&D"),
        ("1,200 and 1,5", "1,200|1,5"),
        ("• Reel\n• Story", "Reel|Story"),
        ("- Reel\r\n- Story", "Reel|Story"),
        ("https://example.com/abc/def, www.example.com/abc", "https://example.com/abc/def|www.example.com/abc"),
        ("Brandland", "Brandland"),
        ("behind-the-scenes", "behind-the-scenes"),
        (" , ; ", ""),
    ],
)
def test_several_things_in_one_cell(text: str, pieces: str) -> None:
    assert split_many(text) == tuple(pieces.split("|") if pieces else ())

"""Wording that is not used any more, with what is written in its place: see `test_gone_words.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

GONE: Mapping[str, Mapping[str, str]] = {
    "en": {
        r"work(s|ed|ing)? (themselves|itself) out": "is calculated",
        r"works? it out itself": "calculates it",
        r"to look at:": "needs attention: ",
        r"lines over:": "3 lines over budget",
        r"there are (only )?(\d|\{\})": "needs 7 h, 2 h are available",
        r"posts as wanted": "wanted posts published",
        r"of all planned work": "planned work: 40% done, 58% expected",
        r"dear(er|est)?": "expensive, more expensive, most expensive",
        r"asleep|sleeping|sleeps": "no posts for 30 days",
        r"(un)?folds? (out|away|them)|folded (on|away)": "click the + above the columns",
        r"on their way": "on course",
        r"way done|time gone": "progress, time elapsed",
        r"two-factor (on|off|is off|is on)": "two-factor login",
    },
    "de": {
        r"da sind (\d|\{\})": "verfügbar sind 2",
        r"Zeilen darüber:": "3 Posten überschritten",
        r"wird zu spät": "voraussichtlich zu spät",
        r"Weg geschafft": "Fortschritt",
        r"zweiter?n? Faktor": "Zwei-Faktor-Anmeldung",
        r"digitale Güter": "Website und Lizenzen",
        r"nur Rest": "nur Guthaben",
        r"schläft|schlafend\w*|schlafen": "kein Beitrag seit 30 Tagen",
        r"(auf|aus|ein)(ge)?klapp\w*": "mit dem + über den Spalten öffnen Sie",
        r"(be)?rechne[nt] sich (von )?selbst|rechnet sich selbst": "wird berechnet",
        r"wie weit die Ziele sind|Ziele auf dem Weg": "Stand der Ziele, auf Kurs",
    },
}  # fmt: skip
"""Language -> pattern of what is gone -> what is written now. Names in braces are `{}` in what is searched."""

_WORDS = {language: re.compile("|".join(rf"\b(?:{gone})" + r"(?!\w)" for gone in words), re.IGNORECASE)
          for language, words in GONE.items()}  # fmt: skip
_NAMES = re.compile(r"\{[^{}]*\}")


def gone_words(texts: Iterable[str], language: str) -> Iterator[str]:
    """Each text that has wording of the list, with what it has."""
    for text in texts:
        found = _WORDS[language].search(_NAMES.sub("{}", text))
        if found is not None:
            yield f"'{found[0]}' in: {text}"

"""HTML as a browser's parser would take it: elements with their attributes and texts, for tests of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})


@dataclass(slots=True)
class Element:
    """An element; `parts` are its texts and elements in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[Element | str] = field(default_factory=list)

    def all(self, tag: str = "", look: str = "") -> Iterator[Element]:
        """The elements below it of a tag, of a class, in order."""
        for part in self.parts:
            if isinstance(part, Element):
                if tag in ("", part.tag) and (not look or look in part.classes):
                    yield part
                yield from part.all(tag, look)

    def one(self, tag: str = "", look: str = "") -> Element:
        found = list(self.all(tag, look))
        assert len(found) == 1, f"{len(found)} of {tag}.{look}"
        return found[0]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """All text in it, spaces single."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            else:
                yield " "
                yield from part._texts()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice: {tag} {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].parts.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1].tag == tag, f"</{tag}> ends <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def parse(html: str) -> Element:
    """The tree of a page; refuses elements that are not closed in order, attributes twice, and comments."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert [element.tag for element in builder._open] == [""], "an element is not closed"
    return builder.root

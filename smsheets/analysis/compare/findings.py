"""The findings of two analyses: new, gone, still there - by the rule and what it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping

import msgspec

from smsheets.analysis.result import Finding


class FindingChanges(msgspec.Struct, frozen=True, kw_only=True):
    """Findings by what became of them, each list worst first. Those that are still there are told as they are now."""

    new: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()
    still: tuple[Finding, ...] = ()


def compare_findings(
    old: Iterable[Finding], new: Iterable[Finding], renamed: Mapping[tuple[str, str], str] | None = None
) -> FindingChanges:
    """What became of the findings. What is told below another finding of the same cause counts like any other.

    Of several with one name, those that say exactly the same are the same; then those of the same cause; then the rest.

    Args:
        renamed: Kind of workbook and old id -> new id, of rows that have another id now.
    """
    told, now = list(_each(old)), list(_each(new))
    before = [_with_new_id(finding, renamed or {}) for finding in told]
    still: set[int] = set()
    gone = dict.fromkeys(range(len(before)))
    for key in (_wording, _cause, _name):
        left: dict[Hashable, list[int]] = defaultdict(list)
        for number in gone:
            left[key(before[number])].append(number)
        for number, finding in enumerate(now):
            same = left[key(finding)] if number not in still else []
            if same:
                del gone[same.pop(0)]
                still.add(number)
    return FindingChanges(
        new=tuple(finding for number, finding in enumerate(now) if number not in still),
        gone=tuple(told[number] for number in gone),
        still=tuple(finding for number, finding in enumerate(now) if number in still),
    )


def _with_new_id(finding: Finding, renamed: Mapping[tuple[str, str], str]) -> Finding:
    about = renamed.get((finding.id.partition(".")[0], finding.about))
    return finding if about is None else msgspec.structs.replace(finding, about=about)


def _name(finding: Finding) -> Hashable:
    return finding.id, finding.about


def _cause(finding: Finding) -> Hashable:
    return finding.id, finding.about, finding.root


def _wording(finding: Finding) -> Hashable:
    return finding.id, finding.about, finding.root, tuple(sorted(finding.values.items(), key=lambda item: item[0]))


def _each(findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield msgspec.structs.replace(finding, also=())
        yield from finding.also

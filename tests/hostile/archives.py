"""Archives that lie: about their sizes, their number of parts, or where these lie and what they are called."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

from made_files import attack, in_part, on_template, parts_of, write
from make_xlsx import HEAD, OFFICE, RELS


def _zip(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


@attack("this file is not safe to open: its part xl/worksheets/sheet2.xml unpacks to more than 200 times its size.")
def high_ratio(path: Path) -> None:
    part = "xl/worksheets/sheet2.xml"
    write(path, {**parts_of(), part: parts_of()[part] + b" " * (99 << 20)}, level=9)


@attack("this workbook is too large: its part xl/worksheets/sheet2.xml goes over 100 MB when unpacked.")
def huge_part(path: Path) -> None:
    on_template(path, {"xl/worksheets/sheet2.xml": parts_of()["xl/worksheets/sheet2.xml"] + b" " * (600 << 20)})


@attack()
def nested_zip_beside_a_workbook(path: Path) -> None:
    bomb = _zip("bomb.zip", _zip("bomb.zip", _zip("zeros", bytes(20 << 20))))
    on_template(path, {"xl/embeddings/object1.bin": bomb, "xl/media/film.mp4": bytes(40 << 20)})


@attack("this is a zip archive, not a workbook.")
def nested_zip(path: Path) -> None:
    path.write_bytes(_zip("1.zip", _zip("2.zip", _zip("zeros", bytes(20 << 20)))))


def _with_directory(path: Path, count: int, told: int | None = None, name: int = 10) -> None:
    """One part, listed so many times under different names: every entry is the same bytes."""
    data = bytearray(_zip("xl/workbook.xml", bytes(1 << 20)))
    end = data.rindex(b"PK\x05\x06")
    start = data.index(b"PK\x01\x02")
    entry = bytes(data[start:end])
    head, tail = bytearray(entry[:46]), entry[46 + len("xl/workbook.xml") :]
    struct.pack_into("<H", head, 28, name)
    names = (f"{number:0{name}d}".encode() for number in range(count))
    directory = b"".join(bytes(head) + text + tail for text in names)
    shown = min(told if told is not None else count, 0xFFFF)
    record = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, shown, shown, len(directory), start, 0)
    path.write_bytes(bytes(data[:start]) + directory + record)


@attack("this file is not safe to open: parts of it lie in the same place.")
def overlapping_parts(path: Path) -> None:
    _with_directory(path, 3_000)


@attack("this archive has more than 5,000 parts, no workbook has so many.")
def overlapping_parts_without_number(path: Path) -> None:
    _with_directory(path, 100_000, told=1)


@attack("this archive has more than 5,000 parts, no workbook has so many.")
def endless_names(path: Path) -> None:
    _with_directory(path, 3_000, name=60_000)


@attack("this archive has more than 5,000 parts, no workbook has so many.")
def hundred_thousand_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(100_000):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", "")


@attack("this archive has more than 5,000 parts, no workbook has so many.")
def wide_directory_of_many_parts(path: Path) -> None:
    """Its record of 64 bits says that there are 2^40 parts."""
    data = _zip("xl/workbook.xml", b"")
    end = data.rindex(b"PK\x05\x06")
    start = data.index(b"PK\x01\x02")
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1 << 40, 1 << 40, end - start, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    path.write_bytes(data[:end] + wide + locator + data[end:])


@attack("this file is not safe to open: its part xl/worksheets/sheet2.xml unpacks to more than 200 times its size.")
def smaller_than_told(path: Path) -> None:
    _told(path, 90 << 20)


@attack("this workbook is damaged: its part xl/worksheets/sheet2.xml is broken.")
def larger_than_told(path: Path) -> None:
    _told(path, 400)


@attack("this workbook is too large: its part xl/worksheets/sheet2.xml goes over 100 MB when unpacked.")
def gigabytes_told(path: Path) -> None:
    _told(path, 0xFFFFFFF0)


def _told(path: Path, size: int) -> None:
    """The directory says that the second sheet has another size when unpacked."""
    on_template(path, {})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"xl/worksheets/sheet2.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<L", data, at + 24, size)
    path.write_bytes(data)


@attack()
def strange_part_names(path: Path) -> None:
    """Nothing is ever unpacked to the disk, so they lead nowhere."""
    names = (
        "../../../tmp/evil.xml",
        "/etc/passwd",
        "C:\\evil.xml",
        "..\\..\\evil.xml",
        "xl/\x00hidden.xml",
        "xl//a.xml",
        "a" * 60_000,
    )
    on_template(path, dict.fromkeys(names, b"<evil/>"))


@attack()
def sheets_behind_strange_paths(path: Path) -> None:
    rels = parts_of()["xl/_rels/workbook.xml.rels"].decode()
    on_template(path, {"xl/_rels/workbook.xml.rels": rels.replace('"worksheets/', '"..\\..\\../xl/./worksheets/')})


@attack("this workbook is damaged: its part XL/Workbook.XML is not proper XML")
def same_name_in_another_case(path: Path) -> None:
    link = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="XL/Workbook.XML"/>'
    links = f'{HEAD}<Relationships xmlns="{RELS}">{link}</Relationships>'
    on_template(path, {"_rels/.rels": links, "XL/WORKBOOK.xml": b"<broken"})


@attack()
def macros_objects_and_links(path: Path) -> None:
    away = (
        f'<Relationship Id="r" Type="{OFFICE}/externalLinkPath" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
    )
    link = f'{HEAD}<Relationships xmlns="{RELS}">{away}</Relationships>'
    extra = {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(1 << 20),
        "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + bytes(1 << 20),
        "xl/externalLinks/externalLink1.xml": b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": link,
        "xl/ctrlProps/ctrlProp1.xml": b"<broken",
    }
    on_template(path, extra)


@attack()
def million_relationships(path: Path) -> None:
    line = f'<Relationship Id="x{{}}" Type="{OFFICE}/worksheet" Target="x{{}}.xml"/>'
    text = in_part("xl/_rels/workbook.xml.rels", "</Relationships>", "").strip()
    lines = (line.format(number, number) for number in range(500_000))
    on_template(path, {"xl/_rels/workbook.xml.rels": [text, *lines, "</Relationships>"]})


@attack("this workbook is damaged: it has no list of sheets.")
def million_content_types(path: Path) -> None:
    lines = (f'<Override PartName="/x/{number}.xml" ContentType="a/{number}"/>' for number in range(900_000))
    parts = {name: data for name, data in parts_of().items() if name not in ("_rels/.rels", "xl/workbook.xml")}
    write(path, {**parts, "[Content_Types].xml": ["<Types>", *lines, "</Types>"]})

"""Opens every letter of a folder with python-docx, a library that has nothing to do with the one that wrote them, and looks whether it reads what a letter has:

a title, its number, its text without any field that was not filled in, its tables, one picture (the QR code), a page of A4.
"""

import re
import sys
from pathlib import Path

from docx import Document
from docx.shared import Mm

sorts = sorted(Path(__file__).parents[2].joinpath("letters/sorts").glob("*.yaml"))
folder = Path(sys.argv[1])


def cells(table):
    for row in table.rows:
        for cell in row.cells:
            yield from paragraphs(cell)


def paragraphs(part):
    """Every paragraph in its order of kind, those in tables within tables too."""
    yield from part.paragraphs
    for table in part.tables:
        yield from cells(table)


for sort in sorts:
    name = re.search(r"name: \{zh: ([^,]+),", sort.read_text(encoding="utf-8")).group(1)
    document = Document(folder / f"{sort.stem}.docx")
    parts = [document] + [p for s in document.sections for p in (s.header, s.footer)]
    text = "\n".join(p.text for part in parts for p in paragraphs(part))
    assert name.replace(" ", "") in text.replace(" ", "").replace("\u3000", ""), f"{sort.stem}: its title is missing\n{text}"
    assert re.search(r"〔(\d{4}|文号)〕", text), f"{sort.stem}: its number is missing\n{text}"
    assert "{{" not in text and "}}" not in text, f"{sort.stem}: a field was not filled in\n{text}"
    assert len([r for r in document.part.rels.values() if "image" in r.reltype]) + len([r for s in document.sections for r in s.footer.part.rels.values() if "image" in r.reltype]) >= 1, f"{sort.stem}: no QR code"
    section = document.sections[0]
    assert abs(section.page_width - Mm(210)) < Mm(1) and abs(section.page_height - Mm(297)) < Mm(1), f"{sort.stem}: no page of A4"
    assert len(text) > 120, f"{sort.stem}: hardly any text"

assert len(sorts) >= 13, "letters are missing"
print(f"{len(sorts)} letters opened")

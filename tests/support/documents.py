"""Small documents that hold one of everything that a layout shows."""

from kpicli.output.page.document import (
    Column,
    Document,
    Entry,
    Line,
    Listing,
    Notes,
    Outline,
    Section,
)

DOCUMENT = Document(
    opening=(Entry("お客様の声: 841件"), Entry("2025年度上期"), Entry("感謝: 840件 \x1b", 1)),
    blocks=(
        Outline("定義", (Entry("数え方: 行数", 1), Entry("受付日が期間の中", 2)), boxed=True),
        Outline("1. voices.csv 2 行目", (Entry("受付番号: V1", 1),), level=2),
        Outline("", (Entry("まとめ"),)),
        Notes("注", ("要確認: 読めない値がある",)),
    ),
)
SOURCES = Listing(
    item="列",
    columns=(Column("rows", "行", right=True), Column("heads", "見出し", prose=True)),
    sections=(
        Section("voices", (Line(0, "received_on", ("7", "受付日 / 受信日")),)),
        Section("staff", (Line(0, "team", ("12", "チーム")),)),
    ),
    ids=True,
)
"""A table in two sections."""

"""What a notebook shows of a summary, and its row accounting as records."""

from pathlib import Path

import html5lib
import pytest

import kpicli
from support.small_project import TODAY, Project

ROWS = [
    "V1,2025/4/1,損保,感謝,損保-1課,",
    "V2,2025/5/2,生保,不満,,",
    "V3,2025/13/2,生保,不満,,",
    "V4,2024/5/2,生保,<b>,,",
]


@pytest.fixture
def summary(tmp_path: Path) -> kpicli.Summary:
    """Return a summary whose project has a fault and a cell that looks like a tag."""
    config = Project(tmp_path).export("voices", ROWS).config
    return kpicli.summarize("2025H1", kpis="voices", config=config, today=TODAY)


def test_a_summary_is_a_table(summary: kpicli.Summary) -> None:
    """It is valid as a part of a page, and holds every figure; its repr is one line."""
    assert isinstance(summary, kpicli.Summary)
    html = summary._repr_html_()  # type: ignore[attr-defined]  # for notebooks alone
    parser = html5lib.HTMLParser(strict=True)
    parts = parser.parseFragment(html)
    rows = [
        ["".join(cell.itertext()) for cell in row] for row in parts.iter() if "tr" in str(row.tag)
    ]
    assert rows[1][:2] == ["お客様の声 (原則7も)", "2件"]
    assert ["感謝", "1件"] in [row[:2] for row in rows]
    assert repr(summary) == "<Summary 2025H1: 1 KPI, 5 figures>"


def test_frames_of_a_summary(summary: kpicli.Summary) -> None:
    """Every candidate row is in the accounting once; cells of faults only where asked for."""
    (row,) = kpicli.accounting_frame(summary).to_dict("records")
    gone = ("counted", "not_selected", "no_date", "out_of_period", "not_yet_due", "excluded")
    assert row["usable"] + row["faulty"] == sum(row[name] for name in (*gone, "undetermined")) == 4
    faults = kpicli.faults_frame(summary)
    assert (faults["row"].tolist(), "value" in faults) == ([4, 5], False)
    assert kpicli.faults_frame(summary, show_values=True)["value"].tolist() == ["2025/13/2", "<b>"]


def test_rows_of_a_figure(tmp_path: Path) -> None:
    """As many as the figure counts; by and group go together; another type is refused."""
    config = Project(tmp_path).export("voices", ROWS[:2]).config
    frame = kpicli.rows("voices", "2025H1", config=config, today=TODAY)
    assert frame[["role", "row"]].values.tolist() == [["counted", 2], ["counted", 3]]
    only = kpicli.rows("voices", "2025H1", by="line", group="生保", config=config, today=TODAY)
    assert only["voice_id"].tolist() == ["V2"]
    with pytest.raises(kpicli.KpicliError):
        kpicli.rows("voices", "2025H1", by="line", config=config, today=TODAY)
    with pytest.raises(TypeError):
        kpicli.rows("voices", "2025H1", item=1, config=config, today=TODAY)  # type: ignore[arg-type]

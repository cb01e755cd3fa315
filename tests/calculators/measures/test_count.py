from pathlib import Path

from support.small_project import Project


def test_parts_add_up_and_zeros_and_blanks_are_shown(tmp_path: Path) -> None:
    """Every value of the code list is a part, of zero too; blank cells are 未記入."""
    project = Project(tmp_path).export(
        "voices",
        [
            "V1,2025/4/1,生保,感謝,,",
            "V2,2025/4/1,生保,お褒め,,",
            "V3,2025/4/1,生保,ご不満,,",
            "V4,2025/4/1,生保,,,",
            "V5,2025/3/31,生保,要望,,",
        ],
    )
    result = project.summarize("voices")
    assert result.number() == 4
    assert result.items() == {"感謝": 2, "不満": 1, "要望": 0, "その他": 0, "未記入": 1}
    assert result.value("要望").status == "ok"


def test_a_value_outside_the_list_is_never_other(tmp_path: Path) -> None:
    """苦情 counts nowhere, and the figure and every part of it that it may be are 要確認.

    A part of which nothing else is known than that it may be 苦情 has no number, not even 0.
    """
    project = Project(tmp_path).export(
        "voices", ["V1,2025/4/1,生保,苦情,,", "V2,2025/4/1,生保,感謝,,"]
    )
    result = project.summarize("voices")
    assert result.number() == 1
    assert result.items() == {"感謝": 1, "不満": None, "要望": None, "その他": None}
    assert {f.value.status.value for f in result.summary.figures} == {"provisional"}


def test_a_faulty_cell_that_no_kpi_reads_leaves_its_row_in(tmp_path: Path) -> None:
    """火災 is no 商品区分, but お客様の声 does not ask for it: the rows count."""
    project = Project(tmp_path).export(
        "voices",
        ["V1,2025/4/1,火災,要望,,", "V2,2025/4/1,火災,,,", "V3,2025/4/1,生保,感謝,,"],
    )
    result = project.summarize("voices")
    assert (result.number(), result.value().status) == (3, "ok")
    assert result.items()["要望"] == 1
    assert (result.accounting.usable, result.accounting.faulty) == (3, 0)


def test_a_faulty_row_leaves_only_its_own_part_in_doubt(tmp_path: Path) -> None:
    """A row whose part can be read, or is blank, is in doubt there and in the total alone."""
    project = Project(tmp_path).export(
        "voices",
        ["V1,2025/4/31,生保,要望,,", "V2,2025/4/31,生保,,,", "V3,2025/4/1,生保,感謝,,"],
    )
    result = project.summarize("voices")
    doubts = {f.item: f.value.faulty_rows for f in result.summary.figures}
    assert doubts == {None: 2, "感謝": 0, "不満": 0, "要望": 1, "その他": 0, "未記入": 1}
    assert result.items()["未記入"] is None


def test_an_unlisted_part_follows_the_listed_ones(tmp_path: Path) -> None:
    """書面確認 is no part of the four, but part of the total: it is shown where it has rows."""
    project = Project(tmp_path).export(
        "elderly", ["E1,2025/4/1,生保,書面確認,,", "E2,2025/4/1,損保,①,,"]
    )
    result = project.summarize("elderly_cases")
    assert result.number() == 2
    assert result.items() == {
        "親族同席": 1,
        "複数人募集": 0,
        "複数回募集": 0,
        "電話確認": 0,
        "書面確認": 1,
    }

"""Characters that an export probably lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.checks.characters import lost
from support.inspected import inspection
from support.small_project import Project

HEADER = "受付番号,受付日,商品区分,声の区分,チーム,担当者,内容"


@pytest.mark.parametrize(
    "text", ["〓田様から", "髙橋\ufffd様", "????", "担当は ?橋です", "渡?様から", "契約?理の件"]
)
def test_lost_in_any_text(text: str) -> None:
    """Substitutes, and a inputs mark where no inputs can end, are signs of loss everywhere."""
    assert lost(text, prose=True)


@pytest.mark.parametrize(
    "text",
    [
        "いつですか?",
        "いつですか?早めに",
        "更新は?",
        "OK?",
        "1?",
        "",
        "?",
        "どこで？誰が？",
        "Why? 理由",
    ],
)
def test_questions(text: str) -> None:
    """In prose a inputs mark may end a inputs, and a full-width one is no substitute."""
    assert not lost(text, prose=True)


@pytest.mark.parametrize(("text", "expected"), [("山?", True), ("やま?", True), ("S001?", False)])
def test_lost_in_names(text: str, expected: bool) -> None:
    """A name asks no inputs: a inputs mark beside Japanese is a loss."""
    assert lost(text, prose=False) is expected


def test_told_once_per_column(tmp_path: Path) -> None:
    """A column is told once with its rows and the first place; free text too, total rows never."""
    rows = (
        "V1,2025/4/1,生保,感謝,,山?,ありがとう",
        "V2,2025/4/2,生保,感謝,,佐藤,〓田様",
        "V3,2025/4/3,生保,感謝,,山?,そうですか?",
        ",合計,,,,〓,",
    )
    project = Project(tmp_path).export("voices", rows, header=HEADER)
    told = [
        (f.place.column, f.place.row, f.count)
        for f in inspection(project).faults
        if f.kind.code == "D161"
    ]
    assert told == [("担当者", 2, 2), ("内容", 3, 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
@given(texts=st.lists(st.text(alphabet="あ山ソ?〓 。", min_size=1, max_size=5), min_size=1))
def test_every_text_is_judged_as_one_alone_is(
    tmp_path_factory: pytest.TempPathFactory, encoding: str, texts: list[str]
) -> None:
    """However a file is read, the rows counted are those whose own text has lost a character."""
    rows = [f'V{n},2025/4/1,生保,感謝,,,"{text}"' for n, text in enumerate(texts)]
    folder = tmp_path_factory.mktemp("lost")
    (folder / "v.csv").write_text("\n".join((HEADER, *rows, "")), encoding=encoding)
    project = Project(folder)
    project.exports["voices"] = ['"v.csv"']
    told = [f.count for f in inspection(project).faults if f.kind.code == "D161"]
    expected = sum(lost(text, prose=True) for text in texts)
    assert told == ([expected] if expected else [])

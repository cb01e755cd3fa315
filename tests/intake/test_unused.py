"""Why files are not used: in the settings, each with its reason."""

from pathlib import Path

from kpicli.intake.asking.questions import answered
from kpicli.intake.proposal import Proposal
from kpicli.intake.understanding import understand
from kpicli.intake.unused import unused_files
from kpicli.intake.writing import settings_text

DAYS = [f"2025/{month}/{day}" for month in range(4, 10) for day in (2, 12, 25)]


def voices(file: Path, header: str = "受付番号,受付日,商品区分,声の区分") -> None:
    """Write an export of 18 voices."""
    rows = (f"V{n:03},{day},生保,感謝" for n, day in enumerate(DAYS))
    file.write_text("\n".join((header, *rows, "")), encoding="utf-8")


def reasons(proposal: Proposal) -> dict[str, str]:
    """Return the reason of every file that is not used, in Japanese."""
    return {label: reason.ja for label, reason in unused_files(proposal)}


def test_why_files_are_not_used(tmp_path: Path) -> None:
    """Every file that is not used stands in the settings with the reason."""
    voices(tmp_path / "a.csv")
    (tmp_path / "copy.csv").write_bytes((tmp_path / "a.csv").read_bytes())
    (tmp_path / "stock.csv").write_text("品名,在庫\n鉛筆,10\n消しゴム,12\n", encoding="utf-8")
    (tmp_path / "wide.csv").write_text("区分,4月,5月,6月\n感謝,3,1,2\n", encoding="utf-8")
    lines = ["*,1,鉛筆,3", ",1,消しゴム,4", "*,2,鉛筆,5"]
    header = "レコードの開始行,番号,品名,在庫"
    (tmp_path / "records.csv").write_text("\n".join((header, *lines, "")), encoding="utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    proposal = understand([tmp_path], tmp_path)[1]
    named = reasons(proposal)
    assert named.pop("broken.xlsx").startswith("読めません: ")
    assert named == {
        "copy.csv": "a.csv と同じ内容です",
        "stock.csv": "使う指標が見つかりません",
        "wide.csv": "月が列になった表です: 何年か不明です(ファイル名を 件数_2025年度.csv などに)",
        "records.csv": "1 行が 1 件ではない表です",
    }
    written = settings_text(proposal, "ja", (), unused_files(proposal))
    _, _, rest = written.partition("# 使わなかったファイル:\n")
    for label, reason in named.items():
        assert f"#   {label} - {reason}\n" in rest


def test_no_file_is_lost(tmp_path: Path) -> None:
    """Each file feeds something, or stands among those not used, never both and never neither."""
    voices(tmp_path / "a.csv")
    voices(tmp_path / "b.csv", "番号,日付,区分1,区分2")
    (tmp_path / "stock.csv").write_text("品名,在庫\n鉛筆,10\n", encoding="utf-8")
    folder, proposal = understand([tmp_path], tmp_path)
    used = {file for entry in proposal.entries for file in entry.files}
    assert used.isdisjoint(reasons(proposal))
    assert used | reasons(proposal).keys() == {table.file for table in folder.tables}


def test_registers_of_which_none_is_in_force(tmp_path: Path) -> None:
    """Of several registers nothing says which one counts: the reason is told, and an answer is."""
    for name, left in (("old.csv", ""), ("new.csv", "2025-03-31")):
        rows = (f"S{n:03},生保,2005-04-01,{left}" for n in range(1, 30))
        text = "\n".join(("職員番号,チーム,在籍開始日,在籍終了日", *rows, ""))
        (tmp_path / name).write_text(text, encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    assert reasons(proposal) == dict.fromkeys(
        ("new.csv", "old.csv"), "職員名簿が複数あり、どれが今のものか決まっていません"
    )
    decided, _ = answered(proposal, lambda question: question.choices[-1])
    assert len(reasons(decided)) == 1


def test_what_is_not_decided(tmp_path: Path) -> None:
    """What may be of several sources is named with them, and once refused with the answer."""
    header = "レコード番号,お客様番号,受付日,声の区分,商品区分"
    rows = (f"{n},C{n:03},2025/{4 + n % 6}/{1 + n % 28},感謝,生保" for n in range(1, 61))
    (tmp_path / "a.csv").write_text("\n".join((header, *rows, "")), encoding="utf-8")
    proposal = understand([tmp_path], tmp_path)[1]
    assert reasons(proposal)["a.csv"].startswith("何の表か決まっていません(")
    refused, _ = answered(proposal, lambda question: question.choices[0])
    assert reasons(refused) == {"a.csv": "使わないと答えました"}
